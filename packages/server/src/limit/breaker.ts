/**
 * Keeps requests away from a store that fails: for a pause after each failure nobody asks it, then
 * one asks for all. Without it, each request to a store that hangs would wait out its deadline, and
 * the client would collect their commands.
 *
 * @internal
 */
export class Breaker {
  readonly #pauseMs: number
  /** Undefined while the store works. */
  #retryAt: number | undefined

  /** @param pauseMs at least as long as an answer may take, so that there is one probe at a time */
  constructor(pauseMs: number) {
    this.#pauseMs = pauseMs
  }

  /** Whether the store may be asked now. */
  admits(now: number): boolean {
    if (this.#retryAt === undefined) return true
    if (now < this.#retryAt) return false
    this.#retryAt = now + this.#pauseMs
    return true
  }

  /** Notes that the store answered. */
  succeed(): void {
    this.#retryAt = undefined
  }

  /** Notes that it failed. */
  fail(now: number): void {
    this.#retryAt = now + this.#pauseMs
  }
}
