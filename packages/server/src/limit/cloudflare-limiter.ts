import { checkLimiterOptions, type LimiterOptions } from './limiter-options.ts'
import type { RateLimiter } from './rate-limiter.ts'

/** The method of a Cloudflare rate limiting binding that {@link cloudflareLimiter} uses. */
export interface CloudflareRateLimit {
  limit(options: { key: string }): Promise<{ success: boolean }>
}

const PERIODS = new Set([10, 60])

/**
 * Creates a limiter on the rate limiting binding of Cloudflare Workers, which counts approximately and for each
 * location separately. Every request counts as 1. The binding reports neither its limit nor the rest, so repeat its
 * configuration in the options: `windowSeconds` is 10 or 60. `Retry-After` is always the whole window.
 *
 * @throws {TypeError} when an option is missing or out of range, or `binding` is not such a binding
 *
 * @see https://developers.cloudflare.com/workers/runtime-apis/bindings/rate-limit/
 */
export function cloudflareLimiter(
  binding: CloudflareRateLimit,
  options: LimiterOptions,
): RateLimiter {
  const policy = checkLimiterOptions('cloudflareLimiter', options)
  if (typeof binding?.limit !== 'function') {
    throw new TypeError('cloudflareLimiter: a rate limiting binding expected')
  }
  if (!PERIODS.has(policy.window)) {
    throw new TypeError(`cloudflareLimiter: windowSeconds: 10 or 60 expected, got ${policy.window}`)
  }
  const consume: RateLimiter['consume'] = async (key) => {
    const { success } = await binding.limit({ key })
    return { ...policy, ok: success, remaining: success ? Number.NaN : 0, resetIn: policy.window }
  }
  return { policy, consume }
}
