import type { Clock } from './environment/clock.ts'
import { RenewError } from './errors.ts'

/**
 * Does `work` within `ms` milliseconds. When they have passed, rejects with what `late` returns and
 * aborts `controller`; when that is aborted by somebody else, rejects at once. Leaves no timer.
 */
export function withTimeLimit<T>(
  clock: Clock,
  ms: number,
  controller: AbortController,
  work: (signal: AbortSignal) => T | Promise<T>,
  late: () => RenewError,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => {
      reject(late())
      controller.abort()
    })
    const { signal } = controller
    signal.addEventListener('abort', () => {
      cancel()
      reject(new RenewError('STOPPED', 'nobody waits for the answer any more'))
    })
    // An async function, so that what is thrown at once is a rejection like any other.
    const doing = (async () => work(signal))()
    doing.then(resolve, reject).finally(cancel)
  })
}
