import type { Cluster, Redis } from 'ioredis'

import { integer, kind, oneOf, optional, readMembers, shown } from '../checks/kind.ts'
import { isLimitName } from '../limit/limit-state.ts'
import type { Removals } from './removals.ts'

/** Options of {@link redisRemovals}. */
export interface RedisRemovalsOptions extends Pick<Removals, 'onStoreError' | 'timeoutMs'> {
  /** An ioredis client, created with `SAFE_REDIS_OPTIONS` of `@rtc-token/server/limit/redis`. You close it yourself. */
  readonly client: Redis | Cluster
  /**
   * Handlers with the same name share their removals: 1 to 64 of `A-Z a-z 0-9 . _ -`. Default `'removed'`. If several
   * apps use one Redis, give each its own name: uid 7 is a different user in each app.
   */
  readonly name?: string
}

const WORDING = { whole: 'redisRemovals options', member: 'redisRemovals: ', got: shown }
const OPTIONS = {
  client: kind('an ioredis client', (client) => typeof Object(client).mget === 'function'),
  name: optional(kind('1 to 64 of A-Z a-z 0-9 . _ -', isLimitName), 'removed'),
  onStoreError: optional(oneOf('allow', 'deny'), 'deny'),
  timeoutMs: optional(integer(1, 60_000), 250),
}

/**
 * Stores removals in Redis or Valkey, so that all processes and machines refuse the same users, even after a restart.
 * A removal is one key for each of its services, or one key for all, and expires by itself. User names are hashed;
 * channels are not. Requests that arrive together share one command.
 *
 * Enable persistence if removals must survive a restart of Redis, and set `maxmemory-policy noeviction`, or Redis drops
 * removals when its memory is full.
 *
 * @throws {TypeError} when an option is missing, unknown or out of range
 *
 * @example
 * const client = new Redis(process.env.REDIS_URL, SAFE_REDIS_OPTIONS)
 * createTokenHandler({ ...options, removals: redisRemovals({ client }) })
 */
export function redisRemovals(options: RedisRemovalsOptions): Removals {
  const { client, name, onStoreError, timeoutMs } = readMembers(options, WORDING, OPTIONS)
  // The braces keep all keys in one slot of a cluster, where one command can read them.
  const prefix = `rtc-token:{${name}}:`
  const stored = (key: string): string => prefix + key
  return {
    onStoreError,
    timeoutMs,
    async has(keys) {
      // Without a connection, the client would queue the command in memory.
      if (client.status !== 'ready') throw new Error(`the client of Redis is ${client.status}`)
      return (await client.mget(keys.map(stored))).map((value) => value !== null)
    },
    async add(keys, seconds) {
      const sent = keys.map((key) => client.set(stored(key), '1', 'EX', seconds))
      await Promise.all(sent)
    },
    async delete(keys) {
      return (await client.del(keys.map(stored))) > 0
    },
  }
}
