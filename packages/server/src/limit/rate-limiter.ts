/** What a limit counts by. */
export type LimitKind = 'ip' | 'subject' | 'channel'

/** How much is allowed in how long. */
export interface LimitPolicy {
  /** Names the limit in headers and messages: 1 to 64 of `A-Z a-z 0-9 . _ -`. */
  readonly name: string
  /** How much one key may consume in a window. */
  readonly limit: number
  /** Length of a window, in seconds. */
  readonly window: number
}

/** What is left for one key after it has consumed. */
export interface LimitState extends LimitPolicy {
  /** Whether the consumption was within the limit. */
  readonly ok: boolean
  /** What is left in this window; `NaN` when the store does not say. */
  readonly remaining: number
  /** Seconds until there is more; when the store does not say, the most it can be. */
  readonly resetIn: number
  /** True when this was remembered and the store not asked: it does not show that the store works. */
  readonly remembered?: boolean
}

/**
 * Counts what each key consumes. One that answers at once should not answer with a promise: it is
 * called in every request. A failure of its store is thrown, or rejects; it is never a state.
 */
export interface RateLimiter {
  /** Consumes `cost`, default 1, of what `key` has left. */
  consume(key: string, cost?: number): LimitState | Promise<LimitState>
  /** What it holds keys to. Known in advance, a substitute can keep the limit when the store fails. */
  readonly policy?: LimitPolicy
  /**
   * True when keys stay in the memory of this process: they need not be hashed, and it is asked even
   * when the stores of other limits have used up the time of a request.
   */
  readonly local?: boolean
  /**
   * True when a key that has used up its window stays at the limit until the window ends, as `resetIn`
   * says. Such a key is then refused without asking again. Not for windows that slide or buckets that
   * fill, nor where `resetIn` is only the most it can be.
   */
  readonly fixedWindow?: boolean
}
