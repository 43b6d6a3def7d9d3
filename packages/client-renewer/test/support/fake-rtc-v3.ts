import type { RtcV3Client } from '../../src/adapters/rtc-v3.ts'
import type { Behaviour, GivenToken, SdkDriver } from '../../src/testing/index.ts'

type Listener = (...args: never[]) => void
type State = 'DISCONNECTED' | 'CONNECTING' | 'CONNECTED' | 'DISCONNECTING'
type Call = 'join' | 'renew' | 'leave'

interface Pending {
  readonly ok: () => void
  readonly fail: (reason: string) => void
}

/**
 * A stand-in for a client of agora-rtc-sdk 3.6 and for the service behind it. What it reproduces:
 * CONNECTED means that there is a socket, not that the channel has let it in; `renewToken` while not
 * CONNECTED rejoins and says "ok" at once; a rejoin publishes again by itself; a refused join leaves
 * it halfway in; a bad token throws; removing a listener while it is told something skips the next.
 */
export class FakeRtcV3Client implements RtcV3Client, SdkDriver {
  readonly given: GivenToken[] = []
  readonly #listeners: Record<string, Listener[]> = {}
  readonly #how: Record<Call, Behaviour> = { join: 'ok', renew: 'ok', leave: 'ok' }
  #state: State = 'DISCONNECTED'
  #key: string | undefined
  #uid: number | string | undefined
  #isIn = false
  #wasPublished = false
  #isPublished = false
  #pending: Pending[] = []

  getConnectionState(): string {
    return this.#state
  }

  on(event: string, listener: Listener): void {
    ;(this.#listeners[event] ??= []).push(listener)
  }

  off(event: string, listener: Listener): void {
    const index = this.#listeners[event]?.indexOf(listener) ?? -1
    if (index !== -1) this.#listeners[event]?.splice(index, 1)
  }

  join(
    token: string | null,
    _channel: string,
    uid: number | string | null,
    _info?: string,
    ok: (uid: number) => void = () => {},
    fail: (reason: string) => void = () => {},
  ): void {
    if (this.#state !== 'DISCONNECTED') return fail('INVALID_OPERATION')
    this.given.push({ by: 'join', token: String(token), user: uid })
    this.#uid = uid ?? 4711
    this.#wasPublished = false
    this.#key = String(token)
    this.#change('CONNECTING')
    this.#enter('join', () => ok(typeof this.#uid === 'number' ? this.#uid : 99), fail)
  }

  leave(ok: () => void = () => {}, fail: (reason: string) => void = () => {}): void {
    if (this.#state === 'DISCONNECTED') return void Promise.resolve().then(ok)
    if (this.#state === 'DISCONNECTING') return fail('INVALID_OPERATION')
    // On the way it is out at once; the caller that waits for the join hears nothing of it.
    if (this.#state === 'CONNECTING') return this.#leftAtOnce(ok)
    this.#change('DISCONNECTING')
    if (!this.#isIn) return this.#leftAtOnce(ok)
    this.#behave('leave', { ok: () => this.#leftAtOnce(ok), fail })
  }

  renewToken(token: string, ok: () => void = () => {}, fail: (r: string) => void = () => {}): void {
    if (token.length === 0 || token.length > 2047) {
      throw new Error('Invalid token: Length of the string: [1,255]. ASCII characters only.')
    }
    if (this.#key === undefined) return fail('INVALID_OPERATION')
    this.given.push({ by: 'renew', token })
    this.#key = token
    if (this.#state === 'CONNECTED') return this.#behave('renew', { ok, fail })
    this.#rejoin('renew')
    ok()
  }

  listenerCount(): number {
    return Object.values(this.#listeners).reduce((sum, list) => sum + list.length, 0)
  }

  warn(): void {
    this.#dispatch('onTokenPrivilegeWillExpire', {})
  }

  expire(): void {
    this.#cut()
    this.#dispatch('onTokenPrivilegeDidExpire', {})
  }

  /** Refused on the way back, where there is no event of its own. */
  expireQuietly(): void {
    this.dropLine()
    this.#change('CONNECTING')
    this.#change('CONNECTED')
    this.#dispatch('error', { reason: 'ERR_DYNAMIC_KEY_EXPIRED' })
  }

  dropLine(): void {
    this.#cut()
    this.#dispatch('error', { reason: 'SOCKET_DISCONNECTED' })
  }

  restoreLine(): void {
    this.#rejoin('join')
  }

  userLeaves(): Promise<void> {
    return new Promise((resolve) => this.leave(resolve))
  }

  ban(): void {
    this.#dispatch('client-banned', { uid: this.#uid, attr: 14 })
    this.dropLine()
  }

  /** Tries another server: out and on the way again in one stack. */
  tryNext(): void {
    this.#cut()
    this.#rejoin('join')
  }

  async publish(): Promise<void> {
    this.#wasPublished = this.#isPublished = true
  }

  published(): number {
    return Number(this.#isPublished)
  }

  set(call: Call, behaviour: Behaviour): void {
    this.#how[call] = behaviour
  }

  answer(): void {
    const pending = this.#pending
    this.#pending = []
    for (const { ok } of pending) ok()
  }

  #rejoin(call: Call): void {
    this.#change('CONNECTING')
    this.#dispatch('rejoin-start', {})
    const ok = () => {
      this.#isPublished = this.#wasPublished
      this.#dispatch('rejoin', {})
    }
    this.#enter(call, ok, (reason) => this.#dispatch('error', { reason }))
  }

  #enter(call: Call, ok: () => void, fail: (reason: string) => void): void {
    queueMicrotask(() => {
      if (this.#state !== 'CONNECTING') return
      this.#change('CONNECTED')
      this.#behave(call, { ok: () => this.#letIn(ok), fail })
    })
  }

  #letIn(ok: () => void): void {
    this.#isIn = true
    ok()
  }

  #behave(call: Call, pending: Pending): void {
    const how = this.#how[call]
    if (how === 'hang') this.#pending.push(pending)
    else if (how === 'refuse') void Promise.resolve().then(() => pending.fail('ERR_NO_AUTHORIZED'))
    else void Promise.resolve().then(pending.ok)
  }

  #leftAtOnce(ok: () => void): void {
    this.#cut()
    ok()
  }

  #cut(): void {
    this.#isIn = false
    this.#isPublished = false
    this.#pending = []
    this.#change('DISCONNECTED')
  }

  #change(curState: State): void {
    const prevState = this.#state
    this.#state = curState
    if (prevState !== curState) {
      this.#dispatch('connection-state-change', { prevState, curState })
    }
  }

  #dispatch(event: string, payload: unknown): void {
    const list = this.#listeners[event] ?? []
    for (let index = 0; index < list.length; index++) list[index]?.(payload as never)
  }
}
