/**
 * A process with a limit in Redis, as a replica of a server is one: says `ready`, then counts as
 * many requests as each message says, and answers how many were within the limit.
 */
import { once } from 'node:events'

import { Redis } from 'ioredis'

import { createLimitGuard } from '../../../src/limit/limit-guard.ts'
import { redisLimiter, SAFE_REDIS_OPTIONS } from '../../../src/limit/redis-limiter.ts'

/** How many requests passed, and how many were refused for being too many. */
export interface Count {
  readonly passed: number
  readonly refused: number
  readonly errors: readonly string[]
}

const [url = '', name = ''] = process.argv.slice(2)
// A busy machine must not look like a dead Redis here: exactness is what is tested.
const patience = { commandTimeout: 10_000 }
const client = new Redis(url, { ...SAFE_REDIS_OPTIONS, ...patience })
const errors: string[] = []
const guard = createLimitGuard({
  perSubject: redisLimiter({ client, name, limit: 100, windowSeconds: 600 }),
  timeoutMs: 10_000,
  onError: (error) => errors.push(String(error)),
})

await once(client, 'ready')
process.on('message', (requests: number) => void run(requests))
process.on('disconnect', () => client.disconnect())
process.send?.('ready')

async function run(requests: number): Promise<void> {
  const results = await Promise.allSettled(
    Array.from({ length: requests }, async () => guard.check('subject', 'anna')),
  )
  const passed = results.filter(({ status }) => status === 'fulfilled').length
  const codes = results.map((result) => result.status === 'rejected' && result.reason.code)
  const refused = codes.filter((code) => code === 'rate_limited').length
  process.send?.({ passed, refused, errors } satisfies Count)
}
