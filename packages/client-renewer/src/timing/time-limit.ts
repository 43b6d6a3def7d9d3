import { type Operation, failure, stopped } from '../errors.ts'
import type { Settings } from '../renewer-options.ts'

/** Does a part of the work outside its time limit, which starts again afterwards. */
export type Untimed = <T>(work: () => Promise<T>, limitMs?: number) => Promise<T>

/**
 * Does `work` within the time limit of the operation, and aborts its signal when the time is up. Ends at once when
 * `outer` is aborted. Leaves no timers and no listeners behind.
 *
 * @throws {RenewError} the operation's `…_TIMEOUT`; STOPPED when `outer` is aborted; otherwise the error of `work`
 */
export function withTimeLimit<T>(
  operation: Operation,
  { clock, sourceTimeoutMs, sdkTimeoutMs }: Settings,
  work: (signal: AbortSignal, untimed: Untimed) => T | Promise<T>,
  outer?: AbortSignal,
): Promise<T> {
  const ms = operation === 'SOURCE' ? sourceTimeoutMs : sdkTimeoutMs
  return new Promise((resolve, reject) => {
    if (outer?.aborted) throw stopped()
    const inner = new AbortController()
    const stop = () => end(stopped())
    let cancel = limit(ms)
    outer?.addEventListener('abort', stop)
    // In an async function, so that a synchronous error becomes a rejection.
    const doing = (async () => work(inner.signal, untimed))()
    doing.then(resolve, reject).finally(letGo)

    function limit(ms: number): () => void {
      return clock.after(ms, () => end(failure(`${operation}_TIMEOUT`, ms)))
    }

    async function untimed<R>(pause: () => Promise<R>, limitMs?: number): Promise<R> {
      cancel()
      if (limitMs && limitMs < 2 ** 31) cancel = limit(limitMs)
      try {
        return await pause()
      } finally {
        cancel()
        if (!inner.signal.aborted) cancel = limit(ms)
      }
    }

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
