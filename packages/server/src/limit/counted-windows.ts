import type { LimitPolicy, LimitState } from './rate-limiter.ts'

/**
 * The consumption of many keys under one limit, counted here or reported by a shared store. `now` is in milliseconds
 * since an arbitrary origin.
 *
 * @internal
 */
export class CountedWindows {
  readonly #policy: LimitPolicy
  readonly #lengthMs: number
  readonly #windows: WindowMap

  constructor(policy: LimitPolicy, maxKeys: number) {
    this.#policy = policy
    this.#lengthMs = policy.window * 1000
    this.#windows = new WindowMap(this.#lengthMs, maxKeys)
  }

  /** Consumes `cost` if the key has that much left; otherwise consumes nothing. */
  consume(key: string, cost: number, now: number): LimitState {
    const window = this.#windows.at(key, now)
    const ok = window.used + cost <= this.#policy.limit
    if (ok) window.used += cost
    return this.#stateOf(window, ok, now)
  }

  /**
   * Adopts the state that the store reported for a key. Within a window the higher count wins, because the store has
   * not counted what this process allowed without it.
   */
  note(key: string, { remaining, resetIn }: LimitState, now: number): void {
    if (Number.isNaN(remaining)) return
    const startedAt = now - Math.max(0, this.#lengthMs - resetIn * 1000)
    const known = this.#windows.find(key, now)
    // The store reported the end in whole seconds, and some time ago.
    const isSame = known && startedAt - known.startedAt < this.#lengthMs / 2
    const window = isSame ? known : this.#windows.begin(key, startedAt, now)
    window.used = Math.max(window.used, this.#policy.limit - remaining)
  }

  /** The state of a key that has nothing left; `undefined` for any other key. */
  spent(key: string, now: number): LimitState | undefined {
    const window = this.#windows.find(key, now)
    const isSpent = window !== undefined && window.used >= this.#policy.limit
    return isSpent ? this.#stateOf(window, false, now) : undefined
  }

  #stateOf(window: LimitWindow, ok: boolean, now: number): LimitState {
    const { name, limit, window: seconds } = this.#policy
    const resetIn = Math.ceil((window.startedAt - now) / 1000 + seconds)
    return { ok, name, limit, remaining: limit - window.used, resetIn, window: seconds }
  }
}

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
