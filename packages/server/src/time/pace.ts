/** Decides when to check again. @internal */
export interface Pace {
  isDue(): boolean
  /** Postpones the next check to a number of seconds from now. */
  wait(seconds: number): void
}

/**
 * Creates a pace with a clock in milliseconds. It is due at first, and when the clock has been set back: otherwise the
 * wait would last until the clock has caught up.
 *
 * @internal
 */
export function createPace(clock: () => number): Pace {
  let from = 0
  let waitMs = 0
  return {
    isDue() {
      const elapsed = clock() - from
      return !(elapsed >= 0 && elapsed < waitMs)
    },
    wait(seconds) {
      from = clock()
      waitMs = seconds * 1000
    },
  }
}
