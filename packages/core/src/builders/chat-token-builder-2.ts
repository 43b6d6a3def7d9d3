import { chatUser } from './claims-007.ts'
import { checkProject, type Draft, draft007 } from './draft.ts'
import { type Signed, signed } from './signed.ts'

/** The tokens of {@link ChatTokenBuilder2} before they are signed. @internal */
export const chatDrafts2 = {
  /**
   * Builds a token for one user to log in to Chat. `expire` is seconds from now.
   *
   * @throws {TokenError} APP_ID_INVALID, APP_CERTIFICATE_INVALID, USER_ID_INVALID, CLAIM_INVALID
   */
  buildUserToken(appId: string, appCertificate: string, userUuid: string, expire: number): Draft {
    const project = checkProject(appId, appCertificate)
    return draft007(project, expire, [chatUser(userUuid, expire)])
  },

  /**
   * Builds a token for your own server, to call Chat's REST API with every right. `expire` is seconds from
   * now.
   *
   * @throws {TokenError} APP_ID_INVALID, APP_CERTIFICATE_INVALID, CLAIM_INVALID
   */
  buildAppToken(appId: string, appCertificate: string, expire: number): Draft {
    const project = checkProject(appId, appCertificate)
    return draft007(project, expire, [{ service: 'chat', userId: '', privileges: { app: expire } }])
  },
}

/** Builds Chat tokens of version 007. */
export const ChatTokenBuilder2: Signed<typeof chatDrafts2> = /* @__PURE__ */ signed(chatDrafts2)
