import type { Clock } from './environment/clock.ts'

const MAX_REJOINS = 5
const WINDOW_MS = 120_000

/**
 * Counts rejoins that worked, and is reached at 5 within two minutes: a server whose tokens are dead
 * on arrival would otherwise have the client join and fall out without a pause.
 */
export class RejoinLimit {
  readonly #clock: Clock
  #recent: readonly number[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  count(): void {
    this.#recent = [this.#clock.elapsed(), ...this.#recent].slice(0, MAX_REJOINS)
  }

  isReached(): boolean {
    return this.#clock.elapsed() - (this.#recent[MAX_REJOINS - 1] ?? -Infinity) < WINDOW_MS
  }
}
