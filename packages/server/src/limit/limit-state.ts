import { isLimitName } from './limiter-options.ts'
import type { LimitState } from './rate-limiter.ts'

// The largest integer of a structured header field (RFC 9651, section 3.3.1).
const MAX_NUMBER = 999_999_999_999_999

/**
 * Checks the answer of a limiter, which the app may have written. A valid state can go into a header.
 *
 * @internal
 * @throws {TypeError} when it is not a state
 */
export function checkLimitState(answer: unknown): asserts answer is LimitState {
  if (!isLimitState(answer)) throw new TypeError('limiter: a LimitState expected')
}

function isLimitState(answer: unknown): boolean {
  if (typeof answer !== 'object' || answer === null) return false
  const { ok, name, limit, remaining, resetIn, window }: Partial<LimitState> = answer
  return (
    typeof ok === 'boolean' &&
    isLimitName(name) &&
    isCount(limit) &&
    (isCount(remaining) || Number.isNaN(remaining)) &&
    isCount(resetIn) &&
    isCount(window)
  )
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= MAX_NUMBER
}
