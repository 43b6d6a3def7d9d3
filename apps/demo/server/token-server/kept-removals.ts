import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Removals } from '@rtc-token/server'
import { SAFE_REDIS_OPTIONS } from '@rtc-token/server/limit/redis'
import { redisRemovals } from '@rtc-token/server/removal/redis'
import { Redis } from 'ioredis'
import { fileRemovals } from './file-removals.ts'

/** Removals that outlive the token server. */
export interface KeptRemovals {
  /** Opens them, at each start of the token server. */
  readonly open: () => Removals
  readonly close: () => void
}

/** Keeps removals in the Redis at this address, also over a restart of the demo. */
export function removalsInRedis(url: string): KeptRemovals {
  const client = new Redis(url, SAFE_REDIS_OPTIONS)
  // What fails is told by the requests that need it.
  client.on('error', () => {})
  return { open: () => redisRemovals({ client }), close: () => client.disconnect() }
}

/** Keeps removals in a file that lasts until the demo stops. */
export function removalsInFile(): KeptRemovals {
  const folder = mkdtempSync(join(tmpdir(), 'rtc-token-demo-'))
  return {
    open: () => fileRemovals(join(folder, 'removals.json')),
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}
