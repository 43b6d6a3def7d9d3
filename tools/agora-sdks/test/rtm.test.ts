// @vitest-environment jsdom
import {
  rtm,
  rtmStream,
  type RtmClient,
  type RtmStreamChannel,
} from '@rtc-token/client-renewer/rtm'
import { adapterContract, type GivenToken, type SdkDriver } from '@rtc-token/client-renewer/testing'
import type * as ReactNative from 'agora-react-native-rtm'
import type * as Web from 'agora-rtm-sdk'
import { beforeAll, describe, expect, expectTypeOf, it, vi } from 'vitest'

// The real agora-rtm-sdk 2.3. Its network is cut off: what the service has to say to a login, a logout
// and a token is played at the edge of the SDK. What follows from it is the SDK's own doing. The one
// for React Native loads its native half at once, and so not here.

type Call = 'join' | 'renew' | 'leave'

/** What the SDK keeps to itself. */
interface Internals {
  _linkState: string
  _connectionState: string
  _rtmSession: object
  _msgManager: object
  _apiRateLimit: object
  _loginImpl(): Promise<void>
  _internalLogoutHandler(): Promise<void>
  _requestUpdateEdgeTicket2(): object
  _updateSyncTicketByRenewToken(): void
  _setIntervalCreateColl(): void
  _updateLinkState(...change: unknown[]): void
  _onConnectionStateChanged(state: string): void
  _tokenPrivilegeWillExpireHandler(resources: object): void
  _userDropHandler(code: number): void
  _handleReconnectTimeout(): void
  listenerCount(event: string): number
}

/** Why the service drops a user. */
const DROPPED = { expired: 2, elsewhere: 11, banned: 10_019 }
const EVENTS = ['tokenPrivilegeWillExpire', 'token', 'linkState', 'status']
const APP_ID = '970CA35de60c44645bbae8a215061b33'

let sdk: typeof Web.default
let users = 0

beforeAll(async () => {
  class Idle {
    readonly upload = { addEventListener() {} }
    open() {}
    setRequestHeader() {}
    abort() {}
    send() {}
    close() {}
    addEventListener() {}
    postMessage() {}
    terminate() {}
  }
  const names = ['WebSocket', 'XMLHttpRequest', 'RTCPeerConnection', 'Worker']
  for (const name of names) vi.stubGlobal(name, Idle)
  const { default: rtc } = await import('agora-rtc-sdk-ng')
  rtc.setLogLevel(4)
  sdk = (await import('agora-rtm-sdk')).default
})

function make() {
  const userId = `anna${++users}`
  const client = new sdk.RTM(APP_ID, userId, { logLevel: 'none' })
  const impl = (client as unknown as { _rtmImpl: Internals })._rtmImpl
  const given: GivenToken[] = []
  const watched: RtmClient = {
    login: ({ token }) => {
      given.push({ by: 'join', token })
      return client.login({ token })
    },
    renewToken: (token, ...rest) => {
      given.push({ by: 'renew', token })
      return client.renewToken(token, ...rest)
    },
    logout: () => client.logout(),
    addEventListener: (event, listener) =>
      client.addEventListener(event as 'token', listener as never),
    removeEventListener: (event, listener) =>
      client.removeEventListener(event as 'token', listener as never),
  }
  const adapter = rtm(watched, { userId })
  return { client, impl, adapter, driver: driverOf(client, impl, given) }
}

