import { checkAppCertificate } from '../checks/checks.ts'
import { type KeyClaims, keyHead, signKeyText } from './key-text.ts'
import { checkKey, type DynamicKeyOptions } from './key-options.ts'

/**
 * Signs a dynamic key of version 001: 90 characters, for one channel and every user, without an end of
 * its own. It has no version in front. Agora's own name for it is `DynamicKey`.
 *
 * @throws {TokenError} APP_ID_INVALID, APP_CERTIFICATE_INVALID, CHANNEL_INVALID, ISSUED_AT_INVALID,
 *   SALT_INVALID
 */
export function createDynamicKey001(options: DynamicKeyOptions): string {
  return encodeDynamicKey001(checkKey(options), checkAppCertificate(options.appCertificate))
}

/** Signs claims, sensible or not. @internal */
export function encodeDynamicKey001(claims: KeyClaims, appCertificate: string): string {
  const head = keyHead(claims)
  return signKeyText(appCertificate, head + claims.channel) + head
}
