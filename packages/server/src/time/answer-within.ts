/** A request, as far as it waits for its limits. */
export interface LimitWait {
  /** Milliseconds that it has waited for them so far, those not counted in which the process stood still. */
  limitWaitMs: number
}

/** How long a request may wait for all its limits, and by which clock. */
export interface Patience {
  readonly timeoutMs: number
  /** Milliseconds, from any origin. */
  readonly clock: () => number
}

const TURNS = 5

/**
 * Waits for an answer, but not for longer than the request has left. A late one is dropped, a late
 * failure too.
 *
 * The time of a request is waited for in several turns, each of which counts no more than its own length,
 * however late its timer. A process that stood still comes to its timers before its sockets: with one
 * timer it would give up on an answer that is there and not yet read.
 *
 * @internal
 */
export function answerWithin<T>(
  answer: PromiseLike<T>,
  wait: LimitWait,
  patience: Patience,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const turns = new Turns(wait, patience, reject)
    answer.then(
      (value) => {
        turns.stop()
        return resolve(value)
      },
      (error: unknown) => {
        turns.stop()
        reject(error)
      },
    )
  })
}

class Turns {
  readonly #wait: LimitWait
  readonly #patience: Patience
  readonly #giveUp: (error: Error) => void
  readonly #timeMs: number
  #lengthMs = 0
  #startedAt = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(wait: LimitWait, patience: Patience, giveUp: (error: Error) => void) {
    this.#wait = wait
    this.#patience = patience
    this.#giveUp = giveUp
    this.#timeMs = this.#left()
    this.#begin()
  }

  #left(): number {
    return Math.max(0, this.#patience.timeoutMs - this.#wait.limitWaitMs)
  }

  #begin(): void {
    this.#startedAt = this.#patience.clock()
    this.#lengthMs = Math.min(Math.ceil(this.#timeMs / TURNS), this.#left())
    this.#timer = setTimeout(() => this.#end(), this.#lengthMs)
  }

  #end(): void {
    this.#wait.limitWaitMs += this.#lengthMs
    this.#lengthMs = 0
    if (this.#left() > 0) this.#begin()
    else this.#giveUp(new Error(`no answer within ${this.#timeMs} ms`))
  }

  /** Counts the turn that has begun, if one has: in whole milliseconds, as timers do. */
  stop(): void {
    clearTimeout(this.#timer)
    const passed = Math.ceil(this.#patience.clock() - this.#startedAt)
    this.#wait.limitWaitMs += Math.min(Math.max(0, passed), this.#lengthMs)
  }
}
