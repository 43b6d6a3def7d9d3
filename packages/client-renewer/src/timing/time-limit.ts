import { type Deed, RenewError, stopped } from '../errors.ts'
import type { Settings } from '../renewer-options.ts'

/**
 * Does `work` within the time that such a thing may take; its own signal is aborted when that is over.
 * Ends at once when `outer` is aborted. Leaves no timer behind, however it ends.
 *
 * @throws {RenewError} `…_TIMEOUT` of the deed, STOPPED when aborted, and what `work` throws
 */
export function withTimeLimit<T>(
  deed: Deed,
  { clock, sourceTimeoutMs, sdkTimeoutMs }: Settings,
  work: (signal: AbortSignal) => T | Promise<T>,
  outer?: AbortSignal,
): Promise<T> {
  const ms = deed === 'SOURCE' ? sourceTimeoutMs : sdkTimeoutMs
  return new Promise((resolve, reject) => {
    if (outer?.aborted) throw stopped()
    const inner = new AbortController()
    const stop = () => end(stopped())
    const cancel = clock.after(ms, () =>
      end(new RenewError(`${deed}_TIMEOUT`, `${deed}: no answer in ${ms} ms`)),
    )
    outer?.addEventListener('abort', stop)
    // An async function, so that what is thrown at once is a rejection like any other.
    const doing = (async () => work(inner.signal))()
    doing.then(resolve, reject).finally(letGo)

    function end(error: Error): void {
      letGo()
      reject(error)
      inner.abort()
    }

    function letGo(): void {
      cancel()
      outer?.removeEventListener('abort', stop)
    }
  })
}
