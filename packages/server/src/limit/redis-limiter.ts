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

// The script of rate-limiter-flexible, but that no window lasts longer than it may: one that does was
// begun before the clock of Redis was set back.
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
 * Options for a client of ioredis that fails instead of making its callers wait. The stock ones
 * queue every command while Redis is away and resend it twenty times, and stay with a Redis that
 * hangs or has become a replica. The handler's own deadline keeps its requests from hanging even so,
 * but each command waits on in memory.
 *
 * `socketTimeout`, in milliseconds, ends the connection to a Redis that says nothing more, and so what
 * waits for it. Set no `commandTimeout`: it takes a process that stands still for a Redis that fails,
 * while the deadline of the handler knows the difference.
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
  // After a failover the name of the Redis may lead to another one, and the connection to the old.
  reconnectOnError: ({ message }) => message.includes('READONLY'),
}

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
    customIncrTtlLuaScript: COUNT,
  })
  return { ...flexibleLimiter(limiter, { name }), fixedWindow: true }
}
