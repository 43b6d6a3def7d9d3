import type { LimitState } from './rate-limiter.ts'

// The largest integer of a structured header field (RFC 9651, section 3.3.1).
const MAX_NUMBER = 999_999_999_999_999

const NAME = /^[A-Za-z0-9._-]{1,64}$/

/** @internal Whether a value can name a limit in a header without escaping. */
export function isLimitName(value: unknown): value is string {
  return typeof value === 'string' && NAME.test(value)
}

/**
 * Checks the answer of a limiter, which the app may have written. A valid state can go into a header.
 *
 * @internal
 * @throws {TypeError} when it is not a state
 */
export function checkLimitState(answer: unknown): asserts answer is LimitState {
  const { ok, name, limit, remaining, resetIn, window }: Partial<LimitState> = Object(answer)
  const isState =
    typeof ok === 'boolean' &&
    isLimitName(name) &&
    isCount(limit) &&
    (isCount(remaining) || Number.isNaN(remaining)) &&
    isCount(resetIn) &&
    isCount(window)
  if (!isState) throw new TypeError('limiter: a LimitState expected')
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= MAX_NUMBER
}

/**
 * Makes the headers that tell what is left of each limit: `ratelimit` and `ratelimit-policy` as lists of structured
 * fields, as in draft-ietf-httpapi-ratelimit-headers-10. A limit with an unknown rest is only in the second. Without
 * limits there are no headers.
 *
 * @internal
 * @param states - the valid states that a guard returned
 */
export function limitHeaders(states: readonly LimitState[]): Record<string, string> {
  let left = ''
  let policies = ''
  for (const { name, remaining, resetIn, limit, window } of states) {
    policies += `${policies && ', '}"${name}";q=${Math.floor(limit)};w=${Math.ceil(window)}`
    if (Number.isNaN(remaining)) continue
    left += `${left && ', '}"${name}";r=${Math.floor(remaining)};t=${Math.ceil(resetIn)}`
  }
  const headers: Record<string, string> = {}
  if (left) headers['ratelimit'] = left
  if (policies) headers['ratelimit-policy'] = policies
  return headers
}

/**
 * Returns the seconds to wait, rounded up to whole seconds, at least 1.
 *
 * @internal
 */
export function retryAfterSeconds({ resetIn }: LimitState): number {
  return Math.max(1, Math.ceil(resetIn))
}
