import { Refusal } from '../errors/refusal.ts'
import { type Caller, isThenable, withDeadline } from '../time/deadline.ts'

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
