import { md5Hex } from '../crypto/md5-hex.ts'
import { checkAccount, checkAppCertificate, checkAppId } from '../checks/checks.ts'
import { checkTimestamp } from './key-options.ts'

/** What {@link createSignalingToken} signs. */
export interface SignalingTokenOptions {
  /** 32 hexadecimal digits, case kept. */
  readonly appId: string
  /** 32 hexadecimal digits, case kept. Stays in this call: no error and no token repeats it. */
  readonly appCertificate: string
  /** 1 to 255 bytes of the alphabet that Agora documents. */
  readonly account: string
  /**
   * The **timestamp** at which the token ends, in Unix seconds, 1000000000 to 4294967295. Agora's own
   * functions for Node and PHP take a length of time here, the others a timestamp.
   */
  readonly expiresAt: number
}

/** What a signaling token says or is signed for. @internal */
export type SignalingClaims = Omit<SignalingTokenOptions, 'appCertificate'>

/**
 * Signs a token of the signaling service, which RTM replaced. It is protected by MD5 alone and is
 * here for systems that still read it.
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

/** Signs claims, sensible or not. @internal */
export function encodeSignalingToken(claims: SignalingClaims, appCertificate: string): string {
  const { appId, account, expiresAt } = claims
  const signature = md5Hex(`${account}${appId}${appCertificate}${expiresAt}`)
  return `1:${appId}:${expiresAt}:${signature}`
}
