import { randomSalt } from '../crypto/random-salt.ts'
import { checkAppId, checkChannel, checkU32, describe } from '../checks/checks.ts'
import type { KeyClaims, UserKeyClaims } from './key-text.ts'
import { TokenError } from '../errors.ts'
import { FIRST_TIMESTAMP, MAX_U32 } from '../checks/limits.ts'

/** The options of every dynamic key. */
export interface DynamicKeyOptions {
  /** 32 hexadecimal digits; their case is kept, except in 005, which stores the bytes. */
  readonly appId: string
  /** 32 hexadecimal digits; their case is kept. No error message and no key contains it. */
  readonly appCertificate: string
  /** 1 to 63 bytes, in the characters of `checkChannel`. */
  readonly channel: string
  /** Unix seconds, 0 to 4294967295. Default: now. */
  readonly issuedAt?: number
  /** 0 to 4294967295. Default: random. Equal options, `issuedAt` and `salt` give equal keys. */
  readonly salt?: number
}

/** The options of a dynamic key of version 002 or later. */
export interface UserKeyOptions extends DynamicKeyOptions {
  /** 0 to 4294967295; 0 makes a key for every uid. */
  readonly uid: number
  /**
   * The **timestamp** at which the key expires, in Unix seconds, 1000000000 to 4294967295, never a duration. 0:
   * the key has no expiry time of its own. Agora ends every key 24 hours after `issuedAt`.
   */
  readonly expiresAt: number
}

/**
 * Checks the options of every key and fills in the defaults.
 *
 * @throws {TokenError} APP_ID_INVALID, CHANNEL_INVALID, ISSUED_AT_INVALID or SALT_INVALID
 * @internal
 */
export function checkKey(options: DynamicKeyOptions): KeyClaims {
  const { appId, channel, issuedAt = Math.floor(Date.now() / 1000), salt = randomSalt() } = options
  return {
    appId: checkAppId(appId),
    channel: checkChannel(channel),
    issuedAt: checkU32(issuedAt, 'ISSUED_AT_INVALID', 'issuedAt (Unix seconds)'),
    salt: checkU32(salt, 'SALT_INVALID', 'salt'),
  }
}

/**
 * Checks the options of a key with a user and an expiry time, and fills in the defaults.
 *
 * @throws {TokenError} UID_INVALID, CLAIM_INVALID, and the errors of {@link checkKey}
 * @internal
 */
export function checkUserKey(options: UserKeyOptions): UserKeyClaims {
  const { uid, expiresAt } = options
  return {
    ...checkKey(options),
    uid: checkU32(uid, 'UID_INVALID', 'uid'),
    expiresAt: expiresAt === 0 ? 0 : checkTimestamp(expiresAt, '0 or '),
  }
}

/**
 * Checks the expiry time of a key, Unix seconds from 1000000000 to 4294967295, and returns it.
 *
 * @param alternative - what else the option may be, for the error message
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
