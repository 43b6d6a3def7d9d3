import type { LimitOptions } from '../../limit/limit-options.ts'
import type { RateLimiter } from '../../limit/rate-limiter.ts'

/** Describes each limit and where it is counted, for the log. @internal */
export function describeLimits(
  limits: LimitOptions = {},
  redis: unknown,
): Readonly<Record<string, string>> {
  const { perIp, perSubject, perChannel } = limits
  const shown = { ip: perIp, subject: perSubject, channel: perChannel }
  return Object.fromEntries(
    Object.entries(shown).map(([kind, limiter]) => [kind, describeLimit(limiter, redis)]),
  )
}

function describeLimit(limiter: RateLimiter | undefined, redis: unknown): string {
  if (!limiter) return 'none'
  const place = limiter.local ? 'in memory' : redis ? 'in Redis' : 'own'
  const { policy } = limiter
  return policy ? `${policy.limit} in ${policy.window} s, ${place}` : place
}
