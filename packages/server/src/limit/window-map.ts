/** The current window of a key and what it has consumed. */
export interface LimitWindow {
  /** Milliseconds by the caller's clock. */
  readonly startedAt: number
  used: number
}

/**
 * The windows of many keys, in bounded memory and without timers.
 *
 * It has two generations: when the young one is full or one window old, it becomes the old one, and the previous old
 * one is dropped. Deleting one key at a time would scan the holes that deletions leave at the front of a `Map`, just
 * when a caller floods it with new keys: with 100 000 keys, each new key took about 60 times as long.
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

  /** The number of windows in memory, including expired ones. */
  get size(): number {
    return this.#young.size + this.#old.size
  }

  /** Returns the current window of a key, or a new one. */
  at(key: string, now: number): LimitWindow {
    return this.find(key, now) ?? this.begin(key, now, now)
  }

  /** Returns the current window of a key; `undefined` if it has none. */
  find(key: string, now: number): LimitWindow | undefined {
    const known = this.#young.get(key) ?? this.#old.get(key)
    return known && this.#lasts(known.startedAt, now) ? known : undefined
  }

  /** Begins a window, possibly in the past, and replaces the key's current one. */
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

  // After the clock was set back, a caller must not stay in a window for hours.
  #lasts(startedAt: number, now: number): boolean {
    const age = now - startedAt
    return age >= 0 && age < this.#lengthMs
  }
}
