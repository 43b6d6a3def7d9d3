/** What a limit counts by: the caller's address, the subject or the channel. */
export type LimitKind = 'ip' | 'subject' | 'channel'

/** A limit: how many requests a key may make in a window. */
export interface LimitPolicy {
  /** The name of the limit in headers and events: 1 to 64 of `A-Z a-z 0-9 . _ -`. */
  readonly name: string
  /** The number of requests that one key may make in a window. */
  readonly limit: number
  /** Length of a window in seconds. */
  readonly window: number
}

/** The state of one key after a request. */
export interface LimitState extends LimitPolicy {
  /** Whether the request was within the limit. */
  readonly ok: boolean
  /** The number of requests left in this window; `NaN` if the store does not report it. */
  readonly remaining: number
  /** Seconds until more requests are allowed, or an upper limit if the store does not report it. */
  readonly resetIn: number
  /** True when the limiter answered from memory, which does not show that its store works. Default `false`. */
  readonly remembered?: boolean
}

/**
 * Counts the requests of each key. A limiter that can answer synchronously should not return a promise, because it is
 * called for every request. When its store fails it throws or rejects; it must not return a state then.
 */
export interface RateLimiter {
  /** Consumes `cost`, default 1, of what `key` has left, and returns the state of the key. */
  consume(key: string, cost?: number): LimitState | Promise<LimitState>
  /** The limit. With it, this process can apply the limit itself while the store fails. */
  readonly policy?: LimitPolicy
  /**
   * True when keys stay in the memory of this process. They are then not hashed, and the limiter is asked even when
   * other limits have used up the time of a request. Default `false`.
   */
  readonly local?: boolean
  /**
   * True when a key that has used up its window stays at the limit until `resetIn` is over. Such a key is refused
   * without another call. Leave it out for sliding windows, for token buckets, and if `resetIn` is only an upper limit.
   * Default `false`.
   */
  readonly fixedWindow?: boolean
}
