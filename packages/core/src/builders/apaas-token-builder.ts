import { apaasClaims, chatUser, rtmLogin } from './claims-007.ts'
import { checkProject, type Draft, draft007 } from './draft.ts'
import { md5Hex } from '../crypto/md5-hex.ts'
import { type Signed, signed } from './signed.ts'

const NO_ROLE = -1

/** The tokens of {@link ApaasTokenBuilder} before they are signed. @internal */
export const apaasDrafts = {
  /**
   * Builds a token for one user in one room, for messaging, and for Chat with the MD5 of the user's uuid
   * as user id. `role` is the room's number for it and may be 0; `expire` is seconds from now.
   *
   * @throws {TokenError} APP_ID_INVALID, APP_CERTIFICATE_INVALID, USER_ID_INVALID, CLAIM_INVALID
   */
  buildRoomUserToken(
    appId: string,
    appCertificate: string,
    roomUuid: string,
    userUuid: string,
    role: number,
    expire: number,
  ): Draft {
    const apaas = apaasClaims(roomUuid, userUuid, role, { roomUser: expire })
    const services = [apaas, rtmLogin(userUuid, expire), chatUser(md5Hex(userUuid), expire)]
    return draft007(checkProject(appId, appCertificate), expire, services)
  },

  /**
   * Builds a token for one user in no particular room. `expire` is seconds from now.
   *
   * @throws {TokenError} APP_ID_INVALID, APP_CERTIFICATE_INVALID, USER_ID_INVALID, CLAIM_INVALID
   */
  buildUserToken(appId: string, appCertificate: string, userUuid: string, expire: number): Draft {
    const project = checkProject(appId, appCertificate)
    return draft007(project, expire, [apaasClaims('', userUuid, NO_ROLE, { user: expire })])
  },

  /**
   * Builds a token for your own server, with every right. `expire` is seconds from now.
   *
   * @throws {TokenError} APP_ID_INVALID, APP_CERTIFICATE_INVALID, CLAIM_INVALID
   */
  buildAppToken(appId: string, appCertificate: string, expire: number): Draft {
    const project = checkProject(appId, appCertificate)
    return draft007(project, expire, [apaasClaims('', '', NO_ROLE, { app: expire })])
  },
}

/** Builds tokens for aPaaS (flexible classroom). */
export const ApaasTokenBuilder: Signed<typeof apaasDrafts> = /* @__PURE__ */ signed(apaasDrafts)

/** The name of {@link ApaasTokenBuilder} until September 2024. */
export const EducationTokenBuilder2: Signed<typeof apaasDrafts> = ApaasTokenBuilder
