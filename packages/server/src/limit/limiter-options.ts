import type { LimitPolicy } from './rate-limiter.ts'

/** What a limiter holds each key to. */
export interface LimiterOptions {
  /** Names the limit in headers and messages: 1 to 64 of `A-Z a-z 0-9 . _ -`. */
  readonly name: string
  /** How much one key may consume in a window: integer 1 to 1e9. */
  readonly limit: number
  /** Length of a window, in seconds: integer 1 to 31 536 000. */
  readonly windowSeconds: number
}

const NAME = /^[A-Za-z0-9._-]{1,64}$/
const MAX_LIMIT = 1e9
const MAX_WINDOW_SECONDS = 365 * 86_400

/**
 * Checks what every limiter is made from.
 *
 * @internal
 * @param maker name of the function whose options they are
 * @throws {TypeError} when a member is missing or out of range
 */
export function checkLimiterOptions(maker: string, options: LimiterOptions): LimitPolicy {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`${maker}: options expected, got ${shown(options)}`)
  }
  const { name, limit, windowSeconds } = options
  if (!isLimitName(name)) {
    throw new TypeError(`${maker}: name of 1 to 64 of A-Z a-z 0-9 . _ - expected`)
  }
  return {
    name,
    limit: requireInteger(limit, `${maker}: limit`, 1, MAX_LIMIT),
    window: requireInteger(windowSeconds, `${maker}: windowSeconds`, 1, MAX_WINDOW_SECONDS),
  }
}

/** @internal Tells whether a value can name a limit in a header as it is. */
export function isLimitName(value: unknown): value is string {
  return typeof value === 'string' && NAME.test(value)
}

/**
 * Passes on an integer within bounds.
 *
 * @internal
 * @throws {TypeError} otherwise, saying what was expected and what arrived
 */
export function requireInteger(value: unknown, what: string, min: number, max: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) {
    return value
  }
  throw new TypeError(`${what}: integer ${min} to ${max} expected, got ${shown(value)}`)
}

/** @internal What an error may show of a value that should have been another. */
export function shown(value: unknown): string {
  return typeof value === 'number' || value === null ? String(value) : typeof value
}
