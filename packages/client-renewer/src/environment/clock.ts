/** The renewer's source of time. Tests pass their own. */
export interface Clock {
  /** Milliseconds since 1970. May jump, even backwards, when the user or the network sets the time. */
  now(): number
  /** Milliseconds since any fixed time. Never goes back, but may stop while the device sleeps. */
  elapsed(): number
  /** Calls `task` once after `ms` milliseconds. Returns a function that cancels it. */
  after(ms: number, task: () => void): () => void
}

/** The clocks and timers of the runtime. In Node, its timers do not keep the process alive. */
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
 * Starts a stopwatch that returns milliseconds. It uses the larger result of two clocks, because one stops while
 * the device sleeps and the other jumps when it is set. It never goes back.
 */
export function stopwatch(clock: Clock): () => number {
  const now = clock.now()
  const elapsed = clock.elapsed()
  let most = 0
  // A clock that fails does not stop the other, and one that is set back changes nothing.
  return () => (most = Math.max(most, clock.now() - now || 0, clock.elapsed() - elapsed || 0))
}
