/** Says when it is time to look again. @internal */
export interface Pace {
  isDue(): boolean
  /** Puts off the next look, counted from now. */
  wait(seconds: number): void
}

/**
 * Makes a pace by a clock in milliseconds. It is due at first, and when the clock was set back: a wait
 * must not last until the clock has come as far again.
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
