/** What a limit counts by: the caller's address, the subject or the channel. */
export type LimitKind = 'ip' | 'subject' | 'channel'

/** A limit: how much is allowed in which time. */
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
  /** True when the limiter answered from memory without asking its store, so the answer does not show that it works. */
  readonly remembered?: boolean
}

/**
 * Counts what each key consumes. A limiter that can answer synchronously should not return a promise, because it is
 * called in every request. It throws or rejects when its store fails, and never returns a state for that.
 */
export interface RateLimiter {
  /** Consumes `cost`, default 1, of what `key` has left. */
  consume(key: string, cost?: number): LimitState | Promise<LimitState>
  /** The limit. If it is known in advance, this process can apply it when the store fails. */
  readonly policy?: LimitPolicy
  /**
   * True when keys stay in the memory of this process: they are not hashed, and the limiter is asked even when other
   * limits have used up the time of a request.
   */
  readonly local?: boolean
  /**
   * True when a key that has used up its window stays at the limit until `resetIn` is over. Such a key is refused
   * without asking again. Not for sliding windows or token buckets, nor where `resetIn` is only an upper limit.
   */
  readonly fixedWindow?: boolean
}
