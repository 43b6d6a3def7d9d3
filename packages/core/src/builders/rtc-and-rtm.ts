import type { KnownService } from '../layout/layouts.ts'
import { rtcForRoleAndLives, rtmLogin } from './claims-007.ts'
import { checkProject, type Draft, draft007 } from './draft.ts'

/**
 * The parameters of the functions that build a token for RTC and RTM with separate users. Every `…Expire`
 * is seconds from now; a privilege of 0 lasts as long as the token.
 */
export type RtcAndRtmArguments = [
  appId: string,
  appCertificate: string,
  channelName: string,
  rtcAccount: string,
  rtcRole: number,
  rtcTokenExpire: number,
  joinChannelPrivilegeExpire: number,
  pubAudioPrivilegeExpire: number,
  pubVideoPrivilegeExpire: number,
  pubDataStreamPrivilegeExpire: number,
  rtmUserId: string,
  rtmTokenExpire: number,
]

/** Drafts a token for RTC, RTM and any other services. */
export function rtcAndRtmDraft(args: RtcAndRtmArguments, ...others: KnownService[]): Draft {
  const [appId, appCertificate, channelName, rtcAccount, rtcRole, rtcTokenExpire, ...rest] = args
  const [join, audio, video, data, rtmUserId, rtmTokenExpire] = rest
  const rtc = rtcForRoleAndLives(channelName, rtcAccount, rtcRole, { join, audio, video, data })
  const services = [rtc, rtmLogin(rtmUserId, rtmTokenExpire), ...others]
  return draft007(checkProject(appId, appCertificate), rtcTokenExpire, services)
}
