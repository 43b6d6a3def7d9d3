import { type Clock, stopwatch } from './environment/clock.ts'

// Short slices: a timer past 2^31 ms fires at once, phones complain about long ones, and one that
// slept through its moment must notice soon after the device wakes up.
const SLICE_MS = 30_000

/** Calls `onDue` when `ms` milliseconds have passed, by either clock. Returns how to cancel it. */
export function startCountdown(clock: Clock, ms: number, onDue: () => void): () => void {
  const passed = stopwatch(clock)
  let cancel = next()
  return () => cancel()

  function next(): () => void {
    const left = ms - passed()
    return clock.after(Math.max(0, Math.min(left, SLICE_MS)), tick)
  }

  function tick(): void {
    if (passed() >= ms) onDue()
    else cancel = next()
  }
}
