import type { Clock } from './environment/clock.ts'
import { RenewError, type RenewErrorCode } from './errors.ts'

/** How long something may take, and what happens when it takes longer. */
export interface TimeLimit {
  readonly clock: Clock
  readonly ms: number
  /** Aborted when it takes too long; when somebody else aborts it, the wait ends at once. */
  readonly controller: AbortController
  /** Of the error when it takes too long. */
  readonly code: RenewErrorCode
}

/** Does `work` within a time limit. Leaves no timer behind, however it ends. */
export function withTimeLimit<T>(
  { clock, ms, controller, code }: TimeLimit,
  work: (signal: AbortSignal) => T | Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const { signal } = controller
    const cancel = clock.after(ms, () => {
      reject(lateError(code, ms))
      controller.abort()
    })
    signal.addEventListener('abort', () => {
      cancel()
      reject(new RenewError('STOPPED', 'nobody waits for the answer any more'))
    })
    // An async function, so that what is thrown at once is a rejection like any other.
    const doing = (async () => work(signal))()
    doing.then(resolve, reject).finally(cancel)
  })
}

/** Says what took too long. */
export function lateError(code: RenewErrorCode, ms: number): RenewError {
  const what = code.replace('_TIMEOUT', '').toLowerCase()
  return new RenewError(code, `${what}: no answer in ${ms} ms`)
}
