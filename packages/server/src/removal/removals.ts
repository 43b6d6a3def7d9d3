/**
 * A store of removed users, such as `memoryRemovals()` and `redisRemovals()`. Each removal is one or more keys that
 * expire by themselves. When the store fails it throws or rejects; it must not return `false` for a key then.
 */
export interface Removals {
  /**
   * Returns for each key, in order, whether the store has it. The handler calls it before the policy decides, and
   * again before it signs if it has awaited anything since. Requests that arrive together share one call, unless the
   * store is `local`.
   */
  has(keys: readonly string[]): readonly boolean[] | Promise<readonly boolean[]>
  /** Stores the keys for a number of seconds from now, and replaces the time that they had left. */
  add(keys: readonly string[], seconds: number): void | Promise<void>
  /** Deletes the keys. Returns whether the store had any of them. */
  delete(keys: readonly string[]): boolean | Promise<boolean>
  /**
   * True when the store is in the memory of this process. Keys are then not hashed, and `has` should be synchronous.
   */
  readonly local?: true
  /**
   * What to do while the store fails. `'deny'`, the default: refuse every request with `removals_unavailable`.
   * `'allow'`: issue tokens, even to removed users.
   */
  readonly onStoreError?: 'allow' | 'deny'
  /** Milliseconds that a request waits for the store: integer 1 to 60 000. Default 250. */
  readonly timeoutMs?: number
}
