import { checkAppCertificate } from '../checks/checks.ts'
import {
  checkKey,
  checkUserKey,
  type DynamicKeyOptions,
  type UserKeyOptions,
} from './key-options.ts'
import { type KeyClaims, keyHead, keyTail, signKeyText, type UserKeyClaims } from './key-text.ts'

/**
 * Signs a dynamic key of version 001: 90 characters without a version prefix, for one channel and every
 * user. It has no expiry time of its own. Agora calls it `DynamicKey`.
 *
 * @throws {TokenError} APP_ID_INVALID, APP_CERTIFICATE_INVALID, CHANNEL_INVALID, ISSUED_AT_INVALID,
 *   SALT_INVALID
 */
export function createDynamicKey001(options: DynamicKeyOptions): string {
  return encodeDynamicKey001(checkKey(options), checkAppCertificate(options.appCertificate))
}

/** Signs claims without checking them. @internal */
export function encodeDynamicKey001(claims: KeyClaims, appCertificate: string): string {
  const head = keyHead(claims)
  return signKeyText(appCertificate, head + claims.channel) + head
}

/**
 * Signs a dynamic key of version 002: 110 characters without a version prefix, for one channel and one
 * uid. Agora calls it `DynamicKey2`.
 *
 * @throws {TokenError} APP_ID_INVALID, APP_CERTIFICATE_INVALID, CHANNEL_INVALID, ISSUED_AT_INVALID,
 *   SALT_INVALID, UID_INVALID, CLAIM_INVALID for `expiresAt`
 */
export function createDynamicKey002(options: UserKeyOptions): string {
  return encodeDynamicKey002(checkUserKey(options), checkAppCertificate(options.appCertificate))
}

/** Signs claims without checking them. @internal */
export function encodeDynamicKey002(claims: UserKeyClaims, appCertificate: string): string {
  const head = keyHead(claims)
  const tail = keyTail(claims)
  return signKeyText(appCertificate, head + claims.channel + tail) + head + tail
}

/**
 * Signs a dynamic key of version 003: `003` and a key of version 002, 113 characters. Agora calls it
 * `DynamicKey3`; its SDKs read it since 1.2.3.
 *
 * @throws {TokenError} APP_ID_INVALID, APP_CERTIFICATE_INVALID, CHANNEL_INVALID, ISSUED_AT_INVALID,
 *   SALT_INVALID, UID_INVALID, CLAIM_INVALID for `expiresAt`
 */
export function createDynamicKey003(options: UserKeyOptions): string {
  return `003${createDynamicKey002(options)}`
}
