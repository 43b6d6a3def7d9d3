import type { Redis } from 'ioredis'

import type { LimitOptions } from '../../limit/limit-options.ts'
import type { LimiterOptions } from '../../limit/limiter-options.ts'
import { memoryLimiter } from '../../limit/memory-limiter.ts'
import type { RateLimiter } from '../../limit/rate-limiter.ts'
import type { Config } from '../config/config.ts'

const WINDOW_SECONDS = 60

/**
 * Creates the limits of the settings, counted in Redis if it is configured and otherwise in this process.
 *
 * @internal
 */
export async function createLimits(
  config: Config,
  redis: Redis | undefined,
): Promise<LimitOptions> {
  const create = await limiterFactory(redis)
  const { limitPerIp, limitPerSubject, limitPerChannel } = config
  const limiter = (name: string, limit: number): RateLimiter | undefined =>
    limit === 0 ? undefined : create({ name, limit, windowSeconds: WINDOW_SECONDS })
  const perIp = limiter('ip', limitPerIp)
  const perSubject = limiter('subject', limitPerSubject)
  const perChannel = limiter('channel', limitPerChannel)
  return {
    ...(perIp && { perIp }),
    ...(perSubject && { perSubject }),
    ...(perChannel && { perChannel }),
    onStoreError: config.limitOnStoreError,
  }
}

async function limiterFactory(
  client: Redis | undefined,
): Promise<(options: LimiterOptions) => RateLimiter> {
  if (!client) return memoryLimiter
  const { redisLimiter } = await import('../../limit/redis-limiter.ts')
  return (options) => redisLimiter({ ...options, client })
}
