import { MAX_LIFE_SECONDS } from '@rtc-token/core'

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 }
const LENGTH_OF_TIME = /^(\d{1,15})([smh])$/

/** Reads a string such as `"90s"`, `"15m"` or `"1h"` as seconds; `NaN` for anything else. @internal */
export function secondsOf(value: unknown): number {
  const [, count, unit = ''] = (typeof value === 'string' && LENGTH_OF_TIME.exec(value)) || []
  return Number(count) * (UNIT_SECONDS[unit] ?? Number.NaN)
}

/**
 * Reads a length of time that a programmer gave: seconds, or a string such as `"15m"`.
 *
 * @internal
 * @throws {TypeError} unless it is 1 second to 24 hours
 */
export function ttlSeconds(ttl: unknown, what: string): number {
  const seconds = typeof ttl === 'number' ? ttl : secondsOf(ttl)
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= MAX_LIFE_SECONDS) return seconds
  const expected = `1 to ${MAX_LIFE_SECONDS} seconds, or a string such as "90s", "15m" or "1h"`
  const got = typeof ttl === 'number' ? String(ttl) : typeof ttl
  throw new TypeError(`${what}: ${expected} expected, got ${got}`)
}
