import { type Clock, stopwatch } from './environment/clock.ts'

/** A countdown that has been started. */
export interface Countdown {
  cancel(): void
  /** Looks at the clocks now: the device may have slept. */
  look(): void
}

/** Calls `onDue` when `ms` milliseconds have passed, by either clock. */
export function startCountdown(clock: Clock, ms: number, onDue: () => void): Countdown {
  const passed = stopwatch(clock)
  let cancel = next()
  return { cancel: () => cancel(), look }

  function look(): void {
    cancel()
    tick()
  }

  function next(): () => void {
    // Short slices: a timer past 2^31 ms fires at once, phones complain about long ones, and one that
    // slept through its moment must notice soon after the device wakes up.
    const SLICE_MS = 30_000
    return clock.after(Math.max(0, Math.min(ms - passed(), SLICE_MS)), tick)
  }

  function tick(): void {
    // Less than a millisecond is a matter of rounding, and no timer can wait for it.
    if (ms - passed() < 1) onDue()
    else cancel = next()
  }
}
