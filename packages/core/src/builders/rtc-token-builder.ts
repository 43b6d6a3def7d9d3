import { accountText, channelText, uidText } from './builder-arguments.ts'
import { rtcClaims006 } from './claims-006.ts'
import { checkProject, type Draft, draft006 } from './draft.ts'
import { mayPublish006 } from './role.ts'
import { type Signed, signed } from './signed.ts'

/** The tokens of {@link RtcTokenBuilder} before they are signed. @internal */
export const rtcDrafts = {
  /**
   * Builds a 006 token for a user by number. `uid` 0 is not checked by the service.
   * `privilegeExpiredTs` is a Unix timestamp in seconds; 0, or more than 24 hours away, is in 24 hours.
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
   * Builds a 006 token for a user account. The text `"0"` is an account; an empty one is not checked.
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

  /** Builds what `buildTokenWithUserAccount` builds: its name in Agora's Node.js and Python sources. */
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
 * Builds RTC tokens of version 006, as on Agora's page "Generate a Token". Attendee, Publisher and
 * Admin may publish; every other role may only join.
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
