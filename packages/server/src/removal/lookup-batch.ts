/** Tells of each key whether it is kept. @internal */
type ReadKeys = (keys: readonly string[]) => Promise<readonly boolean[]>

interface Lookup {
  readonly keys: readonly string[]
  readonly answer: (isKept: boolean) => void
  readonly fail: (error: unknown) => void
}

// Not every host has it; a microtask still joins requests that arrived together.
const atEndOfTurn = typeof setImmediate === 'function' ? setImmediate : queueMicrotask

/**
 * Joins the look-ups of many requests into one question at a time: the questions, not the keys, are what costs time.
 * What is asked while one is under way waits for its answer, and is then asked together.
 *
 * @internal
 */
export class LookupBatch {
  readonly #read: ReadKeys
  #waiting: Lookup[] = []
  #keys: string[] = []
  #isBusy = false

  constructor(read: ReadKeys) {
    this.#read = read
  }

  /** Whether one of these keys is kept. Rejects when they cannot be read. */
  ask(keys: readonly string[]): Promise<boolean> {
    return new Promise((answer, fail) => {
      this.#waiting.push({ keys, answer, fail })
      this.#keys.push(...keys)
      if (this.#isBusy) return
      this.#isBusy = true
      atEndOfTurn(() => void this.#send())
    })
  }

  async #send(): Promise<void> {
    while (this.#waiting.length > 0) {
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
    this.#isBusy = false
  }
}

function answerAll(lookups: readonly Lookup[], kept: readonly boolean[]): void {
  let from = 0
  for (const { keys, answer } of lookups) {
    const end = from + keys.length
    let isKept = false
    for (; from < end; from += 1) isKept ||= kept[from] === true
    answer(isKept)
  }
}
