import { describe, expect, it } from 'vitest'
import { request, sinkOf } from '../../../test/support/adapter-calls.ts'
import { FakeRtmClient } from '../../../test/support/fake-rtm.ts'
import { BOTH, NEWEST, REACT_NATIVE, STATUS_ONLY } from '../../../test/support/fake-rtm-dialect.ts'
import { adapterContract, contractSession } from '../../testing/index.ts'
import { rtm, rtmStream, type RtmStreamOptions } from './rtm.ts'

const DIALECTS = [
  ['2.3 in a browser', NEWEST],
  ['2.2.0 in a browser', BOTH],
  ['2.1 in a browser', STATUS_ONLY],
  ['2.2.6 on React Native', REACT_NATIVE],
] as const

function make(dialect = NEWEST) {
  const client = new FakeRtmClient(dialect)
  return { client, adapter: rtm(client, { userId: 'anna' }), driver: client.session }
}

function makeStream(dialect = NEWEST, more: Partial<RtmStreamOptions> = {}) {
  const client = new FakeRtmClient(dialect)
  const { channel, driver } = client.stream('room')
  const options = { channelName: 'room', userId: 'anna', ...more }
  return { client, adapter: rtmStream(client, channel, options), driver }
}

async function joined(under: ReturnType<typeof make>) {
  const it = contractSession(under)
  await it.settled(it.renewer.join())
  return { ...it, client: under.client, sdk: under.driver }
}

describe.each(DIALECTS)('rtm with %s', (_, dialect) => {
  for (const check of adapterContract(() => make(dialect))) it(check.name, check.run)
})

// Before 2.2 nothing is told of stream channels but that the token is about to end.
describe.each(DIALECTS.filter(([, it]) => it !== STATUS_ONLY))(
  'rtmStream with %s',
  (_, dialect) => {
    for (const check of adapterContract(() => makeStream(dialect))) it(check.name, check.run)
  },
)

describe('rtm', () => {
  it('renews once for the two signals of one warning', async () => {
    const { sdk, clock, handed } = await joined(make())
    await clock.advance(60_000)
    sdk.warn()
    await clock.advance(1000)
    expect(handed()).toEqual(['join 1', 'renew 2'])
  })

  it('logs in again without logging out first, which would cost the presence', async () => {
    const { sdk, clock, handed } = await joined(make())
    sdk.exit = () => Promise.reject(new Error('logged out'))
    sdk.expire()
    await clock.advance(1000)
    expect(handed()).toEqual(['join 1', 'join 2'])
  })

  it('logs out first where the client would refuse a login on its way back', async () => {
    const { sdk, clock, count } = await joined(make())
    sdk.reconnect()
    await clock.advance(3_700_000)
    expect([count('rejoined'), count('retry'), count('stopped')]).toEqual([1, 0, 0])
  })

  it('hands the token over when the client is back before it is brought back', async () => {
    const { sdk, adapter } = await joined(make())
    sdk.dropLine()
    sdk.restoreLine()
    await adapter.rejoin(request())
    expect(sdk.given.at(-1)).toEqual({ by: 'renew', token: '007next' })
  })

  it.each([
    ['after it has logged in again', (it: FakeRtmClient) => it.session.expire()],
    [
      'after a line drop that was not bridged',
      ({ session }: FakeRtmClient) => {
        session.dropLine()
        session.restoreLine(false)
      },
    ],
  ])('says %s that channels are to be subscribed to again', async (_, act) => {
    const { client, clock, told } = await joined(make())
    act(client)
    await clock.advance(1000)
    const notices = told.filter(({ event }) => event === 'notice')
    expect(notices).toMatchObject([{ args: [{ code: 'RESUBSCRIBE_NEEDED' }] }])
  })

  it('says nothing of subscriptions when a line drop was bridged', async () => {
    const { sdk, clock, count } = await joined(make())
    sdk.dropLine()
    sdk.restoreLine()
    await clock.advance(1000)
    expect(count('notice')).toBe(0)
  })

  it.each(DIALECTS)('says what a new token may no longer read: %s', async (_, dialect) => {
    const { client, told, handed } = await joined(make(dialect))
    client.revoke('a', 'b')
    expect(told.at(-1)?.args).toEqual([
      { code: 'PERMISSION_REVOKED', message: 'the new token may no longer read a, b' },
    ])
    expect(handed()).toEqual(['join 1'])
  })

  it('hears nothing of stream channels', async () => {
    const { client, adapter } = make()
    const stream = client.stream('room')
    const calls: string[] = []
    adapter.attach(sinkOf(calls))
    await stream.channel.join({ token: '007stream' })
    stream.driver.warn()
    stream.driver.expire()
    expect(calls).toEqual([])
  })

  it.each(['LOGIN_TOO_FREQUENT', 'SAME_UID_LOGIN'])('does not fight back after %s', async (why) => {
    const { client, told } = await joined(make())
    const event = { currentState: 'FAILED', serviceType: 'MESSAGE', reasonCode: why }
    client.emit('linkState', event)
    expect(told.at(-1)).toEqual({ event: 'stopped', args: ['conflict'] })
  })

  it('logs in again when the service calls the token wrong', async () => {
    const { client, clock, count } = await joined(make())
    client.session.state = 'FAILED'
    const event = { currentState: 'FAILED', serviceType: 'MESSAGE', reasonCode: 'INVALID_TOKEN' }
    client.emit('linkState', event)
    await clock.advance(1000)
    expect([count('expired'), count('rejoined'), count('stopped')]).toEqual([1, 1, 0])
  })

  it('says nothing of subscriptions while it is not back', async () => {
    const { sdk, clock, count } = await joined(make(REACT_NATIVE))
    sdk.set('join', 'hang')
    sdk.expire()
    await clock.advance(61_002)
    sdk.answer()
    await clock.advance(0)
    expect([count('retry'), count('notice')]).toEqual([1, 0])
  })

  it('starts with a client that the app has logged in', async () => {
    const client = new FakeRtmClient()
    await client.login({ token: '007first' })
    const adapter = rtm(client, { userId: 'anna', isLoggedIn: true })
    const { renewer, clock, driver } = contractSession({ adapter, driver: client.session })
    renewer.start()
    await clock.advance(0)
    expect(driver.given.map(({ by }) => by)).toEqual(['join', 'renew'])
  })

  it.each(['', 7])('refuses %j as a user', (userId) => {
    expect(() => rtm(new FakeRtmClient(), { userId: userId as string })).toThrow(TypeError)
  })
})

