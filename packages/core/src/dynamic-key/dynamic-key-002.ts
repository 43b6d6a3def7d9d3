import { checkAppCertificate } from '../checks/checks.ts'
import type { UserKeyClaims } from './key-claims.ts'
import { checkUserKey, type UserKeyOptions } from './key-options.ts'
import { keyHead, keyTail, signKeyText } from './key-text.ts'

/**
 * Signs a dynamic key of version 002: 110 characters, for one channel and one uid. It has no version
 * in front. Agora's own name for it is `DynamicKey2`.
 *
 * @throws {TokenError} APP_ID_INVALID, APP_CERTIFICATE_INVALID, CHANNEL_INVALID, ISSUED_AT_INVALID,
 *   SALT_INVALID, UID_INVALID, CLAIM_INVALID for `expiresAt`
 */
export function createDynamicKey002(options: UserKeyOptions): string {
  return encodeDynamicKey002(checkUserKey(options), checkAppCertificate(options.appCertificate))
}

/** Signs claims, sensible or not. @internal */
export function encodeDynamicKey002(claims: UserKeyClaims, appCertificate: string): string {
  const head = keyHead(claims)
  const tail = keyTail(claims)
  return signKeyText(appCertificate, head + claims.channel + tail) + head + tail
}
