import { FUNCTION, integer, requireKind, shown } from '../checks/kind.ts'
import { checkLimiterOptions, type LimiterOptions } from './limiter-options.ts'
import { CountedWindows } from './counted-windows.ts'
import type { LimitPolicy, LimitState, RateLimiter } from './rate-limiter.ts'

/** What a limiter for one process is made from. */
export interface MemoryLimiterOptions extends LimiterOptions {
  /**
   * Most keys to remember, default 100 000, at about 150 bytes each. When they are used up, the half
   * whose windows began first is forgotten.
   */
  readonly maxKeys?: number
  /** Milliseconds, from any origin. Default `performance.now`, which is never set back. */
  readonly clock?: () => number
}

/** A limiter that answers at once. */
export interface MemoryLimiter extends RateLimiter {
  /**
   * Consumes `cost`, default 1. What does not fit takes nothing.
   *
   * @throws {TypeError} when the cost is not an integer from 0 on
   */
  consume(key: string, cost?: number): LimitState
  readonly policy: LimitPolicy
  readonly local: true
}

const KEYS = integer(2, 2 ** 24)
const COST = integer(0, Number.MAX_SAFE_INTEGER)

/**
 * Counts in the memory of this process: a window of its own for each key, beginning with its first
 * request. Exact for one process; several together allow each the limit.
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
