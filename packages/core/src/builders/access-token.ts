import { randomSalt } from '../crypto/random-salt.ts'
import { isTokenError } from '../errors.ts'
import { encode006 } from '../version-006/encode-006.ts'
import { PRIVILEGE_IDS_006 } from '../version-006/privileges-006.ts'
import { MAX_LIFE_SECONDS } from '../checks/limits.ts'
import { decodeToken } from '../token/decode-token.ts'
import type { DecodedToken006 } from '../version-006/decoded-token-006.ts'
import { channelText, uidOrAccountText } from './builder-arguments.ts'
import { checkProject, nowSeconds } from './draft.ts'

/**
 * Builds or reads a 006 token part by part. To read one, call `fromString` on
 * `new AccessToken('', '', '', '')`. The App Certificate is not a property.
 */
export class AccessToken {
  appID: string
  channelName: string
  /** The uid in decimal or the account; an empty string admits every user. */
  uid: string
  /** Default: random. */
  salt: number = randomSalt()
  /** When the token expires, in Unix seconds. Default: 24 hours from now, as in every reference builder. */
  ts: number = nowSeconds() + MAX_LIFE_SECONDS
  /** Unix timestamps in seconds by privilege id; 0 means as long as the token. */
  messages: Record<number, number> = {}
  readonly #appCertificate: string

  /**
   * @param uid - a number, or an account; the number 0 admits every user, the string `"0"` is an account
   * @throws {TokenError} UID_INVALID; {@link build} checks the rest
   */
  constructor(appID: string, appCertificate: string, channelName: string, uid: number | string) {
    this.appID = appID
    this.#appCertificate = appCertificate
    this.channelName = channelName
    this.uid = uidOrAccountText(uid)
  }

  /** Grants a privilege until a Unix timestamp in seconds; 0 means as long as the token. */
  addPrivilege(privilege: number, expireTimestamp: number): void {
    this.messages[privilege] = expireTimestamp
  }

  /** The same as {@link addPrivilege}, in the spelling of Agora's Node.js source. */
  addPriviledge(privilege: number, expireTimestamp: number): void {
    this.addPrivilege(privilege, expireTimestamp)
  }

  /**
   * Signs the token. A second call returns the same token.
   *
   * @throws {TokenError} APP_ID_INVALID, APP_CERTIFICATE_INVALID, CHANNEL_INVALID, PRIVILEGE_INVALID,
   *   CLAIM_INVALID
   */
  build(): string {
    const { appId, appCertificate } = checkProject(this.appID, this.#appCertificate)
    const channel = channelText(this.channelName)
    const { uid: user, salt, ts: tokenExpiresAt, messages: privileges } = this
    return encode006({ appId, channel, user, salt, tokenExpiresAt, privileges }, appCertificate)
  }

  /**
   * Reads App ID, salt, expiry time and privileges from a token; verifies nothing. Channel and user stay
   * as they are, because a token does not contain them.
   *
   * @returns whether the string is a 006 token; if not, nothing changes
   */
  fromString(originToken: string): boolean {
    const claims = read006(originToken)
    if (!claims) return false
    const { appId, salt, tokenExpiresAt, privileges } = claims
    Object.assign(this, { appID: appId, salt, ts: tokenExpiresAt })
    this.messages = byId(privileges)
    return true
  }
}

/** Reads a 006 token; `undefined` when the string is not one. */
function read006(token: string): DecodedToken006 | undefined {
  try {
    const claims = decodeToken(token)
    return claims.version === '006' ? claims : undefined
  } catch (error) {
    if (isTokenError(error)) return undefined
    throw error
  }
}

/** Turns the names of 006 privileges into ids. */
function byId(privileges: DecodedToken006['privileges']): Record<number, number> {
  const entries = Object.entries(privileges)
  return Object.fromEntries(
    entries.map(([name, value]) => [PRIVILEGE_IDS_006[name] ?? name, value]),
  )
}
