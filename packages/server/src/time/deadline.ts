/** Whose going away ends everything: a request, or nobody. */
export interface Caller {
  readonly signal: AbortSignal
}

/**
 * Waits for an answer, and when its time is over does what `giveUp` says. Leaves no timer behind.
 *
 * @internal
 */
export function withDeadline<T>(
  timeoutMs: number,
  answer: PromiseLike<T>,
  giveUp: (reject: (reason: Error) => void, resolve: (value: T) => void) => void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => giveUp(reject, resolve), timeoutMs)
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

/** Waits for something, but not for longer than its time. Says whether it came. @internal */
export function within(timeoutMs: number, awaited: Promise<unknown>): Promise<boolean> {
  const came = awaited.then(() => true)
  // A time that is over: Node writes a warning to standard error for a negative one.
  return withDeadline(Math.max(0, timeoutMs), came, (_reject, resolve) => resolve(false))
}

/** Whether an answer has to be waited for: whatever `await` would wait for, functions too. @internal */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (typeof value !== 'function' && (typeof value !== 'object' || value === null)) return false
  return 'then' in value && typeof value.then === 'function'
}
