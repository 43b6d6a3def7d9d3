// What was true so many pauses ago need not be: those who come together then shall all ask.
const FORGOTTEN_AFTER = 4

/**
 * Keeps requests away from a store that fails: for a pause after each failure it is not asked, then
 * one asks for all. Without it, each request to a store that hangs would wait out its deadline, and
 * the client would collect their commands.
 *
 * @internal
 */
export class Breaker {
  readonly #pauseMs: number
  /** Undefined while the store works. */
  #pausedAt: number | undefined

  /** @param pauseMs at least as long as an answer may take, so that one asks at a time */
  constructor(pauseMs: number) {
    this.#pauseMs = pauseMs
  }

  /** Whether the store may be asked now. */
  admits(now: number): boolean {
    if (this.#pausedAt === undefined) return true
    const pauses = (now - this.#pausedAt) / this.#pauseMs
    // Below 0 the clock was set back.
    if (pauses >= 0 && pauses < 1) return false
    this.#pausedAt = pauses < FORGOTTEN_AFTER ? now : undefined
    return true
  }

  /** Notes that the store answered. */
  succeed(): void {
    this.#pausedAt = undefined
  }

  /** Notes that it was not asked after all: in a pause the next may ask. */
  passOn(now: number): void {
    if (this.#pausedAt !== undefined) this.#pausedAt = now - this.#pauseMs
  }

  /** Notes that it failed. */
  fail(now: number): void {
    this.#pausedAt = now
  }
}
