/**
 * Waits for something, but not for longer than its time. Says whether it came.
 *
 * @internal
 */
export async function within(timeoutMs: number, awaited: Promise<unknown>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const overdue = new Promise<boolean>((resolve) => {
    // A time that is over: Node writes a warning to standard error for a negative one.
    timer = setTimeout(() => resolve(false), Math.max(0, timeoutMs))
  })
  try {
    return await Promise.race([awaited.then(() => true), overdue])
  } finally {
    clearTimeout(timer)
  }
}
