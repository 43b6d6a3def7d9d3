/** Time as the renewer sees it. Tests inject their own. */
export interface Clock {
  /** Milliseconds since 1970. Users and networks set it, also backwards. */
  now(): number
  /** Milliseconds since an arbitrary moment. Never goes back, but may stand still while a device sleeps. */
  elapsed(): number
  /** Runs `task` once, `ms` milliseconds from now, unless the returned function is called before. */
  after(ms: number, task: () => void): () => void
}

/** The clocks and timers of the runtime. In Node its timers do not keep a process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(ms, task) {
    const timer: NodeTimer = setTimeout(task, ms)
    timer.unref?.()
    return () => clearTimeout(timer)
  },
}

/** A timer is an object in Node and a number in browsers, where this member does not exist. */
type NodeTimer = ReturnType<typeof setTimeout> & { unref?(): void }

/**
 * Starts to measure a length of time, in milliseconds. Takes the larger of what both clocks say: one of
 * them stops while a device sleeps, and the other jumps when it is set. Never goes back.
 */
export function stopwatch(clock: Clock): () => number {
  const now = clock.now()
  const elapsed = clock.elapsed()
  let most = 0
  // A clock that breaks off does not stop the other, and one that is set back takes back nothing.
  return () => (most = Math.max(most, clock.now() - now || 0, clock.elapsed() - elapsed || 0))
}
