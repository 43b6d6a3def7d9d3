import { Refusal } from '../errors/refusal.ts'
import { type Caller, isThenable, withDeadline } from '../time/deadline.ts'

/** Runs the hooks of one request, each with the same time for its answer. @internal */
export class HookRunner {
  readonly #caller: Caller
  readonly #timeoutMs: number
  // Made when a hook asks for it: few do, and it costs more than reading the body.
  #controller: AbortController | undefined
  #overdue: Error | undefined

  constructor(caller: Caller, timeoutMs: number) {
    this.#caller = caller
    this.#timeoutMs = timeoutMs
  }

  /** Aborts when a hook ran out of time or the caller has gone. */
  get signal(): AbortSignal {
    this.#controller ??= abortedWith(this.#caller.signal)
    if (this.#overdue) this.#controller.abort(this.#overdue)
    return this.#controller.signal
  }

  /**
   * Calls a hook, and stops waiting for it when its time is over. What it answers at once comes back at once.
   *
   * @throws {Refusal} policy_timeout; and whatever the hook throws
   */
  run<T>(hook: string, call: () => T | Promise<T>): T | Promise<T> {
    const answer = call()
    if (!isThenable(answer)) return answer
    return withDeadline(this.#timeoutMs, answer, (reject) => this.#giveUp(hook, reject))
  }

  #giveUp(hook: string, reject: (reason: Error) => void): void {
    this.#overdue = new Error(`${hook} gave no answer within ${this.#timeoutMs} ms`)
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
