import { TokenError } from '../errors.ts'
import { describe } from '../checks/checks.ts'
import { AccessToken } from './access-token.ts'
import { Privileges } from './privileges.ts'
import { mayPublish006 } from './role.ts'

const JOIN = [Privileges.kJoinChannel]
const JOIN_AND_PUBLISH = [
  Privileges.kJoinChannel,
  Privileges.kPublishAudioStream,
  Privileges.kPublishVideoStream,
  Privileges.kPublishDataStream,
]

/**
 * Builds a 006 token step by step, as on Agora's page "Generate a Token from the server" of 2019. The token
 * expires 24 hours after you create the builder. It grants only the privileges that you set.
 *
 * @example
 * ```ts
 * const builder = new SimpleTokenBuilder(appId, appCertificate, 'room-42', 1234)
 * builder.initPrivileges(RtcRole.PUBLISHER)
 * const token = builder.buildToken()
 * ```
 */
export class SimpleTokenBuilder {
  readonly #token: AccessToken

  /**
   * @param uid - a number, or an account; the number 0 admits every user, the string `"0"` is an account
   * @throws {TokenError} UID_INVALID; {@link buildToken} checks the rest
   */
  constructor(appId: string, appCertificate: string, channelName: string, uid: number | string) {
    this.#token = new AccessToken(appId, appCertificate, channelName, uid)
  }

  /**
   * Grants the privileges of a role for as long as the token lasts, and removes all others. Attendee (0),
   * Publisher (1) and Admin (101) may publish; every other role may only join.
   *
   * @throws {TokenError} ROLE_UNKNOWN when it is not an integer
   */
  initPrivileges(role: number): void {
    const granted = mayPublish006(role) ? JOIN_AND_PUBLISH : JOIN
    this.#token.messages = Object.fromEntries(granted.map((privilege) => [privilege, 0]))
  }

  /**
   * Grants a privilege until a Unix timestamp in seconds; 0, the default, means as long as the token.
   *
   * @throws {TokenError} PRIVILEGE_INVALID when it is not an id from 0 to 65535
   */
  setPrivilege(privilege: number, expireTs = 0): void {
    if (!Number.isInteger(privilege) || privilege < 0 || privilege > 0xffff) {
      throw new TokenError(
        'PRIVILEGE_INVALID',
        `privilege: integer 0 to 65535 expected, got ${describe(privilege)}`,
      )
    }
    this.#token.addPrivilege(privilege, expireTs)
  }

  /** Removes a privilege, if it is granted. */
  removePrivilege(privilege: number): void {
    delete this.#token.messages[privilege]
  }

  /**
   * Reads salt, expiry time and privileges from a 006 token, so that the new token expires with it; verifies
   * nothing. Agora's page also promises App Certificate, channel and uid, but a token contains none of them:
   * they keep the constructor's values, and so does the App ID, which must match the certificate.
   *
   * @returns whether the string is a 006 token; if not, nothing changes
   */
  initTokenBuilder(originToken: string): boolean {
    const { appID } = this.#token
    const isRead = this.#token.fromString(originToken)
    this.#token.appID = appID
    return isRead
  }

  /**
   * Signs the token.
   *
   * @throws {TokenError} APP_ID_INVALID, APP_CERTIFICATE_INVALID, CHANNEL_INVALID, CLAIM_INVALID
   */
  buildToken(): string {
    return this.#token.build()
  }
}
