import type { LimitPolicy, LimitState } from './rate-limiter.ts'
import { type LimitWindow, WindowMap } from './window-map.ts'

/**
 * What many keys have consumed of one limit, counted here or reported by a shared store. `now` is in milliseconds
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
   * Adopts the state that the store reported for a key. Within a window the higher count wins, because the store does
   * not know what passed without it.
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
