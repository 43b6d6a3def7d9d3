import { type Clock, stopwatch } from '../environment/clock.ts'

/** The connection of the SDK has changed: look again where the token has to go. */
export const LINK_CHANGED = 1
/** The device is awake or online again: try now, unless the server has said when. */
export const AWAKE = 2
/** The token is about to end or has ended, or the app asks: do not wait for the next attempt. */
export const HURRY = 3

/** Why to interrupt a wait; a larger number is more urgent. */
export type Urgency = typeof LINK_CHANGED | typeof AWAKE | typeof HURRY

/** A wait that something urgent can cut short. There is one at a time. */
export interface InterruptibleWait {
  /**
   * Waits until `ms` milliseconds have passed by either clock, or until something interrupts it that is
   * at least as urgent as `least`; without `least` nothing does.
   */
  start(ms: number, least?: Urgency): Promise<void>
  /** Ends the wait in progress if `urgency` suffices, else checks whether its time has passed. */
  interrupt(urgency: Urgency): void
  /** Ends the wait in progress. */
  end(): void
}

/** Creates the waits of one session. */
export function createInterruptibleWait(clock: Clock): InterruptibleWait {
  // Short slices: a timer past 2^31 ms fires at once, phones complain about long ones, and a timer that
  // slept through its moment must notice soon after the device wakes up.
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
    // Less than a millisecond is a matter of rounding, and no timer can wait for it.
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
