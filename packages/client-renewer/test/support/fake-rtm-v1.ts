import type { RtmV1Client } from '../../src/adapters/rtm-v1.ts'
import type { Behaviour, GivenToken, SdkDriver } from '../../src/testing/index.ts'

type Call = 'join' | 'renew' | 'leave'
type Listener = (...args: never[]) => void

interface Pending {
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/**
 * A stand-in for a client of agora-rtm-sdk 1.5. What it reproduces: a token's end that costs the login,
 * with the state told before `TokenExpired`, and one on the way back, which does not; a renewal that is
 * never answered once out, and is answered before the service has seen the token; a login that is
 * refused until logged out, and a logout that waits for a login and is refused when out already.
 */
export class FakeRtmV1Client implements RtmV1Client, SdkDriver {
  readonly given: GivenToken[] = []
  connectionState = 'DISCONNECTED'
  /** Tokens that the service refuses after the client has taken them. */
  readonly refusedLate: string[] = []
  token = ''
  readonly #listeners = new Map<string, Listener[]>()
  readonly #how: Record<Call, Behaviour> = { join: 'ok', renew: 'ok', leave: 'ok' }
  #isTokenDead = false
  #login: Promise<void> | undefined
  #pending: Pending[] = []

  on(event: string, listener: Listener): this {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener])
    return this
  }

  off(event: string, listener: Listener): this {
    const others = (this.#listeners.get(event) ?? []).filter((other) => other !== listener)
    this.#listeners.set(event, others)
    return this
  }

  async login({ uid, token }: { uid: string; token: string }): Promise<void> {
    if (this.connectionState !== 'DISCONNECTED') {
      throw coded(8, 'The SDK is either logging in or has logged in')
    }
    this.given.push({ by: 'join', token, user: uid })
    this.#change('CONNECTING', 'LOGIN')
    this.#login = this.#behave('join', coded(6, 'The token expired'))
    try {
      await this.#login
    } catch (error) {
      this.#change('DISCONNECTED', 'LOGIN_FAILURE')
      throw error
    } finally {
      this.#login = undefined
    }
    this.token = token
    this.#isTokenDead = false
    this.#change('CONNECTED', 'LOGIN_SUCCESS')
  }

  async logout(): Promise<void> {
    await this.#login
    if (this.connectionState === 'DISCONNECTED') throw coded(101, 'already been logged out')
    if (this.connectionState !== 'ABORTED') await this.#behave('leave', coded(1, 'refused'))
    this.#change('DISCONNECTED', 'LOGOUT')
  }

  async renewToken(token: string): Promise<void> {
    if (this.connectionState === 'ABORTED') await new Promise(() => {})
    if (!/^(CONNECTED|RECONNECTING)$/.test(this.connectionState)) {
      throw coded(102, 'The client is not logged in')
    }
    this.given.push({ by: 'renew', token })
    await this.#behave('renew', coded(2, 'Invalid token'))
    if (this.refusedLate.includes(token)) return
    this.token = token
    if (this.connectionState !== 'RECONNECTING' || !this.#isTokenDead) return
    this.#isTokenDead = false
    void Promise.resolve().then(() => this.restoreLine())
  }

  listenerCount(): number {
    return [...this.#listeners.values()].flat().length
  }

  warn(): void {
    this.#emit('TokenPrivilegeWillExpire')
  }

  expire(): void {
    this.#change('ABORTED', 'TOKEN_EXPIRED')
    this.#emit('TokenExpired')
    this.#pending = []
  }

  /** Refused on the way back: it stays on its way until it has another token. */
  expireQuietly(): void {
    this.dropLine()
    this.#isTokenDead = true
    this.#emit('TokenExpired')
  }

  dropLine(): void {
    this.#change('RECONNECTING', 'INTERRUPTED')
  }

  restoreLine(): void {
    if (this.connectionState === 'RECONNECTING') this.#change('CONNECTED', 'LOGIN_SUCCESS')
  }

  async userLeaves(): Promise<void> {
    await this.logout()
  }

  ban(): void {
    this.#change('ABORTED', 'BANNED_BY_SERVER')
  }

  conflict(): void {
    this.#change('ABORTED', 'REMOTE_LOGIN')
  }

  giveUp(): void {
    this.#change('ABORTED', 'INTERRUPTED')
  }

  refuseNextJoinAsExpired(): void {
    const how = this.#how.join
    this.#how.join = 'refuse'
    this.#restore = () => (this.#how.join = how)
  }

  set(call: Call, behaviour: Behaviour): void {
    this.#how[call] = behaviour
    // The client itself gives a login up after 12 s; by now these have passed.
    if (call === 'join' && this.#login) this.#end(coded(4, 'Login timeout'))
  }

  answer(): void {
    for (const { resolve } of this.#pending.splice(0)) resolve()
  }

  #end(error: Error): void {
    for (const { reject } of this.#pending.splice(0)) reject(error)
  }

  #restore = (): unknown => undefined

  async #behave(call: Call, refusal: Error): Promise<void> {
    const how = this.#how[call]
    if (call === 'join') this.#restore()
    this.#restore = () => undefined
    await Promise.resolve()
    if (how === 'refuse') throw refusal
    if (how === 'ok') return
    await new Promise<void>((resolve, reject) => this.#pending.push({ resolve, reject }))
  }

  #change(state: string, reason: string): void {
    this.connectionState = state
    this.#emit('ConnectionStateChanged', state, reason)
  }

  #emit(event: string, ...args: unknown[]): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(...(args as never[]))
  }
}

function coded(code: number, message: string): Error {
  return Object.assign(new Error(message), { code })
}
