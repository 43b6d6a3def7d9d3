import { MAX_LIFE_SECONDS } from '@rtc-token/core'

import { checkWishedTtl } from '../wish/wish-members.ts'

/**
 * Reads a length of time that a programmer gave: seconds, or text such as `"15m"`.
 *
 * @internal
 * @throws {TypeError} unless it is 1 second to 24 hours
 */
export function ttlSeconds(ttl: unknown, what: string): number {
  const seconds = readSeconds(ttl)
  if (seconds !== undefined && seconds <= MAX_LIFE_SECONDS) return seconds
  const expected = `1 to ${MAX_LIFE_SECONDS} seconds, or text such as "90s", "15m" or "1h"`
  const got = typeof ttl === 'number' ? String(ttl) : typeof ttl
  throw new TypeError(`${what}: ${expected} expected, got ${got}`)
}

function readSeconds(ttl: unknown): number | undefined {
  try {
    return checkWishedTtl(ttl)
  } catch {
    return undefined
  }
}
