import { checkAppCertificate } from '../checks/checks.ts'
import { checkChoice } from './check-choice.ts'
import { keyHead, keyTail, signKeyText, tenDigits, type UserKeyClaims } from './key-text.ts'
import { checkUserKey, type UserKeyOptions } from './key-options.ts'

const SERVICES = { media: 'ACS', recording: 'ARS', 'public-sharing': 'APSS' } as const

/** What a key of version 004 is for: to join a channel, to record it, to share it with the public. */
export type DynamicKey004Service = keyof typeof SERVICES

/** What {@link createDynamicKey004} signs. */
export interface DynamicKey004Options extends UserKeyOptions {
  readonly service: DynamicKey004Service
}

/** What a key of version 004 says or is signed for. @internal */
export interface DynamicKey004Claims extends UserKeyClaims {
  readonly service: DynamicKey004Service
}

/**
 * Signs a dynamic key of version 004, also called a channel key: 103 characters, for one service, one
 * channel and one uid. It is signed for the uid and does not hold it. Agora's own name for it is
 * `DynamicKey4`; its SDKs read it from 1.3.0 on.
 *
 * @throws {TokenError} APP_ID_INVALID, APP_CERTIFICATE_INVALID, CHANNEL_INVALID, ISSUED_AT_INVALID,
 *   SALT_INVALID, UID_INVALID, CLAIM_INVALID for `expiresAt`, SERVICES_INVALID for `service`
 */
export function createDynamicKey004(options: DynamicKey004Options): string {
  const service = checkChoice(options.service, SERVICES, 'SERVICES_INVALID', 'service')
  const claims = { ...checkUserKey(options), service }
  return encodeDynamicKey004(claims, checkAppCertificate(options.appCertificate))
}

/** Signs claims, sensible or not. @internal */
export function encodeDynamicKey004(claims: DynamicKey004Claims, appCertificate: string): string {
  const head = keyHead(claims)
  const signed = SERVICES[claims.service] + head + claims.channel + keyTail(claims)
  return `004${signKeyText(appCertificate, signed)}${head}${tenDigits(claims.expiresAt)}`
}
