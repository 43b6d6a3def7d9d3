import { accountText, uidText } from './builder-arguments.ts'
import { rtcForLives, rtcForRole, rtmLogin } from './claims-007.ts'
import { checkProject, type Draft, draft007 } from './draft.ts'
import { type RtcAndRtmArguments, rtcAndRtmDraft } from './rtc-and-rtm.ts'
import { type Signed, signed } from './signed.ts'

/** Parameters of `buildTokenWithUserAccountAndPrivilege`; every length of time in seconds. */
export type AccountAndPrivilegeArguments = [
  appId: string,
  appCertificate: string,
  channelName: string,
  account: string,
  tokenExpire: number,
  joinChannelPrivilegeExpire: number,
  pubAudioPrivilegeExpire: number,
  pubVideoPrivilegeExpire: number,
  pubDataStreamPrivilegeExpire: number,
]

/** The tokens of {@link RtcTokenBuilder2} before they are signed. @internal */
export const rtcDrafts2 = {
  /**
   * Builds a token for a user by number. `uid` 0 is not checked by the service.
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
    tokenExpire: number,
    privilegeExpire = 0,
  ): Draft {
    const service = rtcForRole(channelName, uidText(uid), role, privilegeExpire)
    return draft007(checkProject(appId, appCertificate), tokenExpire, [service])
  },

  /**
   * Builds a token for a user account; an empty one is not checked by the service.
   *
   * @throws {TokenError} as `buildTokenWithUid`, with ACCOUNT_INVALID in place of UID_INVALID
   */
  buildTokenWithUserAccount(
    appId: string,
    appCertificate: string,
    channelName: string,
    account: string,
    role: number,
    tokenExpire: number,
    privilegeExpire = 0,
  ): Draft {
    const service = rtcForRole(channelName, accountText(account), role, privilegeExpire)
    return draft007(checkProject(appId, appCertificate), tokenExpire, [service])
  },

  /** Builds what `buildTokenWithUserAccount` builds, under the name some ports give it. */
  buildTokenWithAccount(
    appId: string,
    appCertificate: string,
    channelName: string,
    account: string,
    role: number,
    tokenExpire: number,
    privilegeExpire = 0,
  ): Draft {
    const service = rtcForRole(channelName, accountText(account), role, privilegeExpire)
    return draft007(checkProject(appId, appCertificate), tokenExpire, [service])
  },

  /**
   * Builds a token for a user by number with all four privileges, each for its own length of time.
   *
   * @throws {TokenError} APP_ID_INVALID, APP_CERTIFICATE_INVALID, CHANNEL_INVALID, UID_INVALID,
   *   CLAIM_INVALID
   */
  buildTokenWithUidAndPrivilege(
    appId: string,
    appCertificate: string,
    channelName: string,
    uid: number,
    tokenExpire: number,
    joinChannelPrivilegeExpire: number,
    pubAudioPrivilegeExpire: number,
    pubVideoPrivilegeExpire: number,
    pubDataStreamPrivilegeExpire: number,
  ): Draft {
    const lives = {
      join: joinChannelPrivilegeExpire,
      audio: pubAudioPrivilegeExpire,
      video: pubVideoPrivilegeExpire,
      data: pubDataStreamPrivilegeExpire,
    }
    const service = rtcForLives(channelName, uidText(uid), lives)
    return draft007(checkProject(appId, appCertificate), tokenExpire, [service])
  },

  /**
   * Builds a token for a user account with all four privileges, each for its own length of time.
   *
   * @throws {TokenError} as `buildTokenWithUidAndPrivilege`, with ACCOUNT_INVALID in place of
   *   UID_INVALID
   */
  buildTokenWithUserAccountAndPrivilege(...args: AccountAndPrivilegeArguments): Draft {
    return accountAndPrivilegeDraft(args)
  },

  /** Builds what the function above builds: the spelling of Agora's Node.js source. */
  BuildTokenWithUserAccountAndPrivilege(...args: AccountAndPrivilegeArguments): Draft {
    return accountAndPrivilegeDraft(args)
  },

  /**
   * Builds a token for RTC and RTM in one, for the same account. The RTM login lasts as long as the
   * token, not as long as the privileges.
   *
   * @throws {TokenError} as `buildTokenWithUserAccount`
   */
  buildTokenWithRtm(
    appId: string,
    appCertificate: string,
    channelName: string,
    account: string,
    role: number,
    tokenExpire: number,
    privilegeExpire = 0,
  ): Draft {
    const rtc = rtcForRole(channelName, accountText(account), role, privilegeExpire)
    const services = [rtc, rtmLogin(account, tokenExpire)]
    return draft007(checkProject(appId, appCertificate), tokenExpire, services)
  },

  /**
   * Builds a token for RTC and RTM in one, with a user, a length of time and privileges for each. The
   * token ends after `rtcTokenExpire`. The second service is RTM, not RTM2.
   *
   * @throws {TokenError} as `buildTokenWithUserAccount`, and USER_ID_INVALID
   */
  buildTokenWithRtm2(...args: RtcAndRtmArguments): Draft {
    return rtcAndRtmDraft(args)
  },
}

/**
 * Builds RTC tokens of version 007. All lengths of time are seconds from now; a privilege of 0 lasts
 * as long as the token, and nothing lasts longer than 24 hours. Only Publisher (1) may publish: every
 * other role may only join, Attendee and Admin included.
 */
export const RtcTokenBuilder2: Signed<typeof rtcDrafts2> = /* @__PURE__ */ signed(rtcDrafts2)

function accountAndPrivilegeDraft(args: AccountAndPrivilegeArguments): Draft {
  const [appId, appCertificate, channelName, account, tokenExpire, join, audio, video, data] = args
  const lives = { join, audio, video, data }
  const service = rtcForLives(channelName, accountText(account), lives)
  return draft007(checkProject(appId, appCertificate), tokenExpire, [service])
}
