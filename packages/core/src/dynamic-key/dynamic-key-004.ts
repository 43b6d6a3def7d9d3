import { checkAppCertificate } from '../checks/checks.ts'
import { checkChoice } from './check-choice.ts'
import { keyHead, keyTail, signKeyText, tenDigits, type UserKeyClaims } from './key-text.ts'
import { checkUserKey, type UserKeyOptions } from './key-options.ts'

const SERVICES = { media: 'ACS', recording: 'ARS', 'public-sharing': 'APSS' } as const

/** What a key of version 004 permits: joining a channel, recording it, or sharing it with the public. */
export type DynamicKey004Service = keyof typeof SERVICES

/** The options of {@link createDynamicKey004}. */
export interface DynamicKey004Options extends UserKeyOptions {
  readonly service: DynamicKey004Service
}

/** The claims of a key of version 004. @internal */
export interface DynamicKey004Claims extends UserKeyClaims {
  readonly service: DynamicKey004Service
}

/**
 * Signs a dynamic key of version 004, also called a channel key: 103 characters, for one service, one
 * channel and one uid. The uid is signed but not part of the key. Agora calls it `DynamicKey4`; its SDKs
 * read it since 1.3.0.
 *
 * @throws {TokenError} APP_ID_INVALID, APP_CERTIFICATE_INVALID, CHANNEL_INVALID, ISSUED_AT_INVALID,
 *   SALT_INVALID, UID_INVALID, CLAIM_INVALID for `expiresAt`, SERVICES_INVALID for `service`
 */
export function createDynamicKey004(options: DynamicKey004Options): string {
  const service = checkChoice(options.service, SERVICES, 'SERVICES_INVALID', 'service')
  const claims = { ...checkUserKey(options), service }
  return encodeDynamicKey004(claims, checkAppCertificate(options.appCertificate))
}

/** Signs claims without checking them. @internal */
export function encodeDynamicKey004(claims: DynamicKey004Claims, appCertificate: string): string {
  const head = keyHead(claims)
  const signed = SERVICES[claims.service] + head + claims.channel + keyTail(claims)
  return `004${signKeyText(appCertificate, signed)}${head}${tenDigits(claims.expiresAt)}`
}
