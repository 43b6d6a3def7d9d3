import type { Behaviour, GivenToken, SdkDriver } from '../../src/testing/index.ts'
import type { FakeLink, RtmDialect } from './fake-rtm-dialect.ts'

type Call = 'join' | 'renew' | 'leave'

/** What a connection of a client is to it. */
export interface FakeRtmConnectionOptions {
  readonly dialect: RtmDialect
  readonly reasons: { readonly enter: string; readonly success: string; readonly exit: string }
  /** Of a stream channel. */
  readonly channelName?: string
  readonly listenerCount: () => number
  readonly tell: (link: Omit<FakeLink, 'isStream' | 'channels'>) => void
  readonly warn: () => void
}

interface Pending {
  readonly call: Call
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

const INVALID_TOKEN = -10_005
const TOKEN_EXPIRED = -10_009
const DUPLICATE = -10_017
const CANCELLED = -10_023
const NOT_CONNECTED = -10_025
const NOT_JOINED = -11_001

/** The login of a {@link FakeRtmClient} or one of its stream channels, and who plays its other side. */
export class FakeRtmConnection implements SdkDriver {
  readonly given: GivenToken[] = []
  readonly keepsListeners: boolean
  readonly conflict?: () => void
  readonly giveUp?: () => void
  readonly listenerCount: () => number
  readonly warn: () => void
  state = 'IDLE'
  token = ''
  readonly #options: FakeRtmConnectionOptions
  readonly #how: Record<Call, Behaviour> = { join: 'ok', renew: 'ok', leave: 'ok' }
  #isNextExpired = false
  #pending: Pending[] = []

  constructor(options: FakeRtmConnectionOptions) {
    this.#options = options
    this.keepsListeners = options.dialect.isReactNative
    this.listenerCount = options.listenerCount
    this.warn = options.warn
    if (options.channelName !== undefined) return
    this.conflict = () => this.#die('SAME_UID_LOGIN')
    this.giveUp = () => {
      this.dropLine()
      this.#die('RECONNECT_TIMEOUT')
    }
  }

  async enter(token: string): Promise<unknown> {
    const { reasons } = this.#options
    if (this.state === 'CONNECTED') return { timestamp: 0 }
    if (this.state === 'CONNECTING') throw this.#refusal(DUPLICATE, 'Duplicate operation')
    this.given.push({ by: 'join', token })
    this.#change('CONNECTING', reasons.enter, this.state === 'IDLE' ? reasons.enter : 'RELOGIN')
    await this.#enterAs(token)
    this.#change('CONNECTED', reasons.enter, reasons.success)
    return { timestamp: 0 }
  }

  async renew(token: string): Promise<unknown> {
    if (this.state !== 'CONNECTED') throw this.#refusal(NOT_CONNECTED, 'Not connected')
    if (token === this.token) return { timestamp: 0 }
    this.given.push({ by: 'renew', token })
    const refusal = this.#refusal(INVALID_TOKEN, `Invalid token ${token}`)
    await this.#behave('renew', this.#how.renew, refusal)
    this.token = token
    return { timestamp: 0 }
  }

  async exit(): Promise<unknown> {
    const { dialect, reasons, channelName } = this.#options
    if (this.state === 'IDLE') {
      if (channelName !== undefined) throw this.#refusal(NOT_JOINED, 'Channel not joined')
      return { timestamp: 0 }
    }
    if (!dialect.isReactNative) this.#cancel('join', this.#refusal(CANCELLED, 'Login canceled'))
    await this.#behave('leave', this.#how.leave, this.#refusal(-1, 'refused'))
    this.#cancel('renew', this.#refusal(NOT_CONNECTED, 'Not connected'))
    this.#change('IDLE', reasons.exit, reasons.exit)
    return { timestamp: 0 }
  }

  expire(): void {
    this.#die('TOKEN_EXPIRED')
  }

  expireQuietly(): void {
    this.dropLine()
    this.#change('CONNECTING', 'AUTO_RECONNECT', 'AUTO_RECONNECT')
    this.#die('TOKEN_EXPIRED')
  }

  dropLine(): void {
    // A stream channel is told to be on its way at once.
    if (this.#options.channelName !== undefined) this.reconnect()
    else this.#change('DISCONNECTED', 'HEARTBEAT_TIMEOUT', 'KEEP_ALIVE_TIMEOUT')
  }

  reconnect(): void {
    this.#change('CONNECTING', 'AUTO_RECONNECT', 'AUTO_RECONNECT')
  }

  restoreLine(isResumed = true): void {
    this.#change('CONNECTED', 'AUTO_RECONNECT', 'RECONNECT_SUCCESS', isResumed)
  }

  async userLeaves(): Promise<void> {
    await this.exit()
  }

  ban(): void {
    this.#die('KICKED_OUT_BY_SERVER')
  }

  refuseNextJoinAsExpired(): void {
    this.#isNextExpired = true
  }

  set(call: Call, behaviour: Behaviour): void {
    this.#how[call] = behaviour
  }

  answer(): void {
    for (const { resolve } of this.#pending.splice(0)) resolve()
  }

  async #enterAs(token: string): Promise<void> {
    const { channelName } = this.#options
    const isExpired = this.#isNextExpired
    this.#isNextExpired = false
    // A stream channel's join hides why it was refused.
    const code = isExpired && channelName === undefined ? TOKEN_EXPIRED : INVALID_TOKEN
    const reason = code === TOKEN_EXPIRED ? 'Token is expired.' : 'Invalid token.'
    try {
      const how = isExpired ? 'refuse' : this.#how.join
      await this.#behave('join', how, this.#refusal(code, reason))
    } catch (error) {
      const why = code === TOKEN_EXPIRED ? 'TOKEN_EXPIRED' : 'LOGIN_REJECTED'
      if (this.state === 'CONNECTING') this.#change('FAILED', this.#options.reasons.enter, why)
      throw error
    }
    this.token = token
  }

  #die(reason: string): void {
    this.#change('FAILED', 'SERVER_REJECT', reason)
    for (const call of ['join', 'renew', 'leave'] as const) {
      this.#cancel(call, this.#refusal(NOT_CONNECTED, 'Not connected'))
    }
  }

  #cancel(call: Call, error: unknown): void {
    const cancelled = this.#pending.filter((it) => it.call === call)
    this.#pending = this.#pending.filter((it) => it.call !== call)
    for (const { reject } of cancelled) reject(error)
  }

  async #behave(call: Call, how: Behaviour, refusal: unknown): Promise<void> {
    await Promise.resolve()
    if (how === 'refuse') throw refusal
    if (how === 'ok') return
    await new Promise<void>((resolve, reject) => this.#pending.push({ call, resolve, reject }))
  }

  #refusal(code: number, reason: string): unknown {
    return this.#options.dialect.refusal(code, reason)
  }

  // The same state is not told twice.
  #change(state: string, operation: string, reason: string, isResumed = false): void {
    const previous = this.state
    if (state === previous) return
    this.state = state
    this.#options.tell({ state, previous, operation, reason, isResumed })
  }
}
