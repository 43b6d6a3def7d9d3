// After this many pauses, all requests ask the store again.
const FORGOTTEN_AFTER = 4

/**
 * A circuit breaker for a store that fails: after each failure, no request asks the store for a while, and then one
 * request tries it. Without it, each request would wait for a hanging store until its deadline, and commands would pile
 * up in the client.
 *
 * @internal
 */
export class Breaker {
  readonly #pauseMs: number
  /** `undefined` while the store works. */
  #pausedAt: number | undefined

  /** @param pauseMs - at least as long as an answer may take, so that one request asks at a time */
  constructor(pauseMs: number) {
    this.#pauseMs = pauseMs
  }

  /** Whether the store may be asked now. */
  admits(now: number): boolean {
    if (this.#pausedAt === undefined) return true
    const pauses = (now - this.#pausedAt) / this.#pauseMs
    // Negative if the clock was set back.
    if (pauses >= 0 && pauses < 1) return false
    this.#pausedAt = pauses < FORGOTTEN_AFTER ? now : undefined
    return true
  }

  /** Records that the store answered. */
  succeed(): void {
    this.#pausedAt = undefined
  }

  /** Records that the request did not ask after all, so the next one may ask. */
  passOn(now: number): void {
    if (this.#pausedAt !== undefined) this.#pausedAt = now - this.#pauseMs
  }

  /** Records that the store failed. */
  fail(now: number): void {
    this.#pausedAt = now
  }
}
