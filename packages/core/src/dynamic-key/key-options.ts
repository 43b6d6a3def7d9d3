import { randomSalt } from '../crypto/random-salt.ts'
import { checkAppId, checkChannel, checkU32 } from '../checks/checks.ts'
import { checkTimestamp } from './check-timestamp.ts'
import type { KeyClaims, UserKeyClaims } from './key-text.ts'

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
