/**
 * A process with a limit in Redis, as a replica of a server is one: says `ready`, then counts as
 * many requests as each message says, and answers how many were within the limit.
 */
import { once } from 'node:events'

import { Redis } from 'ioredis'

import { createLimitGuard } from '../../../src/limit/limit-guard.ts'
import { redisLimiter, SAFE_REDIS_OPTIONS } from '../../../src/limit/redis-limiter.ts'

/** What a process is to do. */
export interface Burst {
  readonly requests: number
  /** Milliseconds for which the process then does nothing else, not even listen to Redis. */
  readonly blockMs: number
}

/** How many requests passed, and how many were refused for being too many. */
export interface Count {
  readonly passed: number
  readonly refused: number
  readonly errors: readonly string[]
}

const [url = '', name = '', limit = '', timeoutMs = ''] = process.argv.slice(2)
const client = new Redis(url, SAFE_REDIS_OPTIONS)
const errors: string[] = []
const guard = createLimitGuard({
  perSubject: redisLimiter({ client, name, limit: Number(limit), windowSeconds: 600 }),
  timeoutMs: Number(timeoutMs),
  onError: (error) => errors.push(String(error)),
})

await once(client, 'ready')
process.on('message', (burst: Burst) => void run(burst))
process.on('disconnect', () => client.disconnect())
process.send?.('ready')

async function run({ requests, blockMs }: Burst): Promise<void> {
  const asked = Array.from({ length: requests }, async () => guard.check('subject', 'anna'))
  block(blockMs)
  const states = await Promise.all(asked)
  const passed = states.filter((state) => state?.ok).length
  const refused = states.filter((state) => state?.ok === false).length
  process.send?.({ passed, refused, errors } satisfies Count)
}

function block(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}
