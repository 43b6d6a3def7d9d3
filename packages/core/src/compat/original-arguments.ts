import { checkU32, describe } from '../checks/checks.ts'
import { FIRST_TIMESTAMP } from '../checks/limits.ts'
import { TokenError } from '../errors.ts'
import { tellUnitMistake } from './unit-mistakes.ts'

// The originals let Node's Buffer convert any value to text or a number. What people rely on of
// that is kept here; what made a token for "undefined" or for no time at all is refused.

/**
 * Returns a length of time in seconds. Tells the developer when it is a timestamp.
 *
 * @throws {TokenError} CLAIM_INVALID for anything but a number from 0 to 4294967295
 */
export function lengthOf(value: unknown, what: string): number {
  const seconds = secondsOf(value, what)
  if (seconds >= FIRST_TIMESTAMP) tellUnitMistake('timestamp-for-length', what, seconds)
  return seconds
}

/**
 * Returns a timestamp in Unix seconds, or 0. Tells the developer when it is a length of time.
 *
 * @throws {TokenError} CLAIM_INVALID for anything but a number from 0 to 4294967295
 */
export function timestampOf(value: unknown, what: string): number {
  const seconds = secondsOf(value, what)
  if (seconds > 0 && seconds < FIRST_TIMESTAMP) {
    tellUnitMistake('length-for-timestamp', what, seconds)
  }
  return seconds
}

/** Returns the life of a token in seconds. @throws {TokenError} TTL_INVALID when it is left out */
export function tokenLifeOf(value: unknown, what: string): number {
  if (value !== undefined && value !== null) return lengthOf(value, what)
  throw new TokenError('TTL_INVALID', `${what}: seconds expected, got ${describe(value)}`)
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

/** As Buffer would write it: what is left out is 0, decimals in text are read, a fraction is cut off. */
function secondsOf(value: unknown, what: string): number {
  if (value === undefined || value === null) return 0
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN
  return checkU32(Math.floor(number), 'CLAIM_INVALID', `${what} (seconds)`)
}
