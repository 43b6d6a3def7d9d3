// @vitest-environment jsdom
import AgoraChat from 'agora-chat'
import { chat, type ChatConnection } from '@rtc-token/client-renewer/chat'
import { adapterContract, type GivenToken, type SdkDriver } from '@rtc-token/client-renewer/testing'
import { afterAll, afterEach, beforeAll, describe, expectTypeOf, it, vi } from 'vitest'

// The real agora-chat logs in through a WebSocket that the service's half of is played here, in its
// own protocol. Its timers pass by hand.

const FAR_MS = 2 ** 31 - 1
/** After which the SDK has tried to get back, and not yet missed the answers to what it then sends. */
const RETRY_MS = 5000
/** An unanswered login blocks the SDK until its own time limits have passed, which they do not here. */
const NEEDS_TIME = 'tries again when the rejoin is not answered'
/** Codes of a provision, which is the service's answer to a login. */
const OK = 0
const FAIL = 1

type Connection = InstanceType<typeof AgoraChat.connection>
type How = 'ok' | 'hang' | 'refuse'

/** What the SDK keeps to itself. */
interface Internals {
  readonly root: ProtobufRoot
  readonly eventHandler: { readonly handlerData: object }
  disconnectedReason: { type: number } | undefined
  logOut: boolean
  compareTokenExpireTime(now: number, end: number): void
  getTokenExpireTimestamp: () => Promise<{ expire_timestamp: number }>
}

interface ProtobufRoot {
  lookup(name: string): {
    create(fields: object): object
    encode(message: object): { finish(): Uint8Array }
  }
}

/** A socket whose other end is the test. */
class StandInSocket {
  static readonly all: StandInSocket[] = []
  /** Answers the first thing that is sent, which is a login. */
  static onLogin: (socket: StandInSocket) => void
  #hasLogin = false
  readyState = 0
  binaryType = ''
  onopen?: () => void
  onclose?: (event: object) => void
  onmessage?: (event: { data: ArrayBuffer }) => void
  constructor() {
    StandInSocket.all.push(this)
    setTimeout(() => {
      if (this.readyState !== 0) return
      this.readyState = 1
      this.onopen?.()
    })
  }

  send(): void {
    if (this.#hasLogin) return
    this.#hasLogin = true
    StandInSocket.onLogin(this)
  }

  close(): void {
    if (this.readyState === 3) return
    this.readyState = 3
    setTimeout(() => this.onclose?.({}))
  }
}

function standInService(connection: Connection) {
  const sdk = connection as unknown as Internals
  const how = { join: 'ok' as How, renew: 'ok' as How, leave: 'ok' as How }
  let refusal = 'Sorry, token or password does not match login info'
  const pending: (() => void)[] = []
  sdk.getTokenExpireTimestamp = async () => {
    if (how.renew === 'refuse') throw Object.assign(new Error('401'), { type: 17 })
    if (how.renew === 'hang') await new Promise<void>((resolve) => pending.push(resolve))
    return { expire_timestamp: Date.now() + FAR_MS }
  }
  return {
    sdk,
    how,
    provision,
    refuseWith: (reason: string) => (refusal = reason),
    answer: () => pending.splice(0).forEach((act) => act()),
    socket: () => StandInSocket.all.at(-1)!,
  }

  function provision(socket: StandInSocket): void {
    if (how.join === 'hang') pending.push(() => tell(socket, OK))
    else if (how.join === 'ok') tell(socket, OK)
    else tell(socket, FAIL)
  }

  function tell(socket: StandInSocket, errorCode: number): void {
    if (socket.readyState !== 1) return
    const status = { errorCode, ...(errorCode === FAIL && { reason: refusal }) }
    const authToken = JSON.stringify({ expires_in: Date.now() + FAR_MS })
    const payload = encode('Provision', { resource: 'web', status, authToken })
    const { buffer, byteOffset, length } = encode('MSync', { version: 1, command: 3, payload })
    const data = buffer.slice(byteOffset, byteOffset + length) as ArrayBuffer
    setTimeout(() => socket.onmessage?.({ data }))
  }

  function encode(name: string, fields: object): Uint8Array {
    const type = sdk.root.lookup(`easemob.pb.${name}`)
    return type.encode(type.create(fields)).finish()
  }
}

function make() {
  const connection = new AgoraChat.connection({
    appKey: 'org#app',
    isHttpDNS: false,
    url: 'wss://chat.test/ws',
    apiUrl: 'https://chat.test',
  })
  const service = standInService(connection)
  StandInSocket.onLogin = service.provision
  const given: GivenToken[] = []
  const watched: ChatConnection = {
    open: (login) => {
      given.push({ by: 'join', token: login.accessToken, user: login.user })
      return connection.open(login)
    },
    renewToken: (token) => {
      given.push({ by: 'renew', token })
      return connection.renewToken(token)
    },
    close: () => connection.close(),
    isOpened: () => connection.isOpened(),
    addEventHandler: (id, handler) => connection.addEventHandler(id, handler),
    removeEventHandler: (id) => connection.removeEventHandler(id),
  }
  return { adapter: chat(watched, { user: 'anna' }), driver: driverOf(connection, service, given) }
}

function driverOf(
  connection: Connection,
  service: ReturnType<typeof standInService>,
  given: readonly GivenToken[],
): SdkDriver {
  const { sdk, how } = service
  const kick = (type: number) => {
    sdk.disconnectedReason = { type }
    sdk.logOut = true
    service.socket().close()
  }
  const dropLine = () => {
    service.socket().close()
    vi.advanceTimersByTime(10)
  }
  return {
    given,
    listenerCount: () => Object.keys(sdk.eventHandler.handlerData).length,
    warn: () => sdk.compareTokenExpireTime(Date.now(), Date.now() + 1000),
    expire: () => sdk.compareTokenExpireTime(Date.now(), Date.now()),
    expireQuietly() {
      dropLine()
      service.refuseWith('Sorry, token expired')
      how.join = 'refuse'
      vi.advanceTimersByTime(RETRY_MS)
      how.join = 'ok'
    },
    dropLine,
    restoreLine: () => vi.advanceTimersByTime(RETRY_MS),
    userLeaves: async () => connection.close(),
    ban: () => kick(207),
    conflict: () => kick(206),
    set: (call, behaviour) => (how[call] = behaviour),
    answer: service.answer,
    settle: async () => void (await vi.advanceTimersByTimeAsync(5)),
  }
}

describe('chat', () => {
  it('takes a connection of the real SDK', () => {
    expectTypeOf<Connection>().toExtend<ChatConnection>()
    expectTypeOf<Omit<ChatConnection, 'open'>>().not.toExtend<ChatConnection>()
    expectTypeOf<ChatConnection['addEventHandler']>().parameter(1).not.toBeAny()
  })
})

describe('chat with the real agora-chat', () => {
  beforeAll(() => {
    AgoraChat.logger.disableAll()
    vi.stubGlobal('WebSocket', StandInSocket)
    vi.useFakeTimers()
  })
  afterEach(() => vi.clearAllTimers())
  afterAll(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  for (const check of adapterContract(make)) {
    it.skipIf(check.name === NEEDS_TIME)(check.name, check.run)
  }
})
