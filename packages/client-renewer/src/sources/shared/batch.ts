import type { ServiceName } from '@rtc-token/core/contract'
import type { TokenScope } from '../../session-adapter.ts'
import { type Answer, answerFor, serves, withoutUser } from './answer.ts'
import { serviceOf } from './batch-request.ts'
import { areCompatible } from './scope-key.ts'
import { SharedWork } from './shared-work.ts'

/** One request for a token for one or several sessions. @internal */
export class Batch {
  readonly #scopes: Map<string, TokenScope>
  readonly #work: SharedWork<Answer>
  #isSealed: boolean

  /** @param isSealed - whether to accept only sessions with the same key */
  constructor(
    key: string,
    scope: TokenScope,
    isSealed: boolean,
    work: (batch: Batch, signal: AbortSignal) => Promise<Answer>,
  ) {
    this.#scopes = new Map([[key, scope]])
    this.#isSealed = isSealed
    this.#work = new SharedWork((signal) => work(this, signal))
  }

  get keys(): readonly string[] {
    return [...this.#scopes.keys()]
  }

  get services(): readonly ServiceName[] {
    return [...this.#scopes.values()].map(serviceOf)
  }

  /** The session whose scope is requested: a call, if there is one, because only a call has a channel. */
  get lead(): { readonly key: string; readonly scope: TokenScope } {
    const all = [...this.#scopes].map(([key, scope]) => ({ key, scope }))
    return all.find(({ scope }) => serviceOf(scope) === 'rtc') ?? all[0]!
  }

  get isAborted(): boolean {
    return this.#work.isAborted
  }

  /** Checks whether the session with this key is part of it. */
  has(key: string): boolean {
    return this.#scopes.has(key)
  }

  /** Whether it is for sessions with different keys. */
  get isMixed(): boolean {
    return this.#scopes.size > 1
  }

  /** Adds a session, if one token can serve all of them and the request has not been sent. */
  add(key: string, scope: TokenScope): void {
    if (this.#isSealed) return
    const others = [...this.#scopes.values()]
    if (others.every((other) => areCompatible(other, scope))) this.#scopes.set(key, scope)
  }

  /** Adds no more sessions: the request is about to be sent. */
  seal(): void {
    this.#isSealed = true
  }

  wait(signal: AbortSignal): Promise<Answer> {
    return this.#work.wait(signal)
  }

  /** Returns the answer for one of its sessions; `undefined` when the token does not serve that session. */
  partOf(key: string, answer: Answer): Answer | undefined {
    const scope = this.#scopes.get(key)
    if (!scope) return answer
    const part = answerFor(answer, scope)
    // The lead's own renewer checks whether the token is what it requested.
    if (key === this.lead.key) return part
    return serves(part, scope) ? { ...part, grant: withoutUser(part.grant) } : undefined
  }
}
