/**
 * Build, decode and verify Agora tokens.
 *
 * @module
 */
export type { Role, ServiceName } from './contract.ts'
export { isTokenError, TokenError, type TokenErrorCode } from './errors.ts'
export type { KnownService, ServiceClaims, UnknownServices } from './service/registry.ts'
export type { RtcClaims, RtcPrivilege } from './service/rtc.ts'
export {
  checkAccount,
  checkAppCertificate,
  checkAppId,
  checkChannel,
  checkTtl,
  checkUid,
} from './token/checks.ts'
export { createToken, type CreateTokenOptions } from './token/create-token.ts'
export { decodeToken } from './token/decode-token.ts'
export type { Identity, RtcUser } from './token/identity.ts'
export { rtc, type RtcGrant, type RtcOptions, type RtcPrivilegeLives } from './token/rtc-grant.ts'
export type { DecodedToken, DecodedToken006, DecodedToken007 } from './token/token-claims.ts'
export { MAX_LIFE_SECONDS } from './token/token-limits.ts'
export {
  verifyToken,
  type CertificateChoice,
  type VerifiedToken,
  type VerifyExpectations,
} from './token/verify-token.ts'
export type { PrivilegeIds, Privileges } from './wire/privilege-map.ts'
