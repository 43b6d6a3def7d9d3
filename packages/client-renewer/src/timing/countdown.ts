import { type Clock, stopwatch } from '../environment/clock.ts'

/** A countdown that has been started. */
export interface Countdown {
  cancel(): void
  /** Looks at the clocks now: the device may have slept. */
  look(): void
}

/** Calls `onDue` when `ms` milliseconds have passed, by either clock. */
export function startCountdown(clock: Clock, ms: number, onDue: () => void): Countdown {
  // Short slices: a timer past 2^31 ms fires at once, phones complain about long ones, and one that
  // slept through its moment must notice soon after the device wakes up.
  const SLICE_MS = 30_000
  const passed = stopwatch(clock)
  let cancel = wait(ms)
  return { cancel: () => cancel(), look }

  function wait(leftMs: number): () => void {
    return clock.after(Math.max(0, Math.min(leftMs, SLICE_MS)), look)
  }

  function look(): void {
    cancel()
    const leftMs = ms - passed()
    // Less than a millisecond is a matter of rounding, and no timer can wait for it.
    if (leftMs < 1) onDue()
    else cancel = wait(leftMs)
  }
}
