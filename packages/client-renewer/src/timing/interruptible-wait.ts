import { type Clock, stopwatch } from '../environment/clock.ts'

/** The SDK's connection has changed: decide again what to do with the token. */
export const LINK_CHANGED = 1
/** The device is awake or online again: try now, unless the server has set a time. */
export const AWAKE = 2
/** The token is about to expire or has expired, or the app asks: try now. */
export const HURRY = 3

/** Why to interrupt a wait; a larger number is more urgent. */
export type Urgency = typeof LINK_CHANGED | typeof AWAKE | typeof HURRY

/** A wait that something urgent can cut short. There is one at a time. */
export interface InterruptibleWait {
  /**
   * Waits until `ms` milliseconds have passed by either clock, or until an interruption that is at least as urgent as
   * `least`. Without `least`, it cannot be interrupted.
   */
  start(ms: number, least?: Urgency): Promise<void>
  /** Ends the wait in progress if `urgency` suffices; otherwise checks whether its time has passed. */
  interrupt(urgency: Urgency): void
  /** Ends the wait in progress. */
  end(): void
}

/** Creates the waits of one session. */
export function createInterruptibleWait(clock: Clock): InterruptibleWait {
  // Short slices: a timer beyond 2^31 ms fires at once, phones warn about long ones, and a timer that was due while
  // the device slept must fire soon after it wakes up.
  const SLICE_MS = 30_000
  let leftMs: () => number
  let patience: Urgency | undefined
  let cancel: (() => void) | undefined
  let resolve: (() => void) | undefined
  return { start, interrupt, end }

  function start(ms: number, least?: Urgency): Promise<void> {
    const passed = stopwatch(clock)
    leftMs = () => ms - passed()
    patience = least
    setTimer()
    return new Promise((done) => (resolve = done))
  }

  function setTimer(): void {
    cancel = clock.after(Math.max(0, Math.min(leftMs(), SLICE_MS)), look)
  }

  function look(): void {
    cancel?.()
    // Less than a millisecond is a rounding error, and no timer is that precise.
    if (leftMs() >= 1) setTimer()
    else end()
  }

  function interrupt(urgency: Urgency): void {
    if (patience && urgency >= patience) end()
    // The device may have slept past the time.
    else if (cancel) look()
  }

  function end(): void {
    cancel?.()
    cancel = undefined
    resolve?.()
  }
}
