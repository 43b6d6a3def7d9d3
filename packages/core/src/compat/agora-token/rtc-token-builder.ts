import { RtcRole as Role } from '../../builders/role.ts'
import { RtcTokenBuilder2 } from '../../builders/rtc-token-builder-2.ts'
import { uidOrAccountText } from '../../builders/builder-arguments.ts'
import { isRole, lengthOf, tokenLifeOf } from '../original-arguments.ts'
import { orEmpty } from './or-empty.ts'
import { type OriginalRtcAndRtmArguments, rtcAndRtmArguments } from './rtc-and-rtm-arguments.ts'

/** The roles of agora-token. Every role except Publisher may only join. */
export const RtcRole: Readonly<Record<'PUBLISHER' | 'SUBSCRIBER', number>> = {
  PUBLISHER: 1,
  SUBSCRIBER: 2,
}

/** The parameters of the functions with a role. `tokenExpire` and `privilegeExpire` are seconds from now. */
export type RoleArguments = [
  appId: string,
  appCertificate: string,
  channelName: string,
  account: string | number,
  role: number,
  tokenExpire: number,
  privilegeExpire?: number,
]

/** The parameters of the functions with a duration for each privilege. Every `…Expire` is seconds from now. */
export type PrivilegeArguments = [
  appId: string,
  appCertificate: string,
  channelName: string,
  account: string | number,
  tokenExpire: number,
  joinChannelPrivilegeExpire: number,
  pubAudioPrivilegeExpire: number,
  pubVideoPrivilegeExpire: number,
  pubDataStreamPrivilegeExpire: number,
]

/**
 * Builds RTC tokens of version 007, like agora-token. Every `…Expire` is seconds from now, and 1000000000 or
 * more causes a warning; a privilege of 0, the default, lasts as long as the token. The functions return `''`
 * when the App ID or the App Certificate is not 32 hexadecimal digits, and throw a `TokenError`: TTL_INVALID
 * without `tokenExpire`, UID_INVALID, CHANNEL_INVALID, USER_ID_INVALID, CLAIM_INVALID.
 */
export const RtcTokenBuilder = {
  /** Builds a token for a user. The number 0 admits every user; the string `"0"` is an account. */
  buildTokenWithUid: (...args: RoleArguments): string => {
    return buildForRole('buildTokenWithUserAccount', args)
  },

  /** The same function as `buildTokenWithUid`. */
  buildTokenWithUserAccount: (...args: RoleArguments): string => {
    return buildForRole('buildTokenWithUserAccount', args)
  },

  /** Builds a token with all four privileges, each for its own time; 0 means as long as the token. */
  buildTokenWithUidAndPrivilege: (...args: PrivilegeArguments): string => {
    return buildForPrivileges(args)
  },

  /** The same function as `buildTokenWithUidAndPrivilege`. */
  BuildTokenWithUserAccountAndPrivilege: (...args: PrivilegeArguments): string => {
    return buildForPrivileges(args)
  },

  /** Builds one token for RTC and RTM, for the same account. */
  buildTokenWithRtm: (...args: RoleArguments): string => {
    return buildForRole('buildTokenWithRtm', args)
  },

  /** Builds one token for RTC and RTM with separate users and lifetimes. */
  buildTokenWithRtm2: (...args: OriginalRtcAndRtmArguments): string => {
    return orEmpty(args[0], args[1], () =>
      RtcTokenBuilder2.buildTokenWithRtm2(...rtcAndRtmArguments(args, isRole(args[4], 1))),
    )
  },
}

function buildForRole(
  name: 'buildTokenWithUserAccount' | 'buildTokenWithRtm',
  args: RoleArguments,
): string {
  const [appId, appCertificate, channelName, account, role, tokenExpire, privilegeExpire] = args
  return orEmpty(appId, appCertificate, () =>
    RtcTokenBuilder2[name](
      appId,
      appCertificate,
      channelName,
      uidOrAccountText(account),
      isRole(role, 1) ? Role.PUBLISHER : Role.SUBSCRIBER,
      tokenLifeOf(tokenExpire, 'tokenExpire'),
      lengthOf(privilegeExpire, 'privilegeExpire'),
    ),
  )
}

function buildForPrivileges(args: PrivilegeArguments): string {
  const [appId, appCertificate, channelName, account, tokenExpire, join, audio, video, data] = args
  return orEmpty(appId, appCertificate, () =>
    RtcTokenBuilder2.buildTokenWithUserAccountAndPrivilege(
      appId,
      appCertificate,
      channelName,
      uidOrAccountText(account),
      tokenLifeOf(tokenExpire, 'tokenExpire'),
      lengthOf(join, 'joinChannelPrivilegeExpire'),
      lengthOf(audio, 'pubAudioPrivilegeExpire'),
      lengthOf(video, 'pubVideoPrivilegeExpire'),
      lengthOf(data, 'pubDataStreamPrivilegeExpire'),
    ),
  )
}
