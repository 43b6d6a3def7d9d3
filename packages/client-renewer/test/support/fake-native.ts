import type {
  NativeConnection,
  NativeEngine,
  NativeEngineEx,
  NativeEventHandler,
} from '../../src/adapters/native/native-engine.ts'
import type { Behaviour, GivenToken, SdkDriver } from '../../src/testing/index.ts'

type Call = 'join' | 'renew' | 'leave'

const DISCONNECTED = 1
const CONNECTING = 2
const CONNECTED = 3
const RECONNECTING = 4
const FAILED = 5

/** What the engine knows of one of its channels. */
interface Line {
  readonly isMain: boolean
  connection: NativeConnection
  state: number
  token: string
  refusal: number
  readonly how: Record<Call, Behaviour>
  readonly given: GivenToken[]
  pending: (() => void)[]
}

/**
 * A stand-in for an engine of react-native-agora 4.6 or agora-electron-sdk 4.6. What it reproduces: one
 * list of handlers for all channels, told as it was when the telling began; codes in place of errors,
 * with the outcome as an event in a later turn; a warning that brings along the old token; a dead
 * session that `renewToken` revives; a join that is refused while in a channel, also in a dead one; no
 * `renewToken` for further channels, which the main channel takes along when it is left.
 */
export class FakeNativeEngine implements NativeEngine, NativeEngineEx {
  version = '4.6.2'
  /** Numbers that accounts have. */
  assigned = 4711
  readonly crashes: unknown[] = []
  readonly #main = newLine({}, true)
  readonly #further = new Map<string, Line>()
  #handlers: NativeEventHandler[] = []

  getVersion(): { version?: string } {
    return { version: this.version }
  }

