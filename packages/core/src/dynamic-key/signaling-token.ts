import { md5Hex } from '../crypto/md5-hex.ts'
import { checkAccount, checkAppCertificate, checkAppId } from '../checks/checks.ts'
import { checkTimestamp } from './key-options.ts'

/** The options of {@link createSignalingToken}. */
export interface SignalingTokenOptions {
  /** 32 hexadecimal digits; their case is kept. */
  readonly appId: string
  /** 32 hexadecimal digits; their case is kept. No error message and no token contains it. */
  readonly appCertificate: string
  /** 1 to 255 bytes, in the characters of `checkChannel`. */
  readonly account: string
  /**
   * The **timestamp** at which the token expires, in Unix seconds, 1000000000 to 4294967295. In Agora's own
   * functions it is a duration for Node and PHP, and a timestamp in other languages.
   */
  readonly expiresAt: number
}

/** The claims of a signaling token. @internal */
export type SignalingClaims = Omit<SignalingTokenOptions, 'appCertificate'>

/**
 * Signs a token for the old signaling service, which RTM replaced. Only MD5 protects it; use it for systems
 * that still read it.
 *
 * @throws {TokenError} APP_ID_INVALID, APP_CERTIFICATE_INVALID, ACCOUNT_INVALID, CLAIM_INVALID for
 *   `expiresAt`
 */
export function createSignalingToken(options: SignalingTokenOptions): string {
  const claims = {
    appId: checkAppId(options.appId),
    account: checkAccount(options.account),
    expiresAt: checkTimestamp(options.expiresAt),
  }
  return encodeSignalingToken(claims, checkAppCertificate(options.appCertificate))
}

/** Signs claims without checking them. @internal */
export function encodeSignalingToken(claims: SignalingClaims, appCertificate: string): string {
  const { appId, account, expiresAt } = claims
  const signature = md5Hex(`${account}${appId}${appCertificate}${expiresAt}`)
  return `1:${appId}:${expiresAt}:${signature}`
}
