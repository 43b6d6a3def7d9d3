import type { Clock } from '../environment/clock.ts'

/** Returns 0 and counts an attempt, or returns how long to wait before asking again, in milliseconds. */
export type Pace = () => number

/**
 * Sets the pace of a renewer: ten attempts at once, then one a second. However attempts come about, through
 * a listener of the app that asks again for one, a line that comes and goes, or a token that has expired on
 * arrival, they never become a loop without a pause.
 */
export function createPace(clock: Clock): Pace {
  const INTERVAL_MS = 1_000
  const BURST_MS = 10 * INTERVAL_MS
  /** When all attempts so far would have begun, had there been one in each interval. */
  let dueAt = -Infinity
  return () => {
    const now = clock.elapsed()
    const waitMs = dueAt - now - BURST_MS + INTERVAL_MS
    // More than that only a broken clock says.
    if (waitMs > 0 && waitMs <= INTERVAL_MS) return waitMs
    dueAt = Math.max(dueAt, now) + INTERVAL_MS
    return 0
  }
}
