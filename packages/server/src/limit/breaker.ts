// After so many pauses a failure no longer counts, and all requests ask the store again.
const FORGOTTEN_AFTER = 4

/**
 * A circuit breaker for a store that fails: after each failure no request asks it for a pause, then one request tries
 * it for all. Without it, each request to a store that hangs would wait until its deadline, and the commands would
 * pile up in the client.
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
