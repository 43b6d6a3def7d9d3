// @vitest-environment jsdom
import { rtmV1, type RtmV1Client } from '@rtc-token/client-renewer/rtm-v1'
import { adapterContract, type GivenToken, type SdkDriver } from '@rtc-token/client-renewer/testing'
import type AgoraRTM from 'agora-rtm-sdk-v1'
import type { RtmClient } from 'agora-rtm-sdk-v1'
import { beforeAll, describe, expect, expectTypeOf, it, onTestFinished, vi } from 'vitest'

// The real agora-rtm-sdk 1.5. Its network is cut off: what the service has to say to a login, a logout
// and a token is played at the edge of the SDK. What follows from it is the SDK's own doing.

type How = 'ok' | 'hang' | 'refuse'

/** What the SDK keeps to itself. */
interface Internals {
  connectionState: string
  context: { uid: string }
  session: { requestUpdateEdgeTicket?: unknown } | undefined
  loginImpl(options: { uid: string }): Promise<void>
  logout(): Promise<void>
  onConnectionStateChanged(state: string, reason: string): void
  userDropHandler(code: number): void
  TokenPrivilegeWillExpireHandler(): void
  emit(event: string): void
  on(event: string, listener: (...args: never[]) => void): void
  off(event: string, listener: (...args: never[]) => void): void
  listenerCount(event: string): number
}

const EVENTS = ['TokenPrivilegeWillExpire', 'TokenExpired', 'ConnectionStateChanged']

let rtmSdk: typeof AgoraRTM

beforeAll(async () => {
  // It has a clock of its own in a worker, and reports what it does.
  class Idle {
    readonly upload = {}
    postMessage() {}
    addEventListener() {}
    setRequestHeader() {}
    open() {}
    send() {}
    abort() {}
    close() {}
  }
  for (const name of ['Worker', 'XMLHttpRequest', 'WebSocket']) vi.stubGlobal(name, Idle)
  rtmSdk = (await import('agora-rtm-sdk-v1')).default
})

function make() {
  const client = rtmSdk.createInstance('970CA35de60c44645bbae8a215061b33', {
    enableLogUpload: false,
    logFilter: rtmSdk.LOG_FILTER_OFF,
  })
  const sdk = client as unknown as Internals
  const given: GivenToken[] = []
  const watched: RtmV1Client = {
    login: (options) => {
      given.push({ by: 'join', token: options.token, user: options.uid })
      return client.login(options)
    },
    renewToken: (token) => {
      given.push({ by: 'renew', token })
      return client.renewToken(token)
    },
    logout: () => client.logout(),
    on: (event, listener) => sdk.on(event, listener),
    off: (event, listener) => sdk.off(event, listener),
  }
  return { client, sdk, adapter: rtmV1(watched, { uid: 'anna' }), driver: driverOf(client, given) }
}

