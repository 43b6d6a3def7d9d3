// Not every host has it. A microtask ends a turn too early, which costs a question and nothing else.
const atEndOfTurn = typeof setImmediate === 'function' ? setImmediate : queueMicrotask
const LONGEST_MS = 10

interface Turn {
  readonly beganAt: number
}

/**
 * Tells the turns of the event loop apart. What was heard from a store in this turn is the latest that this process can
 * know, unless the turn takes long: then it counts as over.
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

  /** The turn that is on. */
  now(): object {
    return (this.#turn ??= this.#begin())
  }

  /** Whether this turn is still on. */
  isNow(turn: object | undefined): boolean {
    if (turn === undefined || turn !== this.#turn) return false
    return this.#clock() < this.#turn.beganAt + LONGEST_MS
  }

  /** Ends the turn early: what was heard in it may be outdated. */
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
