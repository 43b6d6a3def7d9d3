import { TokenError, type TokenErrorCode } from '../errors.ts'
import { checkU32, describe } from '../checks/checks.ts'

// The reference builders sign any value, "undefined" and "NaN" included, and check neither
// the documented alphabet nor its lengths. Here too any text is signed, but only text.

/** Returns the channel name. @throws {TokenError} CHANNEL_INVALID when it is not a string */
export function channelText(value: unknown): string {
  return textOf(value, 'CHANNEL_INVALID', 'channelName')
}

/** Returns the account; empty for any user. @throws {TokenError} ACCOUNT_INVALID when it is not a string */
export function accountText(value: unknown): string {
  return textOf(value, 'ACCOUNT_INVALID', 'account')
}

/** Returns a user id or a uuid. @throws {TokenError} USER_ID_INVALID when it is not a string */
export function idText(value: unknown, what: string): string {
  return textOf(value, 'USER_ID_INVALID', what)
}

/**
 * Returns a uid as a token holds it: in decimal, and 0, which is not checked, as nothing.
 *
 * @throws {TokenError} UID_INVALID when it is not an integer from 0 to 4294967295
 */
export function uidText(value: unknown): string {
  return String(checkU32(value, 'UID_INVALID', 'uid') || '')
}

/**
 * Returns a uid or an account as a token holds it. The number 0 is any user, the text `"0"` an account.
 *
 * @throws {TokenError} UID_INVALID
 */
export function uidOrAccountText(value: unknown): string {
  return typeof value === 'string' ? value : uidText(value)
}

/** Returns text as it is. @throws {TokenError} with the code given when it is not a string */
export function textOf(value: unknown, code: TokenErrorCode, what: string): string {
  if (typeof value === 'string') return value
  throw new TokenError(code, `${what}: string expected, got ${describe(value)}`)
}
