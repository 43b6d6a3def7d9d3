/**
 * Calls `load` and stops waiting for its answer when its time is over. Leaves no timer behind.
 *
 * @internal
 * @throws whatever `load` throws, and an Error when it gave no answer in time
 */
export async function loadWithin<T>(
  timeoutMs: number,
  load: (signal: AbortSignal) => T | Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const overdue = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const error = new Error(`no answer within ${timeoutMs} ms`)
      // Before the abort: a load that rejects because of it must not win the race.
      reject(error)
      controller.abort(error)
    }, timeoutMs)
  })
  try {
    return await Promise.race([load(controller.signal), overdue])
  } finally {
    clearTimeout(timer)
  }
}