function driverOf(client: Web.RTMClient, impl: Internals, given: readonly GivenToken[]): SdkDriver {
  const how: Record<Call, 'ok' | 'hang' | 'refuse'> = { join: 'ok', renew: 'ok', leave: 'ok' }
  let expired = false
  let pending: { call: Call; resolve: () => void; reject: (error: Error) => void }[] = []
  const refusal = (code: number) => new sdk.RTMBaseError('any', 'refused', code)
  const behave = async (call: Call) => {
    if (how[call] === 'refuse') throw refusal(-10_005)
    if (how[call] === 'ok') return
    await new Promise<void>((resolve, reject) => pending.push({ call, resolve, reject }))
  }
  const noop = () => {}
  const session = {
    cancelLogin() {
      const logins = pending.filter(({ call }) => call === 'join')
      pending = pending.filter(({ call }) => call !== 'join')
      for (const { reject } of logins) reject(refusal(-10_023))
    },
    genApEdgeInfo$: () =>
      observable(async () => behave('renew').then(() => ({ ticket: 'ticket' }))),
    endLogin$: { pipe: () => observable(() => new Promise(noop)) },
  }
  Object.assign(impl, {
    _rtmSession: new Proxy(session, { get: (it, name) => Reflect.get(it, name) ?? noop }),
    _msgManager: { release: noop },
    _apiRateLimit: { canMakeOperation: noop },
    _setIntervalCreateColl: noop,
    _updateSyncTicketByRenewToken: noop,
    _internalLogoutHandler: () => behave('leave'),
    _requestUpdateEdgeTicket2: () => ({ toPromise: async () => ({ code: 0, revoked: revoked() }) }),
    _loginImpl: async () => {
      const isExpired = expired
      expired = false
      if (isExpired) throw refusal(-10_009)
      await behave('join')
    },
  } satisfies Partial<Record<keyof Internals, unknown>>)
  const dropLine = () => {
    impl._updateLinkState('DISCONNECTED', 'HEARTBEAT_TIMEOUT', [], 'KEEP_ALIVE_TIMEOUT', '')
    impl._onConnectionStateChanged('RECONNECTING')
  }
  const before = listeners()
  return {
    given,
    listenerCount: () => listeners() - before,
    warn: () => impl._tokenPrivilegeWillExpireHandler({ messageChannels: [] }),
    expire: () => impl._userDropHandler(DROPPED.expired),
    expireQuietly() {
      dropLine()
      impl._userDropHandler(DROPPED.expired)
    },
    dropLine,
    restoreLine() {
      impl._updateLinkState('CONNECTED', 'AUTO_RECONNECT', [], 'RECONNECT_SUCCESS', '', true)
      impl._onConnectionStateChanged('CONNECTED')
    },
    userLeaves: () => client.logout().then(noop),
    ban: () => impl._userDropHandler(DROPPED.banned),
    conflict: () => impl._userDropHandler(DROPPED.elsewhere),
    giveUp() {
      dropLine()
      impl._handleReconnectTimeout()
    },
    refuseNextJoinAsExpired: () => (expired = true),
    set: (call, behaviour) => (how[call] = behaviour),
    answer: () => pending.splice(0).forEach(({ resolve }) => resolve()),
    settle: turns,
  }
  function listeners(): number {
    return EVENTS.reduce((sum, event) => sum + impl.listenerCount(event), 0)
  }
}

function revoked(): string {
  return JSON.stringify({ messageChannels: [] })
}

/** As much of an observable as the SDK needs to take it for one. */
function observable(ask: () => Promise<unknown>) {
  const subscribe = (to: { next(it: unknown): void; error(it: unknown): void }) => {
    ask().then(
      (value) => to.next(value),
      (error: unknown) => to.error(error),
    )
    return { unsubscribe() {} }
  }
  return { '@@observable': () => ({ subscribe }) }
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** The SDK reads the App ID in a token before it goes anywhere with it. */
const token = (n: number) => `006${APP_ID}ThisOnlyLooksLikeAToken+${n}=`

function request(n = 9) {
  return { token: token(n), user: undefined, signal: new AbortController().signal }
}

describe('rtm', () => {
  it('takes a client for browsers', () => {
    expectTypeOf<Web.RTMClient>().toExtend<RtmClient>()
    expectTypeOf<Web.RTMStreamChannel>().toExtend<RtmStreamChannel>()
    expectTypeOf<Omit<Web.RTMClient, 'renewToken'>>().not.toExtend<RtmClient>()
    expectTypeOf<Omit<Web.RTMStreamChannel, 'join'>>().not.toExtend<RtmStreamChannel>()
  })

  it('takes a client for React Native', () => {
    expectTypeOf<ReactNative.RTMClient>().toExtend<RtmClient>()
    expectTypeOf<ReactNative.RTMStreamChannel>().toExtend<RtmStreamChannel>()
    expectTypeOf<Omit<ReactNative.RTMClient, 'login'>>().not.toExtend<RtmClient>()
  })

  it('tells the two apart by what only one of them has', () => {
    expectTypeOf<ReactNative.RTMClient>().toHaveProperty('release')
    expectTypeOf<Web.RTMClient>().not.toHaveProperty('release')
    expect(make().client).not.toHaveProperty('release')
  })

  it('compares with typings that are there', () => {
    expectTypeOf<Web.RTMClient>().not.toBeAny()
    expectTypeOf<ReactNative.RTMClient>().not.toBeAny()
    expectTypeOf(rtm).parameter(0).not.toBeAny()
    expectTypeOf(rtmStream).parameter(1).not.toBeAny()
  })
})

describe('rtm with the real agora-rtm-sdk 2.3', () => {
  for (const check of adapterContract(make, { token })) it(check.name, check.run)

  it('is given what the SDK passes over: a token of another project', async () => {
    const { adapter } = make()
    await adapter.join(request())
    const other = `006${APP_ID.replaceAll('9', '8')}ThisOnlyLooksLikeAToken`
    await expect(adapter.renew(other)).rejects.toMatchObject({ name: 'RtmError' })
  })

  it('rejects a renewal before the login, and tells its code', async () => {
    await expect(make().adapter.renew(token(1))).rejects.toMatchObject({ errorCode: -10_025 })
  })

  it('is told twice of one warning', async () => {
    const { adapter, driver } = make()
    await adapter.join(request())
    const calls: string[] = []
    adapter.attach({
      willExpire: () => calls.push('willExpire'),
      expired() {},
      linkChanged() {},
      ended() {},
      notice() {},
    })
    driver.warn()
    expect(calls).toEqual(['willExpire', 'willExpire'])
  })
})

describe('rtmStream with the real agora-rtm-sdk 2.3', () => {
  it('joins, hears its warning and its end, and joins again', async () => {
    const { adapter, rtc, heard } = await inStream()
    expect([adapter.link(), rtc.joins]).toEqual(['online', [token(1)]])
    rtc.emit('token-privilege-will-expire')
    expect(heard).toEqual(['willExpire'])
    rtc.change('DISCONNECTED', 'TOKEN_EXPIRE')
    await turns()
    expect([heard.at(-1), adapter.link()]).toEqual(['expired', 'down'])
    await adapter.rejoin(request(2))
    expect([adapter.link(), rtc.joins]).toEqual(['online', [token(1), token(2)]])
    expect(heard.filter((it) => it === 'expired')).toHaveLength(1)
  })

  it('hands a token over through the client, for the channel by its name', async () => {
    const { adapter, rtc } = await inStream()
    await adapter.renew(token(2))
    expect(rtc.renewals).toEqual([token(2)])
  })

  it('is on its way while the channel is, and back with it', async () => {
    const { adapter, rtc, heard } = await inStream()
    rtc.change('RECONNECTING')
    expect([adapter.link(), heard]).toEqual(['unsettled', ['linkChanged']])
    rtc.change('CONNECTED')
    expect([adapter.link(), heard]).toEqual(['online', ['linkChanged', 'linkChanged']])
  })

  it('stops when the user leaves, and says nothing after that', async () => {
    const { channel, adapter, heard, detach } = await inStream()
    await channel.leave()
    expect([heard, adapter.link()]).toEqual([['ended left'], 'down'])
    detach()
    await channel.join({ token: token(3) })
    expect(heard).toEqual(['ended left'])
  })

  it('rejects when the channel refuses to be joined, as what may be an ended token', async () => {
    const { adapter, rtc, channel } = await inStream()
    await channel.leave()
    rtc.refusal = Object.assign(new Error('refused'), { code: 'CAN_NOT_GET_GATEWAY_SERVER' })
    const error = await adapter.join(request(2)).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ name: 'RtmError', errorCode: -10_005 })
    expect(adapter.isExpired?.(error)).toBe(true)
  })
})

