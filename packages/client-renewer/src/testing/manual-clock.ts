import type { Clock } from '../environment/clock.ts'

interface Timer {
  readonly at: number
  readonly task: () => void
}

/** More timers than this at the same time are a loop. */
const MAX_STALLED = 1000

/** A clock that a test moves forward. */
export interface ManualClock extends Clock {
  /** Advances time by `ms` milliseconds: runs due tasks in order, and lets promises settle in between. */
  advance(ms: number): Promise<void>
  /** Changes the wall clock by `ms` milliseconds, as when the user or the network sets it. No time passes. */
  jump(ms: number): void
  /** Advances only the wall clock by `ms` milliseconds, as when a device sleeps: timers fire late. */
  sleep(ms: number): Promise<void>
  /** How many timers are set. */
  readonly timers: number
}

/**
 * Creates a clock that starts in November 2026.
 *
 * @param settle - waits until everything is done that needs no time to pass; default: until promises have settled
 */
export function manualClock(settle: () => Promise<void> = settlePromises): ManualClock {
  let elapsed = 0
  let wallOffset = 1_795_000_000_000
  const timers = new Set<Timer>()
  return {
    now: () => wallOffset + elapsed,
    elapsed: () => elapsed,
    after(ms, task) {
      const timer = { at: elapsed + ms, task }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    async advance(ms) {
      const end = elapsed + ms
      let stalled = 0
      await settle()
      for (let timer = nextOf(timers, end); timer; timer = nextOf(timers, end)) {
        stalled = timer.at > elapsed ? 0 : stalled + 1
        if (stalled > MAX_STALLED) throw new Error('manual clock: timers are set without end')
        elapsed = Math.max(elapsed, timer.at)
        timers.delete(timer)
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
      return timers.size
    },
  }
}

/** Returns the next timer due by `end`; of several due at once, the one that was set first. */
function nextOf(timers: ReadonlySet<Timer>, end: number): Timer | undefined {
  return [...timers].toSorted((a, b) => a.at - b.at).find(({ at }) => at <= end)
}

async function settlePromises(): Promise<void> {
  for (let i = 0; i < 50; i++) await Promise.resolve()
}