describe('rtm on React Native', () => {
  it('is as patient as the client', () => {
    expect(make(REACT_NATIVE).adapter.sdkTimeoutMs).toBe(61_000)
    expect(make().adapter.sdkTimeoutMs).toBeUndefined()
  })

  it('leaves one set of listeners behind, however many sessions there were', async () => {
    const { client, adapter } = make(REACT_NATIVE)
    const stream = rtmStream(client, client.stream('room').channel, { channelName: 'room' })
    const calls: string[] = []
    for (let i = 0; i < 100; i++) for (const it of [adapter, stream]) it.attach(sinkOf(calls))()
    expect(client.listenerCount()).toBe(4)
    client.warn('')
    expect(calls).toEqual([])
  })

  it('makes an error of any other value, without the token', async () => {
    const { adapter, driver } = make(REACT_NATIVE)
    await adapter.join(request('007first'))
    driver.set('renew', 'refuse')
    const refused = adapter.renew('007secret')
    await expect(refused).rejects.toBeInstanceOf(Error)
    await expect(refused).rejects.toMatchObject({
      message: 'agora-rtm: -10005 Invalid token …',
      errorCode: -10_005,
    })
  })

  it('makes an error of nothing', async () => {
    const { adapter, client } = make(REACT_NATIVE)
    client.renewToken = () => Promise.reject(undefined)
    await expect(adapter.renew('007secret')).rejects.toThrow('for an unknown reason')
  })
})

describe('rtmStream', () => {
  it('hears of its own channel alone', async () => {
    const { client, adapter, driver } = makeStream()
    const other = client.stream('other')
    await adapter.join(request())
    const calls: string[] = []
    adapter.attach(sinkOf(calls))
    await other.channel.join({ token: '007other' })
    other.driver.warn()
    other.driver.expire()
    client.warn('')
    client.session.expire()
    expect(calls).toEqual([])
    driver.warn()
    expect(calls).toEqual(['willExpire'])
  })

  it('passes the options of the join on', async () => {
    const client = new FakeRtmClient()
    const joins: object[] = []
    const channel = { join: async (it: object) => void joins.push(it), leave: async () => {} }
    const joinOptions = { withPresence: false }
    const adapter = rtmStream(client, channel, { channelName: 'room', joinOptions })
    await adapter.join(request())
    expect(joins).toEqual([{ withPresence: false, token: '007next' }])
  })

  it('has the app bring its topics back, and tells when that fails', async () => {
    const outcomes = [undefined, new Error('no such topic')]
    const onRejoined = async () => {
      const outcome = outcomes.shift()
      if (outcome) throw outcome
    }
    const { driver, clock, renewer, settled, told, count } = contractSession(
      makeStream(NEWEST, { onRejoined }),
    )
    await settled(renewer.join())
    for (const [published, failures] of [
      [1, []],
      [0, [new Error('no such topic')]],
    ]) {
      driver.expire()
      await clock.advance(60_000)
      const republished = told.findLast(({ event }) => event === 'republished')
      expect(republished?.args).toEqual([{ published, failures }])
    }
    expect(count('notice')).toBe(0)
  })

  it('lets itself be left when it is left already, but not when that fails', async () => {
    const { adapter, driver } = makeStream()
    await expect(adapter.leave()).resolves.toBeUndefined()
    await adapter.join(request())
    driver.set('leave', 'refuse')
    await expect(adapter.leave()).rejects.toThrow('refused')
  })

  it('refuses a channel without a name', () => {
    const { channel } = new FakeRtmClient().stream('room')
    expect(() => rtmStream(new FakeRtmClient(), channel, { channelName: '' })).toThrow(TypeError)
  })
})