/** The client for RTC that a stream channel hides, without a network. */
class HiddenRtc {
  readonly joins: string[] = []
  readonly renewals: string[] = []
  readonly remoteUsers = []
  connectionState = 'DISCONNECTED'
  refusal: Error | undefined
  readonly #listeners = new Map<string, ((...args: unknown[]) => void)[]>()

  on(event: string, listener: () => void): void {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener])
  }

  off(event: string, listener: () => void): void {
    const others = (this.#listeners.get(event) ?? []).filter((other) => other !== listener)
    this.#listeners.set(event, others)
  }

  emit(event: string, ...args: unknown[]): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(...args)
  }

  change(state: string, reason?: string): void {
    const before = this.connectionState
    this.connectionState = state
    this.emit('connection-state-change', state, before, reason)
  }

  async join(_appId: string, _channel: string, joinedWith: string): Promise<void> {
    if (this.refusal) throw this.refusal
    this.joins.push(joinedWith)
    this.change('CONNECTED')
  }

  async leave(): Promise<void> {
    if (this.connectionState !== 'DISCONNECTED') this.change('DISCONNECTED', 'LEAVE')
  }

  async renewToken(renewed: string): Promise<void> {
    this.renewals.push(renewed)
  }
}

async function inStream() {
  const { client, adapter: login } = make()
  await login.join(request())
  const channel = client.createStreamChannel('room')
  const rtc = new HiddenRtc()
  const { streamChannelImpl: hidden } = channel as unknown as { streamChannelImpl: object }
  // Without what is told of the channel in messages, which would go over the network.
  Object.assign(hidden, { _rtcClient: rtc, _privatePermitUseMessageChn: false })
  const adapter = rtmStream(client, channel, { channelName: 'room' })
  await adapter.join(request(1))
  const heard: string[] = []
  const detach = adapter.attach({
    willExpire: () => heard.push('willExpire'),
    expired: () => heard.push('expired'),
    linkChanged: () => heard.push('linkChanged'),
    ended: (cause) => heard.push(`ended ${cause}`),
    notice: () => {},
  })
  return { adapter, channel, rtc, heard, detach }
}
