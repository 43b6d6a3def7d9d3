import type { Clock } from '../../src/environment/clock.ts'

interface Timer {
  readonly at: number
  readonly task: () => void
}

/** Time that passes only when a test says so. */
export interface ManualClock extends Clock {
  /** Lets `ms` pass: runs what is due in order, and lets promises settle in between. */
  advance(ms: number): Promise<void>
  /** Sets the wall clock without letting time pass, as a user or a network does. */
  jump(ms: number): void
  /** Lets `ms` pass by the wall clock alone, as when a device sleeps; timers fire late. */
  sleep(ms: number): Promise<void>
  /** How many timers are set. */
  readonly timers: number
}

/** A clock that starts at a moment in 2026. */
export function manualClock(): ManualClock {
  let elapsed = 0
  let wallOffset = 1_795_000_000_000
  let timers: readonly Timer[] = []

  return {
    now: () => wallOffset + elapsed,
    elapsed: () => elapsed,
    after(ms, task) {
      const timer = { at: elapsed + ms, task }
      timers = [...timers, timer]
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    async advance(ms) {
      const end = elapsed + ms
      await settle()
      for (let timer = next(end); timer; timer = next(end)) {
        elapsed = Math.max(elapsed, timer.at)
        timers = timers.filter((other) => other !== timer)
        timer.task()
        await settle()
      }
      elapsed = end
    },
    jump(ms) {
      wallOffset += ms
    },
    async sleep(ms) {
      wallOffset += ms
      await settle()
    },
    get timers() {
      return timers.length
    },
  }

  function next(end: number): Timer | undefined {
    return timers.toSorted((a, b) => a.at - b.at).find(({ at }) => at <= end)
  }
}

/** Lets every promise that can settle do so. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await Promise.resolve()
}
