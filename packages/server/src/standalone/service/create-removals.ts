import type { Redis } from 'ioredis'

import type { Removals } from '../../removal/removals.ts'
import type { Config } from '../config/config.ts'
import { ConfigError } from '../config/config-error.ts'

/**
 * Opens the removals of the settings, if they are configured.
 *
 * @internal
 * @throws {ConfigError} when there is no Redis to keep them in
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
