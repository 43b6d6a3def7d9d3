import { Refusal } from '../errors/refusal.ts'
import { type Caller, isThenable, withDeadline } from '../time/deadline.ts'
import type { AuthenticateContext } from '../auth/authenticator.ts'
import type { Ask, PreviousGrant, Wish } from '../policy/policy.ts'

/** Runs the hooks of one request, each with the same time limit. @internal */
export class HookRunner {
  readonly #caller: Caller
  readonly #timeoutMs: number
  // Created when a hook first reads `signal`: few do, and it costs more than reading the body.
  #controller: AbortController | undefined
  #overdue: Error | undefined

  constructor(caller: Caller, timeoutMs: number) {
    this.#caller = caller
    this.#timeoutMs = timeoutMs
  }

  /** Aborts when a hook has run out of time or the caller has disconnected. */
  get signal(): AbortSignal {
    this.#controller ??= abortedWith(this.#caller.signal)
    if (this.#overdue) this.#controller.abort(this.#overdue)
    return this.#controller.signal
  }

  /**
   * Calls a hook and stops waiting for it after the time limit. A synchronous result is returned synchronously.
   *
   * @throws {Refusal} policy_timeout; also what the hook throws
   */
  run<T>(hook: string, call: () => T | Promise<T>): T | Promise<T> {
    const answer = call()
    if (!isThenable(answer)) return answer
    return withDeadline(this.#timeoutMs, answer, (reject) => this.#giveUp(hook, reject))
  }

  #giveUp(hook: string, reject: (reason: Error) => void): void {
    this.#overdue = new Error(`${hook} did not answer within ${this.#timeoutMs} ms`)
    // Before the abort: a hook that rejects because of it must not win the race.
    reject(new Refusal('policy_timeout', undefined, { cause: this.#overdue }))
    this.#controller?.abort(this.#overdue)
  }
}

function abortedWith(signal: AbortSignal): AbortController {
  const controller = new AbortController()
  const abort = (): void => controller.abort(signal.reason)
  if (signal.aborted) abort()
  else signal.addEventListener('abort', abort, { once: true })
  return controller
}

// Classes, because V8 gives an object literal with a getter a new shape each time, and these shapes were half
// of the garbage collector's work. The members are declared without class fields, which V8 defines slowly in
// a class that extends another.

/** The second argument of `authenticate`. @internal */
export class HookContext implements AuthenticateContext {
  declare readonly ip: string | undefined
  readonly #hooks: HookRunner

  constructor(ip: string | undefined, hooks: HookRunner) {
    this.ip = ip
    this.#hooks = hooks
  }

  get signal(): AbortSignal {
    return this.#hooks.signal
  }
}

type Question<S> = Pick<Ask<S>, 'subject' | 'intent' | 'wish' | 'params'> & {
  readonly previous: PreviousGrant | undefined
}

/** The argument of `authorize`. @internal */
export class PolicyAsk<S> extends HookContext implements Ask<S> {
  declare readonly subject: S
  declare readonly intent: 'mint' | 'renew'
  declare readonly wish: Wish
  declare readonly params: Readonly<Record<string, unknown>>
  declare readonly previous?: PreviousGrant

  constructor(
    { subject, intent, wish, params, previous }: Question<S>,
    ip: string | undefined,
    hooks: HookRunner,
  ) {
    super(ip, hooks)
    this.subject = subject
    this.intent = intent
    this.wish = wish
    this.params = params
    if (previous) this.previous = previous
  }
}
