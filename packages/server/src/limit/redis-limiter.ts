import type { Cluster, Redis } from 'ioredis'
import { RateLimiterRedis } from 'rate-limiter-flexible'

import { flexibleLimiter } from './flexible-limiter.ts'
import { checkLimiterOptions, type LimiterOptions } from './limiter-options.ts'
import type { RateLimiter } from './rate-limiter.ts'

/** What a limiter in Redis or Valkey is made from. */
export interface RedisLimiterOptions extends LimiterOptions {
  /** A client of ioredis, made with {@link SAFE_REDIS_OPTIONS}. It stays yours to close. */
  readonly client: Redis | Cluster
}

/**
 * Options for a client of ioredis that fails instead of making its callers wait. The stock ones
 * queue every command while Redis is away and resend it twenty times. The handler's own deadline
 * keeps its requests from hanging even so, but each command waits on in memory.
 *
 * `commandTimeout` is in milliseconds.
 */
export const SAFE_REDIS_OPTIONS: {
  readonly enableOfflineQueue: false
  readonly maxRetriesPerRequest: 0
  readonly commandTimeout: 250
} = { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 250 }

/**
 * Counts in Redis or Valkey, so that any number of processes and machines share one limit exactly.
 * Processes share what has the same `name`; the keys begin with `rtc-token:` and that name.
 *
 * @throws {TypeError} when an option is missing or out of range
 *
 * @example
 * const client = new Redis(process.env.REDIS_URL, SAFE_REDIS_OPTIONS)
 * redisLimiter({ client, name: 'subject', limit: 20, windowSeconds: 60 })
 */
export function redisLimiter(options: RedisLimiterOptions): RateLimiter {
  const { name, limit, window } = checkLimiterOptions('redisLimiter', options)
  const { client } = options
  if (typeof client?.defineCommand !== 'function') {
    throw new TypeError('redisLimiter: client: a client of ioredis expected')
  }
  const limiter = new RateLimiterRedis({
    storeClient: client,
    keyPrefix: `rtc-token:${name}`,
    points: limit,
    duration: window,
    // A command that waits for the connection would count a request long since answered.
    rejectIfRedisNotReady: true,
    // Who is at the limit stays there until the window ends; that needs no asking over the network.
    inMemoryBlockOnConsumed: limit,
  })
  return flexibleLimiter(limiter, { name })
}
