import { randomSalt } from '../crypto/random-salt.ts'
import { checkAppId, checkChannel, checkU32, describe } from '../checks/checks.ts'
import type { KeyClaims, UserKeyClaims } from './key-text.ts'
import { TokenError } from '../errors.ts'
import { FIRST_TIMESTAMP, MAX_U32 } from '../checks/limits.ts'

/** What every dynamic key is made from. */
export interface DynamicKeyOptions {
  /** 32 hexadecimal digits; case kept, except in 005, which holds the bytes they stand for. */
  readonly appId: string
  /** 32 hexadecimal digits, case kept. Stays in this call: no error and no key repeats it. */
  readonly appCertificate: string
  /** 1 to 63 bytes of the alphabet that Agora documents. */
  readonly channel: string
  /** Unix seconds, 0 to 4294967295; default now. */
  readonly issuedAt?: number
  /** 0 to 4294967295; default random. Equal options with equal `issuedAt` and `salt` give equal keys. */
  readonly salt?: number
}

/** What a dynamic key of version 002 or later is made from. */
export interface UserKeyOptions extends DynamicKeyOptions {
  /** 0 to 4294967295; 0 makes a key that every uid may use. */
  readonly uid: number
  /**
   * The **timestamp** at which the key ends, in Unix seconds, never a length of time. 0: the key has no
   * end of its own. The service ends every key 24 hours after `issuedAt`, even one that claims a longer life.
   */
  readonly expiresAt: number
}

/**
 * Checks and completes what every key has.
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
 * Checks and completes what keys with a user and an end have.
 *
 * @throws {TokenError} as {@link checkKey} does, and UID_INVALID or CLAIM_INVALID
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
