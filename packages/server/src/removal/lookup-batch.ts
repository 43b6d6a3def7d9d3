/** Returns whether the store has each key. @internal */
type ReadKeys = (keys: readonly string[]) => Promise<readonly boolean[]>

interface Lookup {
  readonly keys: readonly string[]
  readonly answer: (firstKept: number) => void
  readonly fail: (error: unknown) => void
}

// Not every host has `setImmediate`. A microtask still joins requests that arrived together.
const atEndOfTurn = typeof setImmediate === 'function' ? setImmediate : queueMicrotask

/**
 * Joins the look-ups of one turn of the event loop into one call, because the calls cost time and the keys do not. A
 * look-up never waits for the reply to an earlier call, so the time limit of a call is the time limit of each request.
 *
 * @internal
 */
export class LookupBatch {
  readonly #read: ReadKeys
  #waiting: Lookup[] = []
  #keys: string[] = []

  constructor(read: ReadKeys) {
    this.#read = read
  }

  /** The index of the first of these keys in the store, or `Infinity`. Rejects when the store cannot be read. */
  ask(keys: readonly string[]): Promise<number> {
    return new Promise((answer, fail) => {
      const length = this.#waiting.push({ keys, answer, fail })
      this.#keys.push(...keys)
      if (length === 1) atEndOfTurn(() => void this.#send())
    })
  }

  async #send(): Promise<void> {
    const lookups = this.#waiting
    const keys = this.#keys
    this.#waiting = []
    this.#keys = []
    try {
      answerAll(lookups, await this.#read(keys))
    } catch (error) {
      for (const { fail } of lookups) fail(error)
    }
  }
}

function answerAll(lookups: readonly Lookup[], kept: readonly boolean[]): void {
  let from = 0
  let next = indexOfKept(kept, 0)
  for (const { keys, answer } of lookups) {
    const end = from + keys.length
    answer(next < end ? next - from : Infinity)
    from = end
    if (next < end) next = indexOfKept(kept, end)
  }
}

/** The index of the first key in the store, or `Infinity`. @internal */
export function indexOfKept(kept: readonly boolean[], from: number): number {
  const index = kept.indexOf(true, from)
  return index === -1 ? Infinity : index
}
