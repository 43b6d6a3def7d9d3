import {
  browserLifecycle,
  type Clock,
  type Lifecycle,
  type LifecycleSignal,
  systemClock,
} from '@rtc-token/client-renewer'

/** The clock and the lifecycle of a tab that can be made to have slept. */
export interface SleepyTab {
  readonly clock: Clock
  readonly lifecycle: Lifecycle
  /** Wakes up `ms` milliseconds late: time has passed unnoticed, as in a sleeping tab. */
  readonly sleep: (ms: number) => void
}

/** Creates a tab that is awake. Its own sleep, if the visitor's device takes one, is noticed too. */
export function createSleepyTab(): SleepyTab {
  const listeners = new Set<(signal: LifecycleSignal) => void>()
  let sleptMs = 0
  return {
    // As on a device: the wall clock has gone on, the clock that counts from the start stood still.
    clock: { ...systemClock, now: () => systemClock.now() + sleptMs },
    lifecycle: {
      subscribe(listener) {
        const stop = browserLifecycle().subscribe(listener)
        listeners.add(listener)
        return () => {
          stop()
          listeners.delete(listener)
        }
      },
    },
    sleep(ms) {
      sleptMs += ms
      for (const listener of listeners) listener('wake')
    },
  }
}
