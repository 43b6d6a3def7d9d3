import { RtcRole as Role } from '../../builders/role.ts'
import { RtcTokenBuilder2 } from '../../builders/rtc-token-builder-2.ts'
import { uidOrAccountText } from '../../builders/builder-arguments.ts'
import { isRole, lengthOf, tokenLifeOf } from '../original-arguments.ts'
import { orEmpty } from './or-empty.ts'
import { type OriginalRtcAndRtmArguments, rtcAndRtmArguments } from './rtc-and-rtm-arguments.ts'

/** The roles of agora-token; every role but Publisher may only join. */
export const RtcRole: Readonly<Record<'PUBLISHER' | 'SUBSCRIBER', number>> = {
  PUBLISHER: 1,
  SUBSCRIBER: 2,
}

/** Parameters of the functions that take a role. */
export type RoleArguments = [
  appId: string,
  appCertificate: string,
  channelName: string,
  account: string | number,
  role: number,
  tokenExpire: number,
  privilegeExpire?: number,
]

/** Parameters of the functions that take a length of time for each privilege. */
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
 * agora-token's builder of RTC tokens, version 007. All times are seconds from now. `''` when App ID or
 * App Certificate are not 32 hexadecimal digits; a `TokenError` for what cannot be signed correctly.
 */
export const RtcTokenBuilder = {
  /** Builds a token for a user; the number 0 is not checked, the text `"0"` is an account. */
  buildTokenWithUid: (...args: RoleArguments): string => {
    return buildForRole('buildTokenWithUserAccount', args)
  },

  /** Builds what `buildTokenWithUid` builds. */
  buildTokenWithUserAccount: (...args: RoleArguments): string => {
    return buildForRole('buildTokenWithUserAccount', args)
  },

  /** Builds a token with all four privileges, each for its own length of time; 0 is the token's. */
  buildTokenWithUidAndPrivilege: (...args: PrivilegeArguments): string => {
    return buildForPrivileges(args)
  },

  /** Builds what `buildTokenWithUidAndPrivilege` builds. */
  BuildTokenWithUserAccountAndPrivilege: (...args: PrivilegeArguments): string => {
    return buildForPrivileges(args)
  },

  /** Builds a token for RTC and RTM in one, for the same account. */
  buildTokenWithRtm: (...args: RoleArguments): string => {
    return buildForRole('buildTokenWithRtm', args)
  },

  /** Builds a token for RTC and RTM in one, with a user and times for each. */
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
