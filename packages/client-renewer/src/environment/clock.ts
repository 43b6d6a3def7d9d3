/** Time as the renewer sees it; tests hand in one of their own. */
export interface Clock {
  /** Milliseconds since 1970. People and networks move it, also backwards. */
  now(): number
  /** Milliseconds since some moment; never goes back, but may stand still while a device sleeps. */
  elapsed(): number
  /** Runs `task` once, `ms` milliseconds from now, unless the returned function is called before. */
  after(ms: number, task: () => void): () => void
}

/** The clocks and timers of the runtime. In Node its timers do not keep a process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms)
    unref(timer)
    return () => clearTimeout(timer)
  },
}

/**
 * Starts to measure a length of time, in milliseconds. Takes the larger of what both clocks say,
 * because one of them stops when a device sleeps and the other jumps when it is set.
 */
export function stopwatch(clock: Clock): () => number {
  const now = clock.now()
  const elapsed = clock.elapsed()
  return () => Math.max(clock.now() - now, clock.elapsed() - elapsed)
}

// A timer is a number in browsers and an object in Node.
function unref(timer: { unref?(): void } | number): void {
  if (typeof timer === 'object') timer.unref?.()
}
