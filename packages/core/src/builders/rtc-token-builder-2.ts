import { accountText, uidText } from './builder-arguments.ts'
import { rtcForLives, rtcForRole, rtmLogin } from './claims-007.ts'
import { checkProject, type Draft, draft007 } from './draft.ts'
import { type RtcAndRtmArguments, rtcAndRtmDraft } from './rtc-and-rtm.ts'
import { type Signed, signed } from './signed.ts'

/**
 * The parameters of `buildTokenWithUserAccountAndPrivilege`. Every `…Expire` is seconds from now; a
 * privilege of 0 lasts as long as the token.
 */
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
   * Builds a token for a uid. `uid` 0 admits every user.
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
   * Builds a token for a user account; an empty one admits every user.
   *
   * @throws {TokenError} the errors of `buildTokenWithUid`, but ACCOUNT_INVALID instead of UID_INVALID
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

  /** The same as `buildTokenWithUserAccount`, under the name that some ports use. */
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
   * Builds a token for a uid with all four privileges, each for its own time.
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
   * Builds a token for a user account with all four privileges, each for its own time.
   *
   * @throws {TokenError} the errors of `buildTokenWithUidAndPrivilege`, but ACCOUNT_INVALID instead of
   *   UID_INVALID
   */
  buildTokenWithUserAccountAndPrivilege(...args: AccountAndPrivilegeArguments): Draft {
    return accountAndPrivilegeDraft(args)
  },

  /** The same as `buildTokenWithUserAccountAndPrivilege`, in the spelling of Agora's Node.js source. */
  BuildTokenWithUserAccountAndPrivilege(...args: AccountAndPrivilegeArguments): Draft {
    return accountAndPrivilegeDraft(args)
  },

  /**
   * Builds one token for RTC and RTM, for the same account. The RTM login lasts as long as the token, not
   * as long as the privileges.
   *
   * @throws {TokenError} the errors of `buildTokenWithUserAccount`
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
   * Builds one token for RTC and RTM with separate users and lifetimes. The token expires after
   * `rtcTokenExpire`. The second service is RTM, not RTM2.
   *
   * @throws {TokenError} USER_ID_INVALID, and the errors of `buildTokenWithUserAccount`
   */
  buildTokenWithRtm2(...args: RtcAndRtmArguments): Draft {
    return rtcAndRtmDraft(args)
  },
}

/**
 * Builds RTC tokens of version 007. Every `…Expire` is seconds from now; a privilege of 0, the default,
 * lasts as long as the token, and nothing lasts longer than 24 hours. Only Publisher (1) may publish; every
 * other role, even Attendee and Admin, may only join.
 */
export const RtcTokenBuilder2: Signed<typeof rtcDrafts2> = /* @__PURE__ */ signed(rtcDrafts2)

function accountAndPrivilegeDraft(args: AccountAndPrivilegeArguments): Draft {
  const [appId, appCertificate, channelName, account, tokenExpire, join, audio, video, data] = args
  const lives = { join, audio, video, data }
  const service = rtcForLives(channelName, accountText(account), lives)
  return draft007(checkProject(appId, appCertificate), tokenExpire, [service])
}