function driverOf(client: RtmClient, given: GivenToken[]): SdkDriver {
  const sdk = client as unknown as Internals
  const how: Record<'join' | 'renew' | 'leave', How> = { join: 'ok', renew: 'ok', leave: 'ok' }
  let pending: { call: string; resolve: () => void; reject: (error: Error) => void }[] = []
  const end = (call: string, message: string) => {
    const over = pending.filter((it) => it.call === call)
    pending = pending.filter((it) => it.call !== call)
    for (const { reject } of over) reject(new Error(message))
  }
  const behave = async (call: 'join' | 'renew' | 'leave') => {
    if (how[call] === 'refuse') throw Object.assign(new Error('refused'), { code: 5 })
    if (how[call] === 'ok') return
    await new Promise<void>((resolve, reject) => pending.push({ call, resolve, reject }))
  }
  let isTokenDead = false
  const session = {
    logoutHandler: () => behave('leave'),
    removeAllListeners() {},
    msgDedupLru: { empty() {} },
    dialogueSequenceLru: { empty() {} },
    dialPendingMsgSubjectMap: new Map(),
    curLoginSockets: [],
    instanceId: 0,
    startTime: 0,
    connection: { apClient: { getApEdgeInfo$: () => observable(askForTicket) } },
    requestUpdateEdgeTicket: () => ({ toPromise: async () => ({ code: 0 }) }),
  }
  // The SDK's own up to where it would open a socket, and from where that has been let in.
  sdk.loginImpl = async ({ uid }) => {
    if (sdk.connectionState !== 'DISCONNECTED') throw new Error('is either logging in or has')
    sdk.context.uid = uid
    sdk.onConnectionStateChanged('CONNECTING', 'LOGIN')
    sdk.session = session
    try {
      await behave('join')
    } catch (error) {
      sdk.onConnectionStateChanged('DISCONNECTED', 'LOGIN_FAILURE')
      throw error
    }
    sdk.onConnectionStateChanged('CONNECTED', 'LOGIN_SUCCESS')
  }
  async function askForTicket(): Promise<{ ticket: string }> {
    await behave('renew')
    if (isTokenDead && sdk.connectionState === 'RECONNECTING') setImmediate(back)
    isTokenDead = false
    return { ticket: 'ticket' }
  }
  const back = () => {
    if (sdk.connectionState !== 'RECONNECTING') return
    sdk.onConnectionStateChanged('CONNECTED', 'LOGIN_SUCCESS')
  }
  const dropLine = () => sdk.onConnectionStateChanged('RECONNECTING', 'INTERRUPTED')
  return {
    given,
    listenerCount: () => EVENTS.reduce((sum, event) => sum + sdk.listenerCount(event), 0),
    warn: () => sdk.TokenPrivilegeWillExpireHandler(),
    expire: () => sdk.userDropHandler(2),
    expireQuietly() {
      dropLine()
      isTokenDead = true
      sdk.emit('TokenExpired')
    },
    dropLine,
    restoreLine: back,
    userLeaves: () => client.logout(),
    ban: () => sdk.userDropHandler(14),
    conflict: () => sdk.userDropHandler(11),
    giveUp: () => sdk.userDropHandler(99),
    set(call, behaviour) {
      how[call] = behaviour
      // The client itself gives a login up after 12 s; by now these have passed.
      if (call === 'join') end('join', 'Login timeout')
    },
    answer: () => pending.splice(0).forEach(({ resolve }) => resolve()),
    settle: turns,
  }
}

/** As much of an observable as the SDK's own operators need. */
function observable(ask: () => Promise<object>) {
  return {
    pipe: () => ({ toPromise: ask }),
  }
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve))
}

describe('rtmV1', () => {
  it('takes a client of the real SDK', () => {
    expectTypeOf<RtmClient>().toExtend<RtmV1Client>()
    expectTypeOf<Omit<RtmClient, 'renewToken'>>().not.toExtend<RtmV1Client>()
    expectTypeOf<RtmClient>().not.toBeAny()
    expectTypeOf(rtmV1).parameter(0).not.toBeAny()
  })
})

describe('rtmV1 with the real agora-rtm-sdk 1.5', () => {
  for (const check of adapterContract(make)) it(check.name, check.run)

  it('does not wait for an answer that the client never gives', async () => {
    const { adapter, client, driver } = await loggedIn()
    driver.expire()
    let isSettled = false
    const settle = () => void (isSettled = true)
    void client.renewToken('007next').then(settle, settle)
    await turns()
    expect(isSettled).toBe(false)
    await expect(adapter.renew('007next')).rejects.toThrow('not logged in')
  })

  it('logs out first, without which the client refuses to log in', async () => {
    const { adapter, client, driver, sdk } = await loggedIn()
    driver.expire()
    await expect(client.login({ uid: 'anna', token: '007next' })).rejects.toThrow('has')
    await adapter.rejoin(request())
    expect(sdk.connectionState).toBe('CONNECTED')
  })

  it('is told that a token is taken before the service has seen it', async () => {
    const { adapter, sdk } = await loggedIn()
    sdk.session!.requestUpdateEdgeTicket = () => ({ toPromise: async () => ({ code: 5 }) })
    const uncaught: unknown[] = []
    const note = (error: unknown) => uncaught.push(error)
    process.on('unhandledRejection', note)
    onTestFinished(() => void process.off('unhandledRejection', note))
    await expect(adapter.renew('007next')).resolves.toBeUndefined()
    await turns()
    expect(String(uncaught)).toContain('RenewToken failure')
  })
})

function request() {
  return { token: '007next', user: undefined, signal: new AbortController().signal }
}

async function loggedIn() {
  const under = make()
  await under.adapter.join(request())
  const ignore = () => {}
  const sink = { willExpire: ignore, expired: ignore, linkChanged: ignore, ended: ignore }
  onTestFinished(under.adapter.attach({ ...sink, notice: ignore }))
  return under
}