  registerEventHandler(handler: NativeEventHandler): boolean {
    if (!this.#handlers.includes(handler)) this.#handlers.push(handler)
    return true
  }

  unregisterEventHandler(handler: NativeEventHandler): boolean {
    this.#handlers = this.#handlers.filter((other) => other !== handler)
    return true
  }

  getConnectionState(): number {
    return this.#main.state
  }

  getConnectionStateEx(connection: NativeConnection): number {
    return this.#lineOf(connection).state
  }

  joinChannel(token: string, channelId: string, uid: number): number {
    return this.#join(this.#main, token, { channelId, localUid: uid || this.assigned }, uid)
  }

  joinChannelWithUserAccount(token: string, channelId: string, user: string): number {
    return this.#join(this.#main, token, { channelId, localUid: this.assigned }, user)
  }

  joinChannelEx(token: string, connection: NativeConnection): number {
    return this.#join(this.#lineOf(connection), token, connection, connection.localUid ?? 0)
  }

  renewToken(token: string): number {
    return this.#renew(this.#main, token)
  }

  updateChannelMediaOptionsEx({ token }: { token: string }, connection: NativeConnection): number {
    const line = this.#lineOf(connection)
    if (line.state === DISCONNECTED || line.state === FAILED) return -8
    return this.#renew(line, token)
  }

  leaveChannel(): number {
    for (const line of this.#further.values()) this.#leave(line)
    return this.#leave(this.#main)
  }

  leaveChannelEx(connection: NativeConnection): number {
    return this.#leave(this.#lineOf(connection))
  }

  /** Who plays the other side of the main channel, or of a further one. */
  driver(connection?: NativeConnection): SdkDriver {
    const line = connection ? this.#lineOf(connection) : this.#main
    const fail = (reason: number) => this.#change(line, FAILED, reason)
    return {
      given: line.given,
      listenerCount: () => this.#handlers.length,
      warn: () => this.#tell('onTokenPrivilegeWillExpire', line, line.token),
      expire: () => {
        line.state = FAILED
        this.#tell('onRequestToken', line)
        fail(9)
      },
      expireQuietly: () => {
        this.#change(line, RECONNECTING, 2)
        fail(9)
      },
      dropLine: () => this.#change(line, RECONNECTING, 2),
      restoreLine: () => this.#arrive(line, 15),
      userLeaves: async () => void (connection ? this.#leave(line) : this.leaveChannel()),
      ban: () => fail(3),
      conflict: () => fail(19),
      giveUp: () => {
        this.#change(line, RECONNECTING, 2)
        fail(4)
      },
      refuseNextJoinAsExpired: () => (line.refusal = 9),
      set: (call, behaviour) => (line.how[call] = behaviour),
      answer: () => line.pending.splice(0).forEach((act) => act()),
    }
  }

  /** Something else happens in a channel that was not asked for. */
  tellOf(connection: NativeConnection): void {
    const line = newLine(connection, false)
    this.#tell('onTokenPrivilegeWillExpire', line, 'old')
    this.#tell('onRequestToken', line)
    this.#change(line, FAILED, 3)
  }

  /** The main channel's join is refused, or its session ends, for this reason. */
  fail(reason: number): void {
    this.#change(this.#main, FAILED, reason)
  }

  /** Nothing but what became of a token is told. */
  tellOfToken(token: string, code: number): void {
    this.#tell('onRenewTokenResult', this.#main, token, code)
  }

  #lineOf(connection: NativeConnection): Line {
    const key = `${connection.channelId} ${connection.localUid}`
    const line = this.#further.get(key) ?? newLine(connection, false)
    this.#further.set(key, line)
    return line
  }

  #join(line: Line, token: string, connection: NativeConnection, user: number | string): number {
    if (line.state !== DISCONNECTED) return -17
    line.given.push({ by: 'join', token, user })
    line.connection = connection
    line.token = token
    this.#change(line, CONNECTING, 0)
    const { refusal } = line
    line.refusal = 0
    this.#behave(line, refusal ? 'refuse' : line.how.join, (isOk) => {
      if (isOk) this.#arrive(line, 1)
      else this.#change(line, FAILED, refusal || 8)
    })
    return 0
  }

  #renew(line: Line, token: string): number {
    line.given.push({ by: 'renew', token })
    const isSilent = !line.isMain || this.version < '4.6.2'
    if (isSilent && line.how.renew === 'refuse') return -110
    if (line.state === FAILED) this.#change(line, CONNECTING, 12)
    this.#behave(line, line.how.renew, (isOk) => {
      if (isOk) line.token = token
      if (!isSilent) this.#tell('onRenewTokenResult', line, token, isOk ? 0 : 3)
      if (line.state === CONNECTED) return
      if (isOk) this.#arrive(line, 15)
      else this.#change(line, FAILED, 9)
    })
    return 0
  }

  #leave(line: Line): number {
    if (line.state === DISCONNECTED) return 0
    line.pending = []
    this.#behave(line, line.how.leave, () => {
      if (line.state === DISCONNECTED) return
      this.#change(line, DISCONNECTED, 5)
      this.#tell('onLeaveChannel', line, {})
    })
    return 0
  }

  #arrive(line: Line, reason: number): void {
    this.#change(line, CONNECTED, reason)
    if (reason === 1) this.#tell('onJoinChannelSuccess', line, 0)
    else this.#tell('onRejoinChannelSuccess', line, 0)
  }

  // An outcome is forgotten when the channel was left in the meantime.
  #behave(line: Line, how: Behaviour, outcome: (isOk: boolean) => void): void {
    const act = () => outcome(how !== 'refuse')
    line.pending.push(act)
    if (how === 'hang') return
    void this.#later(line, act)
  }

  async #later(line: Line, act: () => void): Promise<void> {
    await Promise.resolve()
    if (!line.pending.includes(act)) return
    line.pending = line.pending.filter((other) => other !== act)
    act()
  }

  #change(line: Line, state: number, reason: number): void {
    line.state = state
    this.#tell('onConnectionStateChanged', line, state, reason)
  }

  #tell(event: keyof NativeEventHandler, { connection }: Line, ...rest: unknown[]): void {
    for (const handler of this.#handlers.slice()) {
      try {
        handler[event]?.({ ...connection }, ...(rest as [never, never]))
      } catch (error) {
        this.crashes.push(error)
      }
    }
  }
}

function newLine(connection: NativeConnection, isMain: boolean): Line {
  const how: Record<Call, Behaviour> = { join: 'ok', renew: 'ok', leave: 'ok' }
  const idle = { state: DISCONNECTED, token: '', refusal: 0 }
  return { isMain, connection, ...idle, how, given: [], pending: [] }
}
