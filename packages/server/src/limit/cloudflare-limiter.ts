import { checkLimiterOptions, type LimiterOptions } from './limiter-options.ts'
import type { RateLimiter } from './rate-limiter.ts'

/** The members of a Cloudflare rate limiting binding that are used. */
export interface CloudflareRateLimit {
  limit(options: { key: string }): Promise<{ success: boolean }>
}

const PERIODS = new Set([10, 60])

/**
 * Counts with the rate limiting binding of Cloudflare Workers: per location, approximately, and each call as 1. The
 * binding reports neither its limit nor what is left, so the options repeat its configuration for the headers;
 * `Retry-After` is the whole window.
 *
 * @throws {TypeError} when an option is missing or out of range; `windowSeconds` is 10 or 60
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
