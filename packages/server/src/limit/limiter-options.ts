import { integer, type Kind, OBJECT, requireKind, shown } from '../checks/kind.ts'
import { isLimitName } from './limit-state.ts'
import type { LimitPolicy } from './rate-limiter.ts'

/** Options of every limiter. */
export interface LimiterOptions {
  /** The name of the limit in headers and events: 1 to 64 of `A-Z a-z 0-9 . _ -`. */
  readonly name: string
  /** The number of requests that one key may make in a window: integer 1 to 1e9. */
  readonly limit: number
  /** Length of a window in seconds: integer 1 to 31 536 000. */
  readonly windowSeconds: number
}

const OPTIONS: Kind<unknown> = { ...OBJECT, expected: 'options' }
const LIMIT = integer(1, 1e9)
const WINDOW_SECONDS = integer(1, 365 * 86_400)

/**
 * Checks the options that every limiter has.
 *
 * @internal
 * @param maker - the name of the function that takes the options
 * @throws {TypeError} when a member is missing or out of range
 */
export function checkLimiterOptions(maker: string, options: LimiterOptions): LimitPolicy {
  requireKind(options, OPTIONS, maker, shown)
  const { name, limit, windowSeconds } = options
  if (!isLimitName(name)) {
    throw new TypeError(`${maker}: name of 1 to 64 of A-Z a-z 0-9 . _ - expected`)
  }
  requireKind(limit, LIMIT, `${maker}: limit`, shown)
  requireKind(windowSeconds, WINDOW_SECONDS, `${maker}: windowSeconds`, shown)
  return { name, limit, window: windowSeconds }
}
