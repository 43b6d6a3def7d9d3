import { createServer } from 'node:http'
import { allow, createTokenHandler } from '@rtc-token/server'
import { redisLimiter, SAFE_REDIS_OPTIONS } from '@rtc-token/server/limit/redis'
import { toNodeListener } from '@rtc-token/server/node'
import { Redis } from 'ioredis'
import { ACCOUNT, AUTHORIZATION, PROJECT } from '../load/wish.mjs'
import { report } from './report.mjs'

/**
 * Serves our handler with a limit by user in the Redis of `REDIS_URL`.
 *
 * @param {(client: Redis) => object} more - further options
 */
export async function serveWithRedis(more) {
  const client = new Redis(process.env.REDIS_URL ?? '', {
    ...SAFE_REDIS_OPTIONS,
    lazyConnect: true,
  })
  await client.connect()
  const subject = { id: ACCOUNT }
  const handler = createTokenHandler({
    project: PROJECT,
    authenticate: (request) =>
      request.headers.get('authorization') === AUTHORIZATION ? subject : null,
    authorize: ({ subject, wish }) => allow({ identity: { account: subject.id }, role: wish.role }),
    // Never reached: a refusal would be cheaper than what is measured.
    limits: {
      perSubject: redisLimiter({ client, name: 'bench', limit: 1e9, windowSeconds: 60 }),
    },
    ...more(client),
  })
  const listener = toNodeListener(handler)
  process.on('disconnect', () => client.disconnect())
  await report(createServer((req, res) => void listener(req, res)))
}
