import type { Redis } from 'ioredis'

import { createService, type Service } from './create-service.ts'
import { createLogger } from './logger.ts'
import type { Setup } from './setup.ts'
import { shownProjects } from './start-report.ts'

/** One thing that was tried, and how it went. @internal */
export interface Finding {
  readonly isOk: boolean
  readonly text: string
}

const JWKS_TIMEOUT_MS = 3000

/**
 * Tries everything that a start needs, without opening a port: settings, keys, Redis, the key set.
 *
 * @internal
 * @throws {ConfigError | TokenError | TypeError} when the settings give no server
 */
export async function checkSetup(setup: Setup): Promise<readonly Finding[]> {
  const service = await createService(setup, await createLogger({ logLevel: 'silent' }))
  try {
    const { redisUrl, jwtJwksUrl } = setup.config
    const findings = [findingOf('settings', 'are complete'), await checkKeys(service)]
    if (redisUrl) findings.push(await checkRedis(service.redis))
    if (jwtJwksUrl !== undefined) findings.push(await checkKeySet(jwtJwksUrl))
    return findings
  } finally {
    service.redis?.disconnect()
  }
}

/** One line for people. @internal */
export function findingLine({ isOk, text }: Finding): string {
  return `${isOk ? 'ok  ' : 'FAIL'} ${text}`
}

async function checkKeys({ options }: Service): Promise<Finding> {
  try {
    const projects = await shownProjects(options.project)
    const shown = projects.map(({ appIdTail, signer }) => `${appIdTail} signs with ${signer}`)
    return findingOf('keys', shown.join(', '))
  } catch {
    return { isOk: false, text: 'keys: a project has no key to sign with' }
  }
}

async function checkRedis(redis: Redis | undefined): Promise<Finding> {
  try {
    await redis?.ping()
    return findingOf('Redis', 'answers')
  } catch {
    return { isOk: false, text: 'Redis: does not answer at REDIS_URL' }
  }
}

async function checkKeySet(url: string): Promise<Finding> {
  const { host } = new URL(url)
  try {
    const reply = await fetch(url, { signal: AbortSignal.timeout(JWKS_TIMEOUT_MS) })
    const set: unknown = await reply.json()
    const hasKeys = typeof set === 'object' && set !== null && 'keys' in set
    if (reply.ok && hasKeys) return findingOf('key set', `is at ${host}`)
  } catch {
    // Said below.
  }
  return { isOk: false, text: `key set: cannot be read at ${host}` }
}

function findingOf(what: string, how: string): Finding {
  return { isOk: true, text: `${what}: ${how}` }
}
