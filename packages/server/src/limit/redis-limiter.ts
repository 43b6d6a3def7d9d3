import type { Cluster, Redis } from 'ioredis'
import { RateLimiterRedis } from 'rate-limiter-flexible'

import { flexibleLimiter } from './flexible-limiter.ts'
import { checkLimiterOptions, type LimiterOptions } from './limiter-options.ts'
import type { RateLimiter } from './rate-limiter.ts'

/** Options of {@link redisLimiter}. */
export interface RedisLimiterOptions extends LimiterOptions {
  /** An ioredis client, created with {@link SAFE_REDIS_OPTIONS}. You close it yourself. */
  readonly client: Redis | Cluster
}

// The script of rate-limiter-flexible, except that it limits the length of a window: a longer one began before the
// clock of Redis was set back.
const COUNT = `
redis.call('set', KEYS[1], 0, 'EX', ARGV[2], 'NX')
local consumed = redis.call('incrby', KEYS[1], ARGV[1])
local ttl = redis.call('pttl', KEYS[1])
local window = 1000 * ARGV[2]
if ttl < 0 or ttl > window then
  redis.call('expire', KEYS[1], ARGV[2])
  ttl = window
end
return {consumed, ttl}
`

/**
 * Options for an ioredis client that fails instead of making requests wait. With ioredis's own defaults, the client
 * queues every command in memory while Redis is unavailable, resends it twenty times, and stays connected to a Redis
 * that hangs or has become a replica.
 *
 * `socketTimeout`, in milliseconds, closes the connection to a Redis that no longer answers, and fails all waiting
 * commands. Do not set `commandTimeout`: unlike the handler's own time limit, it cannot tell a blocked process from a
 * failing Redis.
 */
export const SAFE_REDIS_OPTIONS: {
  readonly enableOfflineQueue: false
  readonly maxRetriesPerRequest: 0
  readonly socketTimeout: 10_000
  readonly reconnectOnError: (error: Error) => boolean
} = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  socketTimeout: 10_000,
  // After a failover the host name may lead to the new primary while the connection is still to the old one.
  reconnectOnError: ({ message }) => message.includes('READONLY'),
}

/**
 * Creates a limiter in Redis or Valkey, which any number of processes and machines share exactly. Limiters with the
 * same `name` share their counters; the keys in Redis begin with `rtc-token:` and the name.
 *
 * @throws {TypeError} when an option is missing or out of range, or `client` is not an ioredis client
 *
 * @example
 * const client = new Redis(process.env.REDIS_URL, SAFE_REDIS_OPTIONS)
 * redisLimiter({ client, name: 'subject', limit: 20, windowSeconds: 60 })
 */
export function redisLimiter(options: RedisLimiterOptions): RateLimiter {
  const { name, limit, window } = checkLimiterOptions('redisLimiter', options)
  const { client } = options
  if (typeof client?.defineCommand !== 'function') {
    throw new TypeError('redisLimiter: client: an ioredis client expected')
  }
  const limiter = new RateLimiterRedis({
    storeClient: client,
    keyPrefix: `rtc-token:${name}`,
    points: limit,
    duration: window,
    // A command that waited for the connection would count a request that has already been answered.
    rejectIfRedisNotReady: true,
    customIncrTtlLuaScript: COUNT,
  })
  return { ...flexibleLimiter(limiter, { name }), fixedWindow: true }
}
