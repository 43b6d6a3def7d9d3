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
 * A 006 token in parts, to be built or read. `new AccessToken('', '', '', '')` is one to read into.
 * The App Certificate stays inside: it is not a property.
 */
export class AccessToken {
  appID: string
  channelName: string
  /** The uid in decimal or the account; empty when the service is not to check it. */
  uid: string
  /** Random. */
  salt: number = randomSalt()
  /** End of the token in Unix seconds; 24 hours from now, as in every reference builder. */
  ts: number = nowSeconds() + MAX_LIFE_SECONDS
  /** Unix timestamps in seconds by id of the privilege; 0 is the end of the token. */
  messages: Record<number, number> = {}
  readonly #appCertificate: string

  /**
   * @param uid - a number, 0 meaning that it is not checked, or an account; `"0"` is an account
   * @throws {TokenError} UID_INVALID. The rest is checked by {@link build}.
   */
  constructor(appID: string, appCertificate: string, channelName: string, uid: number | string) {
    this.appID = appID
    this.#appCertificate = appCertificate
    this.channelName = channelName
    this.uid = uidOrAccountText(uid)
  }

  /** Grants a privilege until a Unix timestamp in seconds; 0 is the end of the token. */
  addPrivilege(privilege: number, expireTimestamp: number): void {
    this.messages[privilege] = expireTimestamp
  }

  /** {@link addPrivilege} as Agora's Node.js source spells it. */
  addPriviledge(privilege: number, expireTimestamp: number): void {
    this.addPrivilege(privilege, expireTimestamp)
  }

  /**
   * Signs the token. Building twice gives the same token.
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
   * Takes App ID, salt, end and privileges from a token; verifies nothing. Channel and user stay as
   * they are, because a token does not hold them.
   *
   * @returns whether the text is a 006 token; if not, nothing changes
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

/** Privileges of 006 by number in place of name. */
function byId(privileges: DecodedToken006['privileges']): Record<number, number> {
  const entries = Object.entries(privileges)
  return Object.fromEntries(
    entries.map(([name, value]) => [PRIVILEGE_IDS_006[name] ?? name, value]),
  )
}
