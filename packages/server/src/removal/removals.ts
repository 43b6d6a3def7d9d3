/**
 * Keeps which users are removed, each under a key that ends by itself. `memoryRemovals()` and `redisRemovals()` are
 * such stores. A store throws or rejects when it fails, and never answers as if no key were kept.
 */
export interface Removals {
  /**
   * Whether each of these keys is kept, in their order. A request asks before the policy is asked, and again before it
   * signs unless nothing was waited for since. The questions of all requests of the same moment are one call, unless the
   * store is `local`.
   */
  has(keys: readonly string[]): readonly boolean[] | Promise<readonly boolean[]>
  /** Keeps these keys for so many seconds from now, whatever time they had left. */
  add(keys: readonly string[], seconds: number): void | Promise<void>
  /** Drops these keys. Answers whether one of them was kept. */
  delete(keys: readonly string[]): boolean | Promise<boolean>
  /** True when keys stay in the memory of this process: then they are not hashed, and `has` answers synchronously. */
  readonly local?: true
  /**
   * What to do while the store fails. `'deny'`, the default: refuse every request with `removals_unavailable`. `'allow'`:
   * issue tokens, also to users who are removed.
   */
  readonly onStoreError?: 'allow' | 'deny'
  /** Milliseconds that a request waits for an answer: 1 to 60 000. Default 250. */
  readonly timeoutMs?: number
}
