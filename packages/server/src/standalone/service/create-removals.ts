import type { Redis } from 'ioredis'

import type { Removals } from '../../removal/removals.ts'
import type { Config } from '../config/config.ts'
import { ConfigError } from '../config/config-error.ts'

/**
 * Creates the store of removals, if the settings enable it.
 *
 * @internal
 * @throws {ConfigError} when Redis is not configured
 */
export async function createRemovals(
  { removals, removalsName: name, removalsOnStoreError: onStoreError }: Config,
  client: Redis | undefined,
): Promise<Removals | undefined> {
  if (!removals) return undefined
  if (!client) throw new ConfigError('RTC_TOKEN_REMOVALS: expected only with REDIS_URL')
  const { redisRemovals } = await import('../../removal/redis-removals.ts')
  return redisRemovals({ client, name, onStoreError })
}
