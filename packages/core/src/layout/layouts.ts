import type { PrivilegeIds, Privileges } from '../wire/privilege-map.ts'
import type { Rtm2Permission } from './rtm-permissions.ts'

/** What the claims of every service have. */
export interface ClaimsOf<Name extends string> {
  readonly service: Name
  readonly privileges: Privileges
}

/** Claims about one user in one channel. */
export interface ChannelClaims<Name extends string> extends ClaimsOf<Name> {
  readonly channel: string
  /** A uid in decimal, or a user account; empty when the uid is not checked. */
  readonly user: string
}

/** Claims about one user. */
export interface UserClaims<Name extends string> extends ClaimsOf<Name> {
  readonly userId: string
}

/** How a member of a service's claims is written on the wire. */
export type FieldKind = 'text' | 'i16' | 'permissions'

/** What is known of a service: its number, its privileges, its layout. */
export interface ServiceLayout<Claims extends ClaimsOf<string>> {
  /** The number of the service on the wire. */
  readonly type: number
  readonly privilegeIds: PrivilegeIds
  /** Its own members, in the order in which they follow the privileges. */
  readonly fields: {
    readonly [Member in Exclude<keyof Claims, keyof ClaimsOf<string>>]: FieldKind
  }
}

/** Ids on the wire; the same in 006 and 007. */
export const RTC_PRIVILEGE_IDS = {
  joinChannel: 1,
  publishAudioStream: 2,
  publishVideoStream: 3,
  publishDataStream: 4,
} as const
/** Ids on the wire, in 007. In 006 the login has the id 1000. */
const RTM_PRIVILEGE_IDS = { login: 1 } as const
/** Ids on the wire. */
export const STREAMING_PRIVILEGE_IDS = { publishMixStream: 1, publishRawStream: 2 } as const
/** Ids on the wire. */
export const FCDN_PRIVILEGE_IDS = { publish: 1, play: 2 } as const

/** The privileges of the RTC service. */
export type RtcPrivilege = keyof typeof RTC_PRIVILEGE_IDS
/** The privileges of the Streaming service. */
export type StreamingPrivilege = keyof typeof STREAMING_PRIVILEGE_IDS
/** The privileges of the FCDN service. */
export type FcdnPrivilege = keyof typeof FCDN_PRIVILEGE_IDS

/** Video and voice calls: which channel, who, and what they may do there. */
export type RtcClaims = ChannelClaims<'rtc'>
/** Messaging: who may log in. */
export type RtmClaims = UserClaims<'rtm'>
/** Pushing streams: the channel and the user. */
export type StreamingClaims = ChannelClaims<'streaming'>
/** Full-path acceleration. */
export type FpaClaims = ClaimsOf<'fpa'>
/** Chat: who may log in; with the privilege `app` and no user id, the app's own server. */
export type ChatClaims = UserClaims<'chat'>
/** Fusion CDN: which channel, who. */
export type FcdnClaims = ChannelClaims<'fcdn'>
/** Flexible classroom: which room, which user, in which role. */
export interface ApaasClaims extends ClaimsOf<'apaas'> {
  readonly roomUuid: string
  readonly userUuid: string
  /** Signed 16 bits; −1 means no role. */
  readonly role: number
}
/** Messaging with permissions: who may log in, and what they may read and write. */
export interface Rtm2Claims extends ClaimsOf<'rtm2'> {
  readonly userId: string
  readonly permissions: readonly Rtm2Permission[]
}
/** Conversational AI. It has no privileges of its own; it stands beside RTC and RTM in a token. */
export type ConvoAiClaims = ClaimsOf<'convoAI'>
/** Speech to text. It has no privileges of its own; it stands beside RTC and RTM in a token. */
export type SttClaims = ClaimsOf<'stt'>

/** The claims of each service, by the name of the service. */
export interface ServicesByName {
  readonly rtc: RtcClaims
  readonly rtm: RtmClaims
  readonly streaming: StreamingClaims
  readonly fpa: FpaClaims
  readonly chat: ChatClaims
  readonly fcdn: FcdnClaims
  readonly apaas: ApaasClaims
  readonly rtm2: Rtm2Claims
  readonly convoAI: ConvoAiClaims
  readonly stt: SttClaims
}

/** The claims of a service that can be written. */
export type KnownService = ServicesByName[keyof ServicesByName]

/**
 * What is left of a token from the first service on that this version does not know: where such a
 * service ends cannot be told, so it and everything after it are kept as bytes.
 */
export interface UnknownServices {
  readonly service: 'unknown'
  /** The number of the first of them. */
  readonly type: number
  /** How many services the token says are in these bytes. */
  readonly count: number
  /** From the first one's privileges on. */
  readonly bytes: Uint8Array
}

/** The claims of one service of a token. */
export type ServiceClaims = KnownService | UnknownServices

const CHANNEL_AND_USER = { channel: 'text', user: 'text' } as const

/** The layout of each service; the only place that knows them all. */
export const LAYOUTS: {
  readonly [Name in keyof ServicesByName]: ServiceLayout<ServicesByName[Name]>
} = {
  rtc: { type: 1, privilegeIds: RTC_PRIVILEGE_IDS, fields: CHANNEL_AND_USER },
  rtm: { type: 2, privilegeIds: RTM_PRIVILEGE_IDS, fields: { userId: 'text' } },
  streaming: { type: 3, privilegeIds: STREAMING_PRIVILEGE_IDS, fields: CHANNEL_AND_USER },
  // Called Rtns before November 2021.
  fpa: { type: 4, privilegeIds: { login: 1 }, fields: {} },
  chat: { type: 5, privilegeIds: { user: 1, app: 2 }, fields: { userId: 'text' } },
  fcdn: { type: 6, privilegeIds: FCDN_PRIVILEGE_IDS, fields: CHANNEL_AND_USER },
  // Called Education before September 2024.
  apaas: {
    type: 7,
    privilegeIds: { roomUser: 1, user: 2, app: 3 },
    fields: { roomUuid: 'text', userUuid: 'text', role: 'i16' },
  },
  rtm2: {
    type: 8,
    privilegeIds: RTM_PRIVILEGE_IDS,
    fields: { userId: 'text', permissions: 'permissions' },
  },
  // agora-token has these two from 2.0.6 on.
  convoAI: { type: 9, privilegeIds: {}, fields: {} },
  stt: { type: 10, privilegeIds: {}, fields: {} },
}
