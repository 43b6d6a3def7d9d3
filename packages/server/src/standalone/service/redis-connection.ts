import type { Redis } from 'ioredis'

import { codeOf } from '../../errors/thrown.ts'
import { within } from '../../time/deadline.ts'
import type { Config } from '../config/config.ts'
import { loadPeer } from './load-peer.ts'
import type { Logger } from './logger.ts'

const CONNECT_TIMEOUT_MS = 2000

/**
 * Connects to Redis if it is configured. Waits two seconds at most, because a server that counts on its own for a
 * while is better than one that does not start. A failure is logged when it begins.
 *
 * @internal
 * @throws {ConfigError} when ioredis or rate-limiter-flexible are not installed
 */
export async function connectRedis(
  { redisUrl }: Pick<Config, 'redisUrl'>,
  logger: Pick<Logger, 'warn' | 'info'>,
): Promise<Redis | undefined> {
  if (!redisUrl) return undefined
  const peers = ['ioredis', 'rate-limiter-flexible']
  const [{ Redis }, { SAFE_REDIS_OPTIONS }] = await loadPeer(peers, 'Limits in Redis', () =>
    Promise.all([import('ioredis'), import('../../limit/redis-limiter.ts')]),
  )
  const options = { ...SAFE_REDIS_OPTIONS, lazyConnect: true, connectTimeout: CONNECT_TIMEOUT_MS }
  const client = new Redis(redisUrl.reveal(), options)
  reportFaults(client, logger)
  const settled = client.connect().catch(() => undefined) // The event `error` reports it.
  await within(CONNECT_TIMEOUT_MS, settled)
  return client
}

// Only the first failure is logged: further attempts to connect fail for the same reason.
function reportFaults(client: Redis, logger: Pick<Logger, 'warn' | 'info'>): void {
  let isDown = false
  client.on('error', (error: Error) => {
    // Not the message, which for a wrong password repeats parts of the command.
    const reason = codeOf(error, error.name)
    if (!isDown) logger.warn({ type: 'redis.down', reason }, 'Redis fails')
    isDown = true
  })
  client.on('ready', () => {
    if (isDown) logger.info({ type: 'redis.up' }, 'Redis is back')
    isDown = false
  })
}
