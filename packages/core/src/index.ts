/**
 * Build, decode, verify and explain Agora tokens of versions 006 and 007, synchronously, on every
 * JavaScript runtime.
 *
 * @module
 */
export type { Role, ServiceName } from './contract.ts'
export { fingerprint, sha256Hex } from './crypto/fingerprint.ts'
export { isTokenError, TokenError, type TokenErrorCode } from './errors.ts'
export type { ExplainExpectations } from './explain/expectations.ts'
export type { Explanation } from './explain/explain-token.ts'
export { type ExplainOptions, explainToken } from './explain/explain-with-certificate.ts'
export type { Finding } from './explain/finding.ts'
export type { FindingCode, PlatformError, Severity } from './explain/finding-kinds.ts'
export { apaas, type ApaasGrant, type ApaasOptions } from './service/apaas.ts'
export { chat, type ChatGrant, type ChatOptions } from './service/chat.ts'
export { fcdn, type FcdnGrant, type FcdnOptions } from './service/fcdn.ts'
export type { GrantsByName, ServiceGrant } from './service/grant-claims.ts'
export {
  convoAI,
  type ConvoAiGrant,
  fpa,
  type FpaGrant,
  stt,
  type SttGrant,
} from './service/without-options.ts'
export type { PrivilegeLives } from './service/privilege-lives.ts'
export { rtc, type RtcGrant, type RtcOptions } from './service/rtc.ts'
export { rtm, type RtmGrant, type RtmOptions } from './service/rtm.ts'
export { rtm2, type Rtm2Grant, type Rtm2Options, type RtmPermissions } from './service/rtm2.ts'
export { streaming, type StreamingGrant, type StreamingOptions } from './service/streaming.ts'
export {
  checkAccount,
  checkAppCertificate,
  checkAppId,
  checkChannel,
  checkTtl,
  checkUid,
  checkUserId,
} from './checks/checks.ts'
export type {
  ApaasClaims,
  ChannelClaims,
  ChatClaims,
  ClaimsOf,
  ConvoAiClaims,
  FcdnClaims,
  FcdnPrivilege,
  FpaClaims,
  KnownService,
  Rtm2Claims,
  RtmClaims,
  RtcClaims,
  RtcPrivilege,
  ServiceClaims,
  ServicesByName,
  StreamingClaims,
  StreamingPrivilege,
  SttClaims,
  UnknownServices,
  UserClaims,
} from './layout/layouts.ts'
export type { Rtm2Permission } from './layout/rtm-permissions.ts'
export {
  createSigner,
  createToken,
  type CreateTokenOptions,
  type Project,
  type Signer,
  type TokenOptions,
} from './token/create-token.ts'
export { type DecodedToken, decodeToken } from './token/decode-token.ts'
export type { Identity, RtcUser } from './checks/identity.ts'
export type { DecodedToken006 } from './version-006/decoded-token-006.ts'
export type { DecodedToken007 } from './version-007/decoded-token-007.ts'
export { MAX_LIFE_SECONDS } from './checks/limits.ts'
export type {
  CertificateChoice,
  SignedBy,
  VerifyExpectations,
} from './checks/verify-expectations.ts'
export { verifyToken, type VerifiedToken } from './token/verify-token.ts'
export type { PrivilegeIds, Privileges } from './wire/privilege-map.ts'
