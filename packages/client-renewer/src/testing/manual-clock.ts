import type { Clock } from '../environment/clock.ts'

interface Timer {
  readonly at: number
  readonly task: () => void
}

/** More timers than this at one moment are a loop. */
const MAX_STALLED = 1000

/** A clock whose time passes only when a test says so. */
export interface ManualClock extends Clock {
  /** Lets `ms` pass: runs the tasks that are due in order, and lets promises settle in between. */
  advance(ms: number): Promise<void>
  /** Changes the wall clock by `ms` without letting time pass, as a user or a network does. */
  jump(ms: number): void
  /** Lets `ms` pass by the wall clock only, as when a device sleeps: timers fire late. */
  sleep(ms: number): Promise<void>
  /** How many timers are set. */
  readonly timers: number
}

/**
 * Creates a clock that starts at a moment in 2026.
 *
 * @param settle - waits until everything has happened that does not need time. Default: until promises have
 *   settled
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

/** The next timer that is due until `end`; of several at one moment, the one that was set first. */
function nextOf(timers: ReadonlySet<Timer>, end: number): Timer | undefined {
  return [...timers].toSorted((a, b) => a.at - b.at).find(({ at }) => at <= end)
}

async function settlePromises(): Promise<void> {
  for (let i = 0; i < 50; i++) await Promise.resolve()
}
