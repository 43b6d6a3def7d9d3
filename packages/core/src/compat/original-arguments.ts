import { checkU32, describe } from '../checks/checks.ts'
import { TokenError } from '../errors.ts'

// The originals let Node's Buffer convert any value to text or a number. What people rely on of
// that is kept here; what made a token for "undefined" or for no time at all is refused.

/**
 * Returns a number of seconds as Buffer would write it: what is left out is 0, decimals in text are
 * read, and a fraction is cut off.
 *
 * @throws {TokenError} CLAIM_INVALID for anything but a number from 0 to 4294967295
 */
export function secondsOf(value: unknown, what: string): number {
  if (value === undefined || value === null) return 0
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN
  return checkU32(Math.floor(number), 'CLAIM_INVALID', `${what} (seconds)`)
}

/** Returns the life of a token in seconds. @throws {TokenError} TTL_INVALID when it is left out */
export function tokenLifeOf(value: unknown): number {
  if (value !== undefined && value !== null) return secondsOf(value, 'token expire')
  throw new TokenError('TTL_INVALID', `token expire: seconds expected, got ${describe(value)}`)
}

/**
 * Returns a user id as text; a number becomes decimal, and 0 nothing.
 *
 * @throws {TokenError} USER_ID_INVALID when it is neither text nor an integer from 0 to 4294967295
 */
export function userIdOf(value: unknown): string {
  return typeof value === 'string'
    ? value
    : String(checkU32(value, 'USER_ID_INVALID', 'user id') || '')
}

/** Tells whether a role is one of these numbers the way the originals compare: `'1'` is 1. */
export function isRole(role: unknown, ...numbers: readonly number[]): boolean {
  // oxlint-disable-next-line eqeqeq -- loose on purpose: so the originals do
  return numbers.some((number) => role == number)
}
