import { describe, expect, it } from 'vitest'
import { FakeRtcV3Client } from '../../test/support/fake-rtc-v3.ts'
import { adapterContract, contractSession } from '../testing/index.ts'
import { rtcV3 } from './rtc-v3.ts'

function make() {
  const driver = new FakeRtcV3Client()
  return { adapter: rtcV3(driver, { channel: 'room' }), driver }
}

async function joined() {
  const it = contractSession(make())
  await it.settled(it.renewer.join())
  return { ...it, sdk: it.driver as FakeRtcV3Client }
}

describe('rtcV3', () => {
  for (const check of adapterContract(make)) it(check.name, check.run)

  it('brings a dead session back by renewToken, and leaves publishing to the SDK', async () => {
    const { sdk, clock, handed, adapter } = await joined()
    await sdk.publish()
    sdk.expire()
    await clock.advance(1000)
    expect(handed()).toEqual(['join 1', 'renew 2'])
    expect([sdk.published(), adapter.republish()]).toEqual([1, []])
  })

  it('hears of the end from an error on the way back', async () => {
    const { sdk, clock, handed, count } = await joined()
    sdk.expireQuietly()
    await clock.advance(1000)
    expect([handed(), count('rejoined')]).toEqual([['join 1', 'renew 2'], 1])
  })

  it('is not online before the channel has let it in', async () => {
    const { sdk, clock, adapter } = await joined()
    sdk.dropLine()
    sdk.set('join', 'hang')
    sdk.restoreLine()
    await clock.advance(0)
    expect([sdk.getConnectionState(), adapter.link()]).toEqual(['CONNECTED', 'unsettled'])
    sdk.answer()
    expect(adapter.link()).toBe('online')
  })

  it('does not take a try with another server for leaving', async () => {
    const { sdk, clock, adapter, count } = await joined()
    sdk.dropLine()
    sdk.restoreLine()
    sdk.tryNext()
    await clock.advance(0)
    expect([count('stopped'), adapter.link()]).toEqual([0, 'online'])
  })

  it('stops when the user leaves on the way back', async () => {
    const { sdk, clock, told } = await joined()
    sdk.set('renew', 'hang')
    sdk.expire()
    await clock.advance(100)
    await sdk.userLeaves()
    await clock.advance(60_000)
    expect(told.at(-1)).toEqual({ event: 'stopped', args: ['left'] })
    expect(sdk.getConnectionState()).toBe('DISCONNECTED')
  })

  it('does not make the SDK skip a listener of the app', async () => {
    const { sdk, clock } = await joined()
    const heard: string[] = []
    sdk.on('connection-state-change', ({ curState }: { curState: string }) => heard.push(curState))
    await sdk.userLeaves()
    await clock.advance(0)
    expect(heard).toEqual(['DISCONNECTING', 'DISCONNECTED'])
  })

  it('rejects for a token that the SDK throws at', async () => {
    const { adapter } = await joined()
    await expect(adapter.renew('')).rejects.toThrow('Invalid token')
  })

  it.each([
    ['DYNAMIC_KEY_TIMEOUT', true],
    ['ERR_DYNAMIC_KEY_TIMEOUT', true],
    ['DYNAMIC_KEY_EXPIRED', true],
    ['K_TIMESTAMP_EXPIRED', true],
    ['INVALID_DYNAMIC_KEY', false],
    ['ERR_NO_AUTHORIZED', false],
  ])(
    'knows whether a join was refused because its token has ended: %s',
    async (reason, expected) => {
      const { adapter } = await joined()
      expect(adapter.isExpired?.(new Error(`agora-rtc-sdk: ${reason}`))).toBe(expected)
    },
  )

  it('joins with an account as that account', async () => {
    const driver = new FakeRtcV3Client()
    const { renewer, settled } = contractSession({
      adapter: rtcV3(driver, { channel: 'room', uid: 'anna' }),
      driver,
    })
    expect(await settled(renewer.join())).toBe('anna')
    expect(driver.given[0]?.user).toBe('anna')
  })
})
