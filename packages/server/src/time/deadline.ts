const SETTLED = Promise.resolve()

/** Anything with an AbortSignal: a Request, or a substitute for calls without one. */
export interface Caller {
  readonly signal: AbortSignal
}

/**
 * Waits for an answer at most `timeoutMs`, then calls `giveUp`, which settles the promise. Leaves no timer behind.
 *
 * @internal
 */
export function withDeadline<T>(
  timeoutMs: number,
  answer: PromiseLike<T>,
  giveUp: (reject: (reason: Error) => void, resolve: (value: T) => void) => void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let isSettled = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const settle = (): void => {
      isSettled = true
      clearTimeout(timer)
    }
    answer.then(
      (value) => {
        settle()
        return resolve(value)
      },
      (error: unknown) => {
        settle()
        reject(error)
      },
    )
    const begin = (): void => {
      if (!isSettled) timer = setTimeout(() => giveUp(reject, resolve), timeoutMs)
    }
    // A hook is often `async` and waits for nothing; a timer for each takes 0.4 µs, a twentieth of what hooks, limits
    // and audit take together.
    void SETTLED.then(begin)
  })
}

/** Waits for a promise at most `timeoutMs`. Resolves with whether it was fulfilled in time. @internal */
export function within(timeoutMs: number, awaited: Promise<unknown>): Promise<boolean> {
  const came = awaited.then(() => true)
  // At least 0: Node writes a warning to standard error for a negative timeout.
  return withDeadline(Math.max(0, timeoutMs), came, (_reject, resolve) => resolve(false))
}

/**
 * Whether `await` would wait for a value: any object or function with a `then` method. Code that runs for every request
 * checks this first, because an `await` without anything to wait for leaves 300 bytes of garbage.
 *
 * @internal
 */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (typeof value !== 'function' && (typeof value !== 'object' || value === null)) return false
  return 'then' in value && typeof value.then === 'function'
}
