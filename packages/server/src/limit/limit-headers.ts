import type { LimitPolicy, LimitState } from './rate-limiter.ts'

/**
 * Makes the headers that tell what is left of each limit: `ratelimit` and `ratelimit-policy` as lists of structured
 * fields, as in draft-ietf-httpapi-ratelimit-headers-10. A limit with an unknown rest is only in the second. Without
 * limits there are no headers.
 *
 * @internal
 * @param states - the valid states that a guard returned
 */
export function limitHeaders(states: readonly LimitState[]): Record<string, string> {
  const known = states.filter(({ remaining }) => !Number.isNaN(remaining))
  const headers: Record<string, string> = {}
  if (known.length > 0) headers['ratelimit'] = known.map(stateItem).join(', ')
  if (states.length > 0) headers['ratelimit-policy'] = states.map(policyItem).join(', ')
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

function stateItem({ name, remaining, resetIn }: LimitState): string {
  return `"${name}";r=${Math.floor(remaining)};t=${Math.ceil(resetIn)}`
}

function policyItem({ name, limit, window }: LimitPolicy): string {
  return `"${name}";q=${Math.floor(limit)};w=${Math.ceil(window)}`
}
