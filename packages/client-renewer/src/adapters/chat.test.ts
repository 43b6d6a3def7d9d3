import { describe, expect, it } from 'vitest'
import { FakeChatConnection } from '../../test/support/fake-chat.ts'
import { adapterContract, contractSession } from '../testing/index.ts'
import { chat } from './chat.ts'

function make() {
  const driver = new FakeChatConnection()
  return { adapter: chat(driver, { user: 'anna' }), driver }
}

async function joined() {
  const it = contractSession(make())
  await it.settled(it.renewer.join())
  return { ...it, sdk: it.driver as FakeChatConnection }
}

describe('chat', () => {
  for (const check of adapterContract(make)) it(check.name, check.run)

  it('opens after the SDK has closed itself, not while it tells of the end', async () => {
    const { sdk, clock, handed } = await joined()
    sdk.expire()
    expect([handed(), sdk.isOpened(), sdk.token]).toEqual([['join 1'], false, ''])
    await clock.advance(1000)
    expect([handed(), sdk.isOpened()]).toEqual([['join 1', 'join 2'], true])
  })

  it('closes before it opens while the SDK is trying to get back', async () => {
    const { sdk, clock, handed, count } = await joined()
    sdk.expireQuietly()
    await clock.advance(1000)
    expect([handed(), count('stopped'), count('retry')]).toEqual([['join 1', 'join 2'], 0, 0])
  })

  it('renews once although every connect warns again', async () => {
    const { sdk, clock, handed } = await joined()
    sdk.set('renew', 'hang')
    await clock.advance(60_000)
    sdk.warn()
    sdk.dropLine()
    sdk.restoreLine()
    await clock.advance(1000)
    expect(handed()).toEqual(['join 1', 'renew 2'])
  })

  it('takes no other handler’s place', async () => {
    const sdk = new FakeChatConnection()
    const sink = { willExpire() {}, expired() {}, linkChanged() {}, ended() {}, notice() {} }
    const detach = [1, 2].map(() => chat(sdk, { user: 'anna' }).attach(sink))
    expect(sdk.listenerCount()).toBe(2)
    for (const stop of detach) stop()
    expect(sdk.listenerCount()).toBe(0)
  })

  it('turns what the SDK rejects with into an error without the token', async () => {
    const { sdk, adapter } = await joined()
    sdk.set('renew', 'refuse')
    await expect(adapter.renew('007secret')).rejects.toThrow('agora-chat: 17 no such token: …')
    sdk.close()
    await expect(adapter.renew('007secret')).rejects.toThrow('agora-chat: not open')
  })

  it.each(['', 7])('refuses %j as a user', (user) => {
    const connection = new FakeChatConnection()
    expect(() => chat(connection, { user: user as string })).toThrow(TypeError)
  })
})
