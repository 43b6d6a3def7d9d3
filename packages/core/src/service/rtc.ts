import type { Privileges } from '../wire/privilege-map.ts'
import type { ServiceCodec } from './service-codec.ts'

/** Ids on the wire; the same in 006 and 007. */
export const RTC_PRIVILEGE_IDS = {
  joinChannel: 1,
  publishAudioStream: 2,
  publishVideoStream: 3,
  publishDataStream: 4,
} as const

/** The privileges of the RTC service. */
export type RtcPrivilege = keyof typeof RTC_PRIVILEGE_IDS

/** The RTC part of a token: which channel, who, and what they may do there. */
export interface RtcClaims {
  readonly service: 'rtc'
  readonly channel: string
  /** A uid in decimal, or a user account; empty when the uid is not checked. */
  readonly user: string
  readonly privileges: Privileges
}

/** Layout of the RTC service: channel, then user. */
export const rtcCodec: ServiceCodec<RtcClaims> = {
  type: 1,
  privilegeIds: RTC_PRIVILEGE_IDS,
  writePayload(writer, { channel, user }) {
    writer.text(channel, 'channel').text(user, 'user')
  },
  readPayload(reader, privileges) {
    const channel = reader.text('channel')
    return { service: 'rtc', channel, user: reader.text('user'), privileges }
  },
}
