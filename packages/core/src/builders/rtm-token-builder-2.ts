import { idText } from './builder-arguments.ts'
import { rtmLogin } from './claims-007.ts'
import { checkProject, type Draft, draft007 } from './draft.ts'
import { permissionClaims, type Rtm2Permissions } from './rtm2-permissions.ts'
import { type Signed, signed } from './signed.ts'

/** The tokens of {@link RtmTokenBuilder2} before they are signed. @internal */
export const rtmDrafts2 = {
  /**
   * Builds a token for one user to log in to messaging. `expire` is seconds from now.
   *
   * @throws {TokenError} APP_ID_INVALID, APP_CERTIFICATE_INVALID, USER_ID_INVALID, CLAIM_INVALID
   */
  buildToken(appId: string, appCertificate: string, userId: string, expire: number): Draft {
    const project = checkProject(appId, appCertificate)
    return draft007(project, expire, [rtmLogin(userId, expire)])
  },

  /**
   * Builds a token for one user to log in to messaging, with the resources that they may read and write.
   * Agora must enable permissions for your project. `expire` is seconds from now.
   *
   * @throws {TokenError} APP_ID_INVALID, APP_CERTIFICATE_INVALID, USER_ID_INVALID,
   *   PERMISSION_INVALID, CLAIM_INVALID
   */
  buildTokenWithPermissions(
    appId: string,
    appCertificate: string,
    userId: string,
    permissions: Rtm2Permissions,
    expire: number,
  ): Draft {
    const service = {
      service: 'rtm2',
      userId: idText(userId, 'userId'),
      permissions: permissionClaims(permissions),
      privileges: { login: expire },
    } as const
    return draft007(checkProject(appId, appCertificate), expire, [service])
  },
}

/** Builds RTM tokens of version 007. */
export const RtmTokenBuilder2: Signed<typeof rtmDrafts2> = /* @__PURE__ */ signed(rtmDrafts2)
