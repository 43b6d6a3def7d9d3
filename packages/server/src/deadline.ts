import { Refusal } from './refusal.ts'

/** Whose going away ends everything: a request, or nobody. */
export interface Caller {
  readonly signal: AbortSignal
}

/** Runs the hooks of one request, each with the same time for its answer. */
export interface HookRunner {
  /** Aborts when a hook ran out of time or the caller has gone. */
  readonly signal: AbortSignal
  /**
   * Calls a hook, and stops waiting for it when its time is over.
   *
   * @throws {Refusal} policy_timeout; and whatever the hook throws
   */
  run<T>(hook: string, call: () => T | Promise<T>): Promise<T>
}

/**
 * Creates the runner for one request.
 *
 * @internal
 */
export function createHookRunner(caller: Caller, timeoutMs: number): HookRunner {
  // Made when a hook asks for it: few do, and it costs more than reading the body.
  let controller: AbortController | undefined
  let overdue: Error | undefined
  return {
    get signal() {
      controller ??= abortedWith(caller.signal)
      if (overdue) controller.abort(overdue)
      return controller.signal
    },
    async run(hook, call) {
      const answer = call()
      if (!isThenable(answer)) return answer
      return withDeadline(timeoutMs, answer, (reject) => {
        overdue = new Error(`${hook} gave no answer within ${timeoutMs} ms`)
        // Before the abort: a hook that rejects because of it must not win the race.
        reject(new Refusal('policy_timeout', undefined, { cause: overdue }))
        controller?.abort(overdue)
      })
    },
  }
}

/**
 * Waits for an answer and gives up when its time is over.
 *
 * @internal
 */
export async function withDeadline<T>(
  timeoutMs: number,
  answer: PromiseLike<T>,
  giveUp: (reject: (reason: Error) => void) => void,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const waiting = new Promise<T>((resolve, reject) => {
    timer = setTimeout(() => giveUp(reject), timeoutMs)
    answer.then(resolve, reject)
  })
  try {
    return await waiting
  } finally {
    clearTimeout(timer)
  }
}

function abortedWith(signal: AbortSignal): AbortController {
  const controller = new AbortController()
  const abort = (): void => controller.abort(signal.reason)
  if (signal.aborted) abort()
  else signal.addEventListener('abort', abort, { once: true })
  return controller
}

/** Whether an answer has to be waited for. @internal */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value
}
