import type { Clock } from './environment/clock.ts'

/** How a wait ended: its time was up, or something happened that is worth a new look. */
export type WaitEnd = 'elapsed' | 'woken'

/** One waiter at a time, for a length of time or until somebody wakes it. */
export class InterruptibleWait {
  readonly #clock: Clock
  #end: ((end: WaitEnd) => void) | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Waits `ms` milliseconds, or less when woken. Leaves no timer behind. */
  for(ms: number): Promise<WaitEnd> {
    return new Promise((resolve) => {
      const cancel = this.#clock.after(ms, () => this.#finish('elapsed'))
      this.#end = (end) => {
        cancel()
        resolve(end)
      }
    })
  }

  /** Ends the wait in progress, if there is one. */
  wake(): void {
    this.#finish('woken')
  }

  #finish(end: WaitEnd): void {
    const finish = this.#end
    this.#end = undefined
    finish?.(end)
  }
}
