import { Refusal } from './refusal.ts'

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
export function createHookRunner(request: Request, timeoutMs: number): HookRunner {
  // Made when a hook asks for it: few do, and it costs more than reading the body.
  let controller: AbortController | undefined
  let overdue: Error | undefined
  return {
    get signal() {
      controller ??= abortedWith(request.signal)
      if (overdue) controller.abort(overdue)
      return controller.signal
    },
    async run(hook, call) {
      const answer = call()
      if (!isThenable(answer)) return answer
      return within(timeoutMs, answer, (reject) => {
        overdue = new Error(`${hook} gave no answer within ${timeoutMs} ms`)
        // Before the abort: a hook that rejects because of it must not win the race.
        reject(new Refusal('policy_timeout', undefined, { cause: overdue }))
        controller?.abort(overdue)
      })
    },
  }
}

async function within<T>(
  timeoutMs: number,
  answer: T | PromiseLike<T>,
  giveUp: (reject: (reason: Refusal) => void) => void,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => giveUp(reject), timeoutMs)
  })
  try {
    return await Promise.race([answer, timeout])
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

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value
}
