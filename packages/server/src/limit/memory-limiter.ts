import { FUNCTION, integer, requireKind, shown } from '../checks/kind.ts'
import { checkLimiterOptions, type LimiterOptions } from './limiter-options.ts'
import { CountedWindows } from './counted-windows.ts'
import type { LimitPolicy, LimitState, RateLimiter } from './rate-limiter.ts'

/** Options of {@link memoryLimiter}. */
export interface MemoryLimiterOptions extends LimiterOptions {
  /**
   * The number of keys to remember, at about 150 bytes each: integer 2 to 16 777 216. Default 100 000. Above it, the
   * older half is forgotten.
   */
  readonly maxKeys?: number
  /** Milliseconds since an arbitrary origin. Default `performance.now`, which is never set back. */
  readonly clock?: () => number
}

/** A limiter that answers synchronously. */
export interface MemoryLimiter extends RateLimiter {
  /**
   * Consumes `cost`, default 1, and returns the state of the key. If the key has less left, consumes nothing.
   *
   * @throws {TypeError} when `cost` is not an integer of at least 0
   */
  consume(key: string, cost?: number): LimitState
  readonly policy: LimitPolicy
  readonly local: true
}

const KEYS = integer(2, 2 ** 24)
const COST = integer(0, Number.MAX_SAFE_INTEGER)

/**
 * Creates a limiter in the memory of this process. The window of each key begins with its first request. With several
 * processes, each allows the full limit.
 *
 * @throws {TypeError} when an option is missing or out of range
 *
 * @example
 * memoryLimiter({ name: 'ip', limit: 60, windowSeconds: 60 })
 */
export function memoryLimiter(options: MemoryLimiterOptions): MemoryLimiter {
  const policy = checkLimiterOptions('memoryLimiter', options)
  const { maxKeys = 100_000, clock = monotonicMs } = options
  requireKind(maxKeys, KEYS, 'memoryLimiter: maxKeys', shown)
  requireKind(clock, FUNCTION, 'memoryLimiter: clock', shown)
  const windows = new CountedWindows(policy, maxKeys)
  const consume: MemoryLimiter['consume'] = (key, cost = 1) => {
    if (cost !== 1) requireKind(cost, COST, 'memoryLimiter: cost', shown)
    return windows.consume(key, cost, clock())
  }
  return { policy, local: true, consume }
}

function monotonicMs(): number {
  return performance.now()
}
