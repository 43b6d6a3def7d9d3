import type { Clock } from '../environment/clock.ts'

interface Timer {
  readonly at: number
  readonly task: () => void
}

/** More timers in one moment are a loop. */
const MAX_STALLED = 1000

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

/**
 * A clock that starts at a moment in 2026.
 *
 * @param settle - waits until whatever can happen without time passing has happened. Default: until
 *   promises have settled.
 */
export function manualClock(settle: () => Promise<void> = settlePromises): ManualClock {
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
    advance,
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

  async function advance(ms: number): Promise<void> {
    const end = elapsed + ms
    let stalled = 0
    await settle()
    for (let timer = next(end); timer; timer = next(end)) {
      const { at, task } = timer
      stalled = at > elapsed ? 0 : stalled + 1
      if (stalled > MAX_STALLED) throw new Error('manual clock: timers are set without end')
      elapsed = Math.max(elapsed, at)
      timers = timers.filter((other) => other !== timer)
      task()
      await settle()
    }
    elapsed = end
  }

  function next(end: number): Timer | undefined {
    return timers.toSorted((a, b) => a.at - b.at).find(({ at }) => at <= end)
  }
}

async function settlePromises(): Promise<void> {
  for (let i = 0; i < 50; i++) await Promise.resolve()
}
