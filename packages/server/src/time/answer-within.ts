/** The time that a request has spent waiting for its limits. */
export interface LimitWait {
  /** Milliseconds waited so far, without time in which the process was blocked. */
  limitWaitMs: number
}

/** How long a request may wait for all its limits. */
export interface Patience {
  readonly timeoutMs: number
  /** Milliseconds since an arbitrary origin. */
  readonly clock: () => number
}

const TURNS = 5

/**
 * Waits for an answer, at most for the time that the request has left. A late answer or failure is ignored.
 *
 * The wait is split into several timers, each of which counts at most its own length, even if it fires late. A
 * process that was blocked runs its timers before its sockets: with a single timer it would give up on an answer
 * that has arrived but has not been read.
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

  /** Counts the time of the current timer, if there is one, in whole milliseconds, as timers do. */
  stop(): void {
    clearTimeout(this.#timer)
    const passed = Math.ceil(this.#patience.clock() - this.#startedAt)
    this.#wait.limitWaitMs += Math.min(Math.max(0, passed), this.#lengthMs)
  }
}
