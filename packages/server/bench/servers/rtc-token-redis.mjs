// Our handler with a limit in Redis. `rtc-token-removals.mjs` is the same with removals beside it.

import { serveWithRedis } from './serve-with-redis.mjs'

await serveWithRedis(() => ({}))
