import { uidOrAccountText } from '../../builders/builder-arguments.ts'
import { RtcRole } from '../../builders/role.ts'
import type { RtcAndRtmArguments } from '../../builders/rtc-and-rtm.ts'
import { lengthOf, tokenLifeOf, userIdOf } from '../original-arguments.ts'

/**
 * The parameters of agora-token's functions that build a token for RTC and RTM with separate users. Every
 * `…Expire` is seconds from now; a privilege of 0 lasts as long as the token.
 */
export type OriginalRtcAndRtmArguments = [
  appId: string,
  appCertificate: string,
  channelName: string,
  rtcAccount: string | number,
  rtcRole: number,
  rtcTokenExpire: number,
  joinChannelPrivilegeExpire: number,
  pubAudioPrivilegeExpire: number,
  pubVideoPrivilegeExpire: number,
  pubDataStreamPrivilegeExpire: number,
  rtmUserId: string | number,
  rtmTokenExpire: number,
]

/** Converts the original's arguments for our builders. */
export function rtcAndRtmArguments(
  args: OriginalRtcAndRtmArguments,
  isPublisher: boolean,
): RtcAndRtmArguments {
  const [appId, appCertificate, channelName, rtcAccount, , rtcTokenExpire, ...rest] = args
  const [join, audio, video, data, rtmUserId, rtmTokenExpire] = rest
  return [
    appId,
    appCertificate,
    channelName,
    uidOrAccountText(rtcAccount),
    isPublisher ? RtcRole.PUBLISHER : RtcRole.SUBSCRIBER,
    tokenLifeOf(rtcTokenExpire, 'rtcTokenExpire'),
    lengthOf(join, 'joinChannelPrivilegeExpire'),
    lengthOf(audio, 'pubAudioPrivilegeExpire'),
    lengthOf(video, 'pubVideoPrivilegeExpire'),
    lengthOf(data, 'pubDataStreamPrivilegeExpire'),
    userIdOf(rtmUserId),
    lengthOf(rtmTokenExpire, 'rtmTokenExpire'),
  ]
}
