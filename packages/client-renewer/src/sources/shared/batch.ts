import type { ServiceName } from '@rtc-token/core/contract'
import type { TokenScope } from '../../session-adapter.ts'
import { type Answer, serves, withoutUser } from './answer.ts'
import { serviceOf } from './batch-request.ts'
import { areCompatible } from './scope-key.ts'
import { SharedRequest } from './shared-work.ts'

/** One request for a token on which one session or several can live. @internal */
export class JointRequest {
  readonly #scopes: Map<string, TokenScope>
  readonly #shared: SharedRequest<Answer>
  #isSealed: boolean

  /** @param isSealed - only for sessions with the same key */
  constructor(
    key: string,
    scope: TokenScope,
    isSealed: boolean,
    work: (joint: JointRequest, signal: AbortSignal) => Promise<Answer>,
  ) {
    this.#scopes = new Map([[key, scope]])
    this.#isSealed = isSealed
    this.#shared = new SharedRequest((signal) => work(this, signal))
  }

  get keys(): readonly string[] {
    return [...this.#scopes.keys()]
  }

  get services(): readonly ServiceName[] {
    return [...this.#scopes.values()].map(serviceOf)
  }

  /** The one whose scope says most: only that of a call names a channel. */
  get lead(): { readonly key: string; readonly scope: TokenScope } {
    const all = [...this.#scopes].map(([key, scope]) => ({ key, scope }))
    return all.find(({ scope }) => serviceOf(scope) === 'rtc') ?? all[0]!
  }

  get isAborted(): boolean {
    return this.#shared.isAborted
  }

  /** Whether its token is to be for this one too. */
  has(key: string): boolean {
    return this.#scopes.has(key)
  }

  /** Whether it is for several. */
  get isMixed(): boolean {
    return this.#scopes.size > 1
  }

  /** Takes another one in, if one token can serve all. */
  admit(key: string, scope: TokenScope): void {
    if (this.#isSealed) return
    const others = [...this.#scopes.values()]
    if (others.every((other) => areCompatible(other, scope))) this.#scopes.set(key, scope)
  }

  /** Nobody is taken in any more: it is about to be sent. */
  seal(): void {
    this.#isSealed = true
  }

  wait(signal: AbortSignal): Promise<Answer> {
    return this.#shared.wait(signal)
  }

  /** What an answer means for one of them. Undefined: the token does not serve it. */
  partOf(key: string, answer: Answer): Answer | undefined {
    const scope = this.#scopes.get(key)
    // Whatever is wrong with what the lead itself asked for is for its renewer to find.
    if (!scope || key === this.lead.key) return answer
    return serves(answer, scope) ? { ...answer, grant: withoutUser(answer.grant) } : undefined
  }
}
