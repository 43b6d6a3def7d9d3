import { checkLimiterOptions, type LimiterOptions } from './limiter-options.ts'
import type { RateLimiter } from './rate-limiter.ts'

/** The answer of `Ratelimit.limit` in `@upstash/ratelimit`. */
export interface UpstashAnswer {
  readonly success: boolean
  readonly limit: number
  readonly remaining: number
  /** The end of the window, in Unix milliseconds. */
  readonly reset: number
  /** Work in the background, such as analytics. */
  readonly pending?: Promise<unknown>
  /** `'timeout'`: Upstash did not answer in time. `'cacheBlock'`: the key was at the limit, as remembered in memory. */
  readonly reason?: string | undefined
}

/** The method of a `Ratelimit` of `@upstash/ratelimit` that {@link upstashLimiter} uses. */
export interface UpstashRateLimit {
  limit(identifier: string, request?: { rate?: number }): Promise<UpstashAnswer>
}

/** Options of {@link upstashLimiter}. Repeat the limit and the window of the `Ratelimit`. */
export interface UpstashLimiterOptions extends LimiterOptions {
  /** Keeps the host alive for work in the background, such as analytics. Default: the work is not awaited. */
  readonly waitUntil?: (work: Promise<unknown>) => void
  /** Unix time in milliseconds. Default `Date.now`. */
  readonly clock?: () => number
}

/**
 * Creates a limiter on `@upstash/ratelimit`, which counts in Redis over HTTP, for hosts at the edge.
 *
 * @throws {TypeError} when an option is missing or out of range, or `ratelimit` is not a `Ratelimit`
 */
export function upstashLimiter(
  ratelimit: UpstashRateLimit,
  options: UpstashLimiterOptions,
): RateLimiter {
  const policy = checkLimiterOptions('upstashLimiter', options)
  if (typeof ratelimit?.limit !== 'function') {
    throw new TypeError('upstashLimiter: a Ratelimit of @upstash/ratelimit expected')
  }
  const { clock = Date.now, waitUntil } = options
  const consume: RateLimiter['consume'] = async (key, cost = 1) => {
    const answer = await ratelimit.limit(key, { rate: cost })
    goOn(answer.pending, waitUntil)
    if (answer.reason === 'timeout') throw new Error('upstashLimiter: Upstash did not answer')
    const { success: ok, limit, reason } = answer
    const resetIn = Math.max(0, Math.ceil((answer.reset - clock()) / 1000))
    const state = { ...policy, ok, limit, remaining: Math.max(0, answer.remaining), resetIn }
    return reason === 'cacheBlock' ? { ...state, remembered: true } : state
  }
  return { policy, consume }
}

// A failure to send analytics must neither fail a request nor end the process.
function goOn(pending: unknown, waitUntil: UpstashLimiterOptions['waitUntil']): void {
  const work = Promise.resolve(pending).catch(() => {})
  waitUntil?.(work)
}
