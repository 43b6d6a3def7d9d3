/** Whose going away ends everything: a request, or nobody. */
export interface Caller {
  readonly signal: AbortSignal
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

/** Whether an answer has to be waited for: whatever `await` would wait for, functions too. @internal */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (typeof value !== 'function' && (typeof value !== 'object' || value === null)) return false
  return 'then' in value && typeof value.then === 'function'
}
