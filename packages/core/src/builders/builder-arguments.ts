import { TokenError, type TokenErrorCode } from '../errors.ts'
import { checkU32, describe } from '../checks/checks.ts'

// The reference builders sign any value, even "undefined" and "NaN", and check neither characters nor
// lengths. These builders sign any string too, but only strings.

/** Returns the channel name. @throws {TokenError} CHANNEL_INVALID when it is not a string */
export function channelText(value: unknown): string {
  return textOf(value, 'CHANNEL_INVALID', 'channelName')
}

/** Returns the account; empty admits every user. @throws {TokenError} ACCOUNT_INVALID when it is not a string */
export function accountText(value: unknown): string {
  return textOf(value, 'ACCOUNT_INVALID', 'account')
}

/** Returns a user id or a uuid. @throws {TokenError} USER_ID_INVALID when it is not a string */
export function idText(value: unknown, what: string): string {
  return textOf(value, 'USER_ID_INVALID', what)
}

/**
 * Returns a uid as a token stores it: in decimal, and 0, which admits every user, as an empty string.
 *
 * @throws {TokenError} UID_INVALID when it is not an integer from 0 to 4294967295
 */
export function uidText(value: unknown): string {
  return String(checkU32(value, 'UID_INVALID', 'uid') || '')
}

/**
 * Returns a uid or an account as a token stores it. The number 0 admits every user; `"0"` is an account.
 *
 * @throws {TokenError} UID_INVALID
 */
export function uidOrAccountText(value: unknown): string {
  return typeof value === 'string' ? value : uidText(value)
}

/** Returns a string unchanged. @throws {TokenError} with `code` when it is not a string */
export function textOf(value: unknown, code: TokenErrorCode, what: string): string {
  if (typeof value === 'string') return value
  throw new TokenError(code, `${what}: string expected, got ${describe(value)}`)
}
