import { checkU32, describe } from '../checks/checks.ts'
import { FIRST_TIMESTAMP } from '../checks/limits.ts'
import { TokenError } from '../errors.ts'
import { tellUnitMistake } from './unit-mistakes.ts'

// The originals let Node's Buffer convert any value to a string or a number. The conversions that people
// rely on are kept; those that made a token for "undefined" or with no lifetime are refused.

/**
 * Returns a duration in seconds. Warns the developer when it looks like a timestamp.
 *
 * @throws {TokenError} CLAIM_INVALID for anything but a number from 0 to 4294967295
 */
export function lengthOf(value: unknown, what: string): number {
  const seconds = secondsOf(value, what)
  if (seconds >= FIRST_TIMESTAMP) tellUnitMistake('timestamp-for-length', what, seconds)
  return seconds
}

/**
 * Returns a timestamp in Unix seconds, or 0. Warns the developer when it looks like a duration.
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

/** Returns the lifetime of a token in seconds. @throws {TokenError} TTL_INVALID when it is missing */
export function tokenLifeOf(value: unknown, what: string): number {
  if (value !== undefined && value !== null) return lengthOf(value, what)
  throw new TokenError('TTL_INVALID', `${what}: seconds expected, got ${describe(value)}`)
}

/**
 * Returns a user id as a string: a number in decimal, and 0 as an empty string.
 *
 * @throws {TokenError} USER_ID_INVALID when it is neither a string nor an integer from 0 to 4294967295
 */
export function userIdOf(value: unknown): string {
  return typeof value === 'string'
    ? value
    : String(checkU32(value, 'USER_ID_INVALID', 'user id') || '')
}

/** Checks whether a role is one of these numbers. Like the originals, it compares loosely: `'1'` is 1. */
export function isRole(role: unknown, ...numbers: readonly number[]): boolean {
  // oxlint-disable-next-line eqeqeq -- loose on purpose: so the originals do
  return numbers.some((number) => role == number)
}

/** Converts as Buffer does: a missing value is 0, strings are parsed as decimals, fractions are cut off. */
function secondsOf(value: unknown, what: string): number {
  if (value === undefined || value === null) return 0
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN
  return checkU32(Math.floor(number), 'CLAIM_INVALID', `${what} (seconds)`)
}
