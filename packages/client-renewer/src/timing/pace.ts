import type { Clock } from '../environment/clock.ts'

/** Returns 0 and counts an attempt, or returns how many milliseconds to wait before the next call. */
export type Pace = () => number

/**
 * Limits the pace of a renewer: ten attempts at once, then one a second. No cause of attempts, such as a listener that
 * calls `renew`, a flapping connection, or tokens that arrive expired, can become a loop without a pause.
 */
export function createPace(clock: Clock): Pace {
  const INTERVAL_MS = 1_000
  const BURST_MS = 10 * INTERVAL_MS
  /** When all attempts so far would have started, at one per interval. */
  let dueAt = -Infinity
  return () => {
    const now = clock.elapsed()
    const waitMs = dueAt - now - BURST_MS + INTERVAL_MS
    // Only a broken clock says more than that.
    if (waitMs > 0 && waitMs <= INTERVAL_MS) return waitMs
    dueAt = Math.max(dueAt, now) + INTERVAL_MS
    return 0
  }
}
