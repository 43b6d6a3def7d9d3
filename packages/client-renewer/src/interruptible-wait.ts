import { type Countdown, startCountdown } from './countdown.ts'
import type { Clock } from './environment/clock.ts'

/** How a wait ended: its time was up, or something happened that is worth a new look. */
export type WaitEnd = 'elapsed' | 'woken'

/** One waiter at a time, for a length of time or until somebody wakes it. */
export class InterruptibleWait {
  readonly #clock: Clock
  #countdown: Countdown | undefined
  #end: (end: WaitEnd) => void = () => {}

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Waits `ms` milliseconds by either clock, or less when woken. Leaves no timer behind. */
  for(ms: number): Promise<WaitEnd> {
    return new Promise((resolve) => {
      this.#end = resolve
      this.#countdown = startCountdown(this.#clock, ms, () => this.#finish('elapsed'))
    })
  }

  /** Ends the wait in progress, if there is one. */
  wake(): void {
    this.#finish('woken')
  }

  /** Ends the wait in progress if its time was up while the device slept. */
  look(): void {
    this.#countdown?.look()
  }

  #finish(end: WaitEnd): void {
    this.#countdown?.cancel()
    this.#countdown = undefined
    this.#end(end)
  }
}
