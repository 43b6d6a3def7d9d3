import { stopped } from '../../errors.ts'

/**
 * Does work that brings the SDK into its session, and undoes it at once when `signal` is aborted: an SDK that has half
 * joined would get in all the same, or refuse the next join.
 *
 * @param undo - its errors are ignored
 * @throws {RenewError} STOPPED when the signal is already aborted; otherwise the error of `work`
 * @internal
 */
export async function undoOnAbort<T>(
  signal: AbortSignal,
  undo: () => Promise<unknown>,
  work: () => Promise<T>,
): Promise<T> {
  if (signal.aborted) throw stopped()
  const onAbort = () => void undo().catch(() => {})
  signal.addEventListener('abort', onAbort)
  try {
    const result = await work()
    // A call that the SDK had not started before the abort has joined all the same.
    if (signal.aborted) await undo().catch(() => {})
    return result
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

/**
 * Waits for work until `signal` is aborted. For SDKs that never answer a call that was undone.
 *
 * @throws {RenewError} STOPPED when the signal is aborted; otherwise the error of `work`
 * @internal
 */
export function untilAborted<T>(
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) throw stopped()
    const stop = () => reject(stopped())
    const letGo = () => signal?.removeEventListener('abort', stop)
    signal?.addEventListener('abort', stop)
    work().then(resolve, reject).finally(letGo)
  })
}
