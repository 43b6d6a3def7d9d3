/** What one key has consumed in its current window. */
export interface LimitWindow {
  /** Milliseconds by the clock of the caller. */
  readonly startedAt: number
  used: number
}

/**
 * The windows of many keys, in bounded memory and without timers.
 *
 * In two generations: when the young one is full or a window old, it becomes the old one, and what
 * was old is forgotten at once. Forgetting one key at a time would search through the holes that
 * deletions leave at the front of a `Map`, and that just when a caller floods it with new keys: with
 * 100 000 of them, each new key cost some 60 times as much when this was tried.
 *
 * @internal
 */
export class WindowMap {
  readonly #lengthMs: number
  readonly #maxYoung: number
  #young = new Map<string, LimitWindow>()
  #old = new Map<string, LimitWindow>()
  #youngSince = 0

  constructor(lengthMs: number, maxKeys: number) {
    this.#lengthMs = lengthMs
    this.#maxYoung = Math.floor(maxKeys / 2)
  }

  /** How many windows are held, over ones included. */
  get size(): number {
    return this.#young.size + this.#old.size
  }

  /** The current window of a key, or a new one. */
  at(key: string, now: number): LimitWindow {
    return this.find(key, now) ?? this.begin(key, now, now)
  }

  /** The current window of a key; `undefined` where it has none. */
  find(key: string, now: number): LimitWindow | undefined {
    const known = this.#young.get(key) ?? this.#old.get(key)
    return known && this.#lasts(known.startedAt, now) ? known : undefined
  }

  /** Begins a window, of which a part may be over; one that the key has already ends. */
  begin(key: string, startedAt: number, now: number): LimitWindow {
    this.#turnOver(now)
    const fresh = { startedAt, used: 0 }
    this.#young.set(key, fresh)
    return fresh
  }

  #turnOver(now: number): void {
    if (this.#young.size < this.#maxYoung && this.#lasts(this.#youngSince, now)) return
    this.#old = this.#young
    this.#young = new Map()
    this.#youngSince = now
  }

  // A clock that was set back must not leave a caller in a window that takes hours to end.
  #lasts(startedAt: number, now: number): boolean {
    const age = now - startedAt
    return age >= 0 && age < this.#lengthMs
  }
}
