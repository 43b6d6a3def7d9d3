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
 * Builds a 006 token step by step, as on Agora's page "Generate a Token from the server" of 2019. The
 * token ends 24 hours after the builder was made. A privilege that is not set is not granted.
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
   * @param uid - a number, 0 meaning that it is not checked, or a user account; `"0"` is an account
   * @throws {TokenError} UID_INVALID. The rest is checked by {@link buildToken}.
   */
  constructor(appId: string, appCertificate: string, channelName: string, uid: number | string) {
    this.#token = new AccessToken(appId, appCertificate, channelName, uid)
  }

  /**
   * Grants what a role may do until the end of the token, and withdraws everything else. Attendee,
   * Publisher and Admin may publish; every other role may only join.
   *
   * @throws {TokenError} ROLE_UNKNOWN when it is not an integer
   */
  initPrivileges(role: number): void {
    const granted = mayPublish006(role) ? JOIN_AND_PUBLISH : JOIN
    this.#token.messages = Object.fromEntries(granted.map((privilege) => [privilege, 0]))
  }

  /**
   * Grants a privilege until a Unix timestamp in seconds; 0 is the end of the token.
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

  /** Withdraws a privilege, if it is granted. */
  removePrivilege(privilege: number): void {
    delete this.#token.messages[privilege]
  }

  /**
   * Takes salt, end and privileges from a 006 token, so that the next one ends when that one does.
   * Agora's page also promises App Certificate, channel and uid, but a token holds none of them: they
   * stay as the constructor got them, and so does the App ID, which has to go with the certificate.
   * Verifies nothing.
   *
   * @returns whether the text is a 006 token; if not, nothing changes
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
