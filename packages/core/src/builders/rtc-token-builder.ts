import { accountText, channelText, uidText } from './builder-arguments.ts'
import { rtcClaims006 } from './claims-006.ts'
import { checkProject, type Draft, draft006 } from './draft.ts'
import { mayPublish006 } from './role.ts'
import { type Signed, signed } from './signed.ts'

/** The tokens of {@link RtcTokenBuilder} before they are signed. @internal */
export const rtcDrafts = {
  /**
   * Builds a 006 token for a uid; 0 admits every user. `privilegeExpiredTs` is a Unix timestamp in seconds;
   * 0, the default, means 24 hours from now, and so does any later time.
   *
   * @throws {TokenError} APP_ID_INVALID, APP_CERTIFICATE_INVALID, CHANNEL_INVALID, UID_INVALID,
   *   ROLE_UNKNOWN, CLAIM_INVALID
   */
  buildTokenWithUid(
    appId: string,
    appCertificate: string,
    channelName: string,
    uid: number,
    role: number,
    privilegeExpiredTs = 0,
  ): Draft {
    const user = uidText(uid)
    return rtcDraft(appId, appCertificate, channelName, user, role, privilegeExpiredTs)
  },

  /**
   * Builds a 006 token for a user account. The string `"0"` is an account; an empty one admits every user.
   * Otherwise like `buildTokenWithUid`.
   *
   * @throws {TokenError} APP_ID_INVALID, APP_CERTIFICATE_INVALID, CHANNEL_INVALID, ACCOUNT_INVALID,
   *   ROLE_UNKNOWN, CLAIM_INVALID
   */
  buildTokenWithUserAccount(
    appId: string,
    appCertificate: string,
    channelName: string,
    account: string,
    role: number,
    privilegeExpiredTs = 0,
  ): Draft {
    const user = accountText(account)
    return rtcDraft(appId, appCertificate, channelName, user, role, privilegeExpiredTs)
  },

  /** The same as `buildTokenWithUserAccount`, under its name in Agora's Node.js and Python sources. */
  buildTokenWithAccount(
    appId: string,
    appCertificate: string,
    channelName: string,
    account: string,
    role: number,
    privilegeExpiredTs = 0,
  ): Draft {
    const user = accountText(account)
    return rtcDraft(appId, appCertificate, channelName, user, role, privilegeExpiredTs)
  },
}

/**
 * Builds RTC tokens of version 006, as on Agora's page "Generate a Token". Attendee (0), Publisher (1) and
 * Admin (101) may publish; every other role may only join.
 */
export const RtcTokenBuilder: Signed<typeof rtcDrafts> = /* @__PURE__ */ signed(rtcDrafts)

function rtcDraft(
  appId: string,
  appCertificate: string,
  channelName: string,
  user: string,
  role: number,
  expiredTs: number,
): Draft {
  const project = checkProject(appId, appCertificate)
  const channel = channelText(channelName)
  return draft006(project, rtcClaims006(channel, user, mayPublish006(role), expiredTs))
}
