const FIRST_MS = 100
const LONGEST_MS = 10_000
const HEALTHY_MS = 60_000

/** Says how long to wait before a worker that ended by itself is replaced. @internal */
export interface RestartDelay {
  /** Milliseconds; twice as long each time, up to ten seconds. */
  next(livedMs: number): number
}

/**
 * Makes the delays of one server. A worker that lived for a minute shows that the fault is not in the
 * start, so that they begin anew.
 *
 * @internal
 */
export function createRestartDelay(): RestartDelay {
  let failures = 0
  return {
    next(livedMs) {
      failures = livedMs >= HEALTHY_MS ? 1 : failures + 1
      return Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1))
    },
  }
}
