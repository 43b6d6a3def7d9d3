import { Refusal } from '../errors/refusal.ts'

/** Whose going away ends everything: a request, or nobody. */
export interface Caller {
  readonly signal: AbortSignal
}

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

/**
 * Waits for an answer and gives up when its time is over.
 *
 * @internal
 */
export function withDeadline<T>(
  timeoutMs: number,
  answer: PromiseLike<T>,
  giveUp: (reject: (reason: Error) => void) => void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => giveUp(reject), timeoutMs)
    answer.then(
      (value) => {
        clearTimeout(timer)
        return resolve(value)
      },
      (error: unknown) => {
        clearTimeout(timer)
        reject(error)
      },
    )
  })
}

function abortedWith(signal: AbortSignal): AbortController {
  const controller = new AbortController()
  const abort = (): void => controller.abort(signal.reason)
  if (signal.aborted) abort()
  else signal.addEventListener('abort', abort, { once: true })
  return controller
}

/** Whether an answer has to be waited for: whatever `await` would wait for, functions too. @internal */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (typeof value !== 'function' && (typeof value !== 'object' || value === null)) return false
  return 'then' in value && typeof value.then === 'function'
}
