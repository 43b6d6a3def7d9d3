// Not every host has `setImmediate`. A microtask ends a turn too early, which only costs another look-up.
const atEndOfTurn = typeof setImmediate === 'function' ? setImmediate : queueMicrotask
const LONGEST_MS = 10

interface Turn {
  readonly beganAt: number
}

/**
 * Identifies the turns of the event loop. An answer received in the current turn is the latest that this process can
 * have. A turn of more than 10 ms counts as over.
 *
 * @internal
 */
export class Turns {
  readonly #clock: () => number
  #turn: Turn | undefined

  /** @param clock - milliseconds since an arbitrary origin */
  constructor(clock: () => number) {
    this.#clock = clock
  }

  /** The current turn. */
  now(): object {
    return (this.#turn ??= this.#begin())
  }

  /** Whether a turn is the current one. */
  isNow(turn: object | undefined): boolean {
    if (turn === undefined || turn !== this.#turn) return false
    return this.#clock() < this.#turn.beganAt + LONGEST_MS
  }

  /** Ends the turn early, because its answers may be outdated. */
  end(): void {
    this.#turn = undefined
  }

  #begin(): Turn {
    const turn = { beganAt: this.#clock() }
    atEndOfTurn(() => {
      if (this.#turn === turn) this.end()
    })
    return turn
  }
}
