import type { ChannelClaims, ServiceLayout } from './service-layout.ts'

/** Ids on the wire; the same in 006 and 007. */
export const RTC_PRIVILEGE_IDS = {
  joinChannel: 1,
  publishAudioStream: 2,
  publishVideoStream: 3,
  publishDataStream: 4,
} as const

/** The privileges of the RTC service. */
export type RtcPrivilege = keyof typeof RTC_PRIVILEGE_IDS

/** Video and voice calls: which channel, who, and what they may do there. */
export type RtcClaims = ChannelClaims<'rtc'>

/** The RTC service. */
export const rtcLayout: ServiceLayout<RtcClaims> = {
  type: 1,
  privilegeIds: RTC_PRIVILEGE_IDS,
  fields: { channel: 'text', user: 'text' },
}
