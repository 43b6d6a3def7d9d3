/**
 * Read and explain a token without any signing code: safe and small enough for a browser.
 *
 * @module
 */
export { isTokenError, TokenError, type TokenErrorCode } from './errors.ts'
export type { ExplainExpectations } from './explain/expectations.ts'
export { type Explanation, explainToken } from './explain/explain-token.ts'
export type { Finding } from './explain/finding.ts'
export type { FindingCode, PlatformError, Severity } from './explain/finding-kinds.ts'
export type { ServiceClaims, UnknownServices } from './layout/layouts.ts'
export type { RtcClaims, RtcPrivilege } from './layout/layouts.ts'
export { type DecodedToken, decodeToken } from './token/decode-token.ts'
export type { DecodedToken006 } from './version-006/decoded-token-006.ts'
export type { DecodedToken007 } from './version-007/decoded-token-007.ts'
export type { Privileges } from './wire/privilege-map.ts'
