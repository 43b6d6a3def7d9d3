import { describe, expect, it } from 'vitest'
import { FakeRtmV1Client } from '../../test/support/fake-rtm-v1.ts'
import { adapterContract, contractSession } from '../testing/index.ts'
import { rtmV1, type RtmV1Options } from './rtm-v1.ts'

function make(more: Partial<RtmV1Options> = {}) {
  const driver = new FakeRtmV1Client()
  return { adapter: rtmV1(driver, { uid: 'anna', ...more }), driver }
}

async function joined(more: Partial<RtmV1Options> = {}) {
  const it = contractSession(make(more))
  await it.settled(it.renewer.join())
  return { ...it, sdk: it.driver as FakeRtmV1Client }
}

describe('rtmV1', () => {
  for (const check of adapterContract(make)) it(check.name, check.run)

  it('can join anew after the user has left while a login hung, which failed later', async () => {
    const { sdk, renewer, clock, settled } = await joined()
    sdk.set('join', 'hang')
    sdk.expire()
    await clock.advance(1)
    const leaving = renewer.leave().catch(() => {})
    sdk.set('join', 'ok')
    await settled(leaving)
    await expect(settled(renewer.join())).resolves.toBe('anna')
    expect(sdk.connectionState).toBe('CONNECTED')
  })

  it('logs out and in again when the token has ended the login', async () => {
    const { sdk, clock, handed, count } = await joined()
    sdk.expire()
    await clock.advance(1000)
    expect([handed(), sdk.connectionState]).toEqual([['join 1', 'join 2'], 'CONNECTED'])
    expect([count('retry'), count('stopped'), count('notice')]).toEqual([0, 0, 1])
  })

  it('hands over another token when it ends on the way back, and is back with its channels', async () => {
    const { sdk, clock, handed, count } = await joined()
    sdk.expireQuietly()
    await clock.advance(1000)
    expect([handed(), sdk.connectionState]).toEqual([['join 1', 'renew 2'], 'CONNECTED'])
    expect([count('rejoined'), count('notice')]).toEqual([1, 0])
  })

  it('logs in again where a token on the way back is refused', async () => {
    const { sdk, clock, handed, count } = await joined()
    sdk.set('renew', 'refuse')
    sdk.expireQuietly()
    await clock.advance(1000)
    expect(handed()).toEqual(['join 1', 'renew 2', 'join 2'])
    expect([count('rejoined'), count('stopped')]).toEqual([1, 0])
  })

  it('does not wait for an answer that never comes', async () => {
    const { sdk, adapter } = await joined()
    sdk.expire()
    await expect(adapter.renew('007next')).rejects.toThrow('not logged in')
  })

  it('comes back when the service refuses a token late', async () => {
    const { sdk, clock, source, count } = await joined()
    sdk.refusedLate.push('007ThisOnlyLooksLikeAToken+2=')
    await clock.advance(2_700_000)
    expect([sdk.token, count('renewed')]).toEqual([source.tokens[0], 1])
    sdk.expire()
    await clock.advance(1000)
    expect([sdk.token, count('rejoined')]).toEqual([source.tokens[2], 1])
  })

  it('has the app join its channels again after a new login only', async () => {
    let times = 0
    const { sdk, clock, count } = await joined({ onRelogin: () => times++ })
    sdk.expireQuietly()
    await clock.advance(1000)
    expect(times).toBe(0)
    sdk.expire()
    await clock.advance(1000)
    expect([times, count('notice'), count('republished')]).toEqual([1, 0, 1])
  })

  it('starts with a client that the app has logged in', async () => {
    const driver = new FakeRtmV1Client()
    await driver.login({ uid: 'anna', token: '007first' })
    const adapter = rtmV1(driver, { uid: 'anna', isLoggedIn: true })
    const { renewer, clock } = contractSession({ adapter, driver })
    renewer.start()
    await clock.advance(0)
    expect(driver.given.map(({ by }) => by)).toEqual(['join', 'renew'])
  })

  it.each(['', 7])('refuses %j as a user', (uid) => {
    expect(() => make({ uid: uid as string })).toThrow(TypeError)
  })
})
