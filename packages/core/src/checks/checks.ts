import { TokenError, type TokenErrorCode } from '../errors.ts'
import {
  FIRST_TIMESTAMP,
  MAX_ACCOUNT_BYTES,
  MAX_CHANNEL_BYTES,
  MAX_LIFE_SECONDS,
  MAX_U32,
  MAX_USER_ID_BYTES,
  MAX_UUID_BYTES,
} from './limits.ts'

// The characters that Agora documents; no reference builder enforces them. `*` is not among them, so no
// caller can get a token for every channel.
const IN_ALPHABET = /^[\w !#$%&()+\-:;<=.>?@[\]^{}|~,]+$/
const OUTSIDE_ALPHABET = /[^\w !#$%&()+\-:;<=.>?@[\]^{}|~,]/u
const PATTERNS_PAGE = 'https://rtc-token.github.io/rtc-token/patterns'
const HEX_32 = /^[\da-f]{32}$/i

/**
 * Checks an App ID, 32 hexadecimal digits in either case, and returns it.
 *
 * @throws {TokenError} APP_ID_INVALID
 */
export function checkAppId(value: unknown): string {
  return checkHex32(value, 'APP_ID_INVALID', 'App ID')
}

/**
 * Checks an App Certificate, 32 hexadecimal digits in either case, and returns it. The error describes the
 * value without repeating any part of it.
 *
 * @throws {TokenError} APP_CERTIFICATE_INVALID
 */
export function checkAppCertificate(value: unknown): string {
  return checkHex32(value, 'APP_CERTIFICATE_INVALID', 'App Certificate')
}

/**
 * Checks a channel name and returns it: 1 to 63 bytes, in the characters that Agora documents: letters
 * and digits of ASCII, the space, and `` !#$%&()+-:;<=.>?@[]^_{|}~, ``. Note that `*` is not allowed.
 *
 * @throws {TokenError} CHANNEL_INVALID
 */
export function checkChannel(value: unknown): string {
  return checkName(value, { code: 'CHANNEL_INVALID', what: 'channel', maxBytes: MAX_CHANNEL_BYTES })
}

/**
 * Checks a user account and returns it: 1 to 255 bytes, in the characters of {@link checkChannel}. `"0"`
 * is a valid account.
 *
 * @throws {TokenError} ACCOUNT_INVALID
 */
export function checkAccount(value: unknown): string {
  return checkName(value, { code: 'ACCOUNT_INVALID', what: 'account', maxBytes: MAX_ACCOUNT_BYTES })
}

/**
 * Checks a user id of messaging or chat and returns it: 1 to 64 bytes, in the characters of
 * {@link checkChannel}.
 *
 * @throws {TokenError} USER_ID_INVALID
 */
export function checkUserId(value: unknown): string {
  return checkName(value, { code: 'USER_ID_INVALID', what: 'userId', maxBytes: MAX_USER_ID_BYTES })
}

/**
 * Checks the uuid of a room or a user of aPaaS and returns it: 1 to 255 bytes, in the characters of
 * {@link checkChannel}.
 *
 * @param what - its name in the error message
 * @throws {TokenError} USER_ID_INVALID
 */
export function checkUuid(value: unknown, what: string): string {
  return checkName(value, { code: 'USER_ID_INVALID', what, maxBytes: MAX_UUID_BYTES })
}

/**
 * Checks a uid, an integer from 1 to 4294967295, and returns it.
 *
 * @throws {TokenError} UID_INVALID
 */
export function checkUid(value: unknown): number {
  if (isInteger(value, 1, MAX_U32)) return value
  const hint =
    value === 0
      ? '; for a token that any user may use, say { anyUser: true }'
      : typeof value === 'string'
        ? '; for a user account, say { account }'
        : ''
  throw new TokenError(
    'UID_INVALID',
    `uid: integer 1 to ${MAX_U32} expected, got ${describe(value)}${hint}`,
  )
}

/**
 * Checks a lifetime in seconds, an integer from 1 to 86400, and returns it.
 *
 * @throws {TokenError} TTL_LOOKS_ABSOLUTE for 1000000000 or more, which looks like a timestamp; otherwise
 *   TTL_INVALID
 */
export function checkTtl(value: unknown): number {
  if (isInteger(value, 1, MAX_LIFE_SECONDS)) return value
  if (typeof value === 'number' && value >= FIRST_TIMESTAMP) {
    throw new TokenError(
      'TTL_LOOKS_ABSOLUTE',
      `ttl: a length of time in seconds expected, got ${value}, which looks like a timestamp; for one hour, pass 3600, not the time an hour from now`,
    )
  }
  throw new TokenError(
    'TTL_INVALID',
    `ttl: integer 1 to ${MAX_LIFE_SECONDS} seconds expected, got ${describe(value)}`,
  )
}

/** Checks an unsigned 32-bit integer and returns it. */
export function checkU32(value: unknown, code: TokenErrorCode, what: string): number {
  if (isInteger(value, 0, MAX_U32)) return value
  throw new TokenError(code, `${what}: integer 0 to ${MAX_U32} expected, got ${describe(value)}`)
}

/** Describes a value for an error message without repeating strings, which may be secret or long. */
export function describe(value: unknown): string {
  if (typeof value === 'string')
    return value === '' ? 'an empty string' : `a string of ${value.length} characters`
  if (typeof value === 'number' || typeof value === 'boolean' || value == null) return String(value)
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`
}

/** Checks whether a value is 32 hexadecimal digits, like App IDs and App Certificates. */
export function isHex32(value: unknown): value is string {
  return typeof value === 'string' && HEX_32.test(value)
}

function checkHex32(value: unknown, code: TokenErrorCode, what: string): string {
  if (isHex32(value)) return value
  const detail =
    typeof value === 'string' && value.length === 32
      ? '32 characters that are not all hexadecimal digits'
      : describe(value)
  throw new TokenError(code, `${what}: 32 hexadecimal digits expected, got ${detail}`)
}

interface NameRule {
  readonly code: TokenErrorCode
  readonly what: string
  readonly maxBytes: number
}

/** Checks whether a value is a name of 1 to `maxBytes` bytes in the characters that Agora documents. */
export function isName(value: unknown, maxBytes: number): value is string {
  // All of the characters are ASCII, so one character is one byte.
  return typeof value === 'string' && value.length <= maxBytes && IN_ALPHABET.test(value)
}

function checkName(value: unknown, rule: NameRule): string {
  const { maxBytes } = rule
  if (isName(value, maxBytes)) return value
  throw new TokenError(rule.code, `${rule.what}: ${nameFault(value, maxBytes)}`)
}

function nameFault(value: unknown, maxBytes: number): string {
  if (typeof value !== 'string' || value === '') {
    return `a string of 1 to ${maxBytes} bytes expected, got ${describe(value)}`
  }
  const outside = OUTSIDE_ALPHABET.exec(value)
  if (!outside) return `at most ${maxBytes} bytes expected, got ${value.length}`
  const codePoint = outside[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
  const hint = outside[0] === '*' ? `; it would be a pattern, see ${PATTERNS_PAGE}` : ''
  return `character U+${codePoint} at position ${outside.index} is not allowed${hint}`
}

/** Checks whether a value is an integer within a range, both ends included. */
export function isInteger(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
}
