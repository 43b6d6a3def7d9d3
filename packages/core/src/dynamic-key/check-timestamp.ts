import { TokenError } from '../errors.ts'
import { describe } from '../checks/checks.ts'
import { FIRST_TIMESTAMP, MAX_U32 } from '../checks/limits.ts'

/**
 * Returns the end of a key in Unix seconds, 1000000000 to 4294967295.
 *
 * @param alternative - what else the caller takes, for the error
 * @throws {TokenError} CLAIM_INVALID
 * @internal
 */
export function checkTimestamp(value: unknown, alternative: '' | '0 or ' = ''): number {
  const isNumber = typeof value === 'number' && Number.isInteger(value) && value >= 0
  if (isNumber && value >= FIRST_TIMESTAMP && value <= MAX_U32) return value
  const isLength = isNumber && value > 0 && value < FIRST_TIMESTAMP
  const hint = isLength ? ', which looks like a length of time; add it to the time now' : ''
  throw new TokenError(
    'CLAIM_INVALID',
    `expiresAt: ${alternative}a Unix timestamp in seconds up to ${MAX_U32} expected, got ${describe(value)}${hint}`,
  )
}
