// Our handler with a limit and the removals in Redis.

import { redisRemovals } from '@rtc-token/server/removal/redis'
import { serveWithRedis } from './serve-with-redis.mjs'

await serveWithRedis((client) => ({ removals: redisRemovals({ client }) }))
