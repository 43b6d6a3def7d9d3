import type { PrivilegeIds, Privileges } from '../wire/privilege-map.ts'
import type { Rtm2Permission } from './rtm-permissions.ts'

/** What every service in a token has. */
export interface ClaimsOf<Name extends string> {
  readonly service: Name
  readonly privileges: Privileges
}

/** A service for one user in one channel. */
export interface ChannelClaims<Name extends string> extends ClaimsOf<Name> {
  readonly channel: string
  /** A uid in decimal, or a user account; an empty string admits every user. */
  readonly user: string
}

/** A service for one user. */
export interface UserClaims<Name extends string> extends ClaimsOf<Name> {
  readonly userId: string
}

/** How a member of a service is encoded. */
export type FieldKind = 'text' | 'i16' | 'permissions'

/** The layout of a service in a 007 token. */
export interface ServiceLayout<Claims extends ClaimsOf<string>> {
  /** The number of the service in a token. */
  readonly type: number
  readonly privilegeIds: PrivilegeIds
  /** The members that follow the privileges, in their order. */
  readonly fields: {
    readonly [Member in Exclude<keyof Claims, keyof ClaimsOf<string>>]: FieldKind
  }
}

/** Ids in a token, the same in 006 and 007. */
export const RTC_PRIVILEGE_IDS = {
  joinChannel: 1,
  publishAudioStream: 2,
  publishVideoStream: 3,
  publishDataStream: 4,
} as const
/** Ids in a 007 token. In 006, the login has the id 1000. */
const RTM_PRIVILEGE_IDS = { login: 1 } as const
/** Ids in a token. */
export const STREAMING_PRIVILEGE_IDS = { publishMixStream: 1, publishRawStream: 2 } as const
/** Ids in a token. */
export const FCDN_PRIVILEGE_IDS = { publish: 1, play: 2 } as const

/** The privileges of the RTC service. */
export type RtcPrivilege = keyof typeof RTC_PRIVILEGE_IDS
/** The privileges of the Streaming service. */
export type StreamingPrivilege = keyof typeof STREAMING_PRIVILEGE_IDS
/** The privileges of the FCDN service. */
export type FcdnPrivilege = keyof typeof FCDN_PRIVILEGE_IDS

/** Video and voice calls, as a token holds them. Its privileges: {@link RtcPrivilege}. */
export type RtcClaims = ChannelClaims<'rtc'>
/** Messaging, as a token holds it. Its privilege: `login`. */
export type RtmClaims = UserClaims<'rtm'>
/** Pushing streams, as a token holds it. Its privileges: {@link StreamingPrivilege}. */
export type StreamingClaims = ChannelClaims<'streaming'>
/** Full-path acceleration, as a token holds it. Its privilege: `login`. */
export type FpaClaims = ClaimsOf<'fpa'>
/**
 * Chat, as a token holds it. Its privileges: `user`; or `app`, with an empty user id, for the app's own
 * server.
 */
export type ChatClaims = UserClaims<'chat'>
/** Fusion CDN, as a token holds it. Its privileges: {@link FcdnPrivilege}. */
export type FcdnClaims = ChannelClaims<'fcdn'>
/** Flexible classroom, as a token holds it. Its privileges: `roomUser`, `user` or `app`. */
export interface ApaasClaims extends ClaimsOf<'apaas'> {
  /** Empty for a token without a room. */
  readonly roomUuid: string
  /** Empty for a token for the app's own server. */
  readonly userUuid: string
  /** −32768 to 32767; −1 means no role. */
  readonly role: number
}
/** Messaging with permissions, as a token holds it. Its privilege: `login`. */
export interface Rtm2Claims extends ClaimsOf<'rtm2'> {
  readonly userId: string
  readonly permissions: readonly Rtm2Permission[]
}
/** Conversational AI, as a token holds it, together with RTC and RTM. It has no privileges. */
export type ConvoAiClaims = ClaimsOf<'convoAI'>
/** Speech to text, as a token holds it, together with RTC and RTM. It has no privileges. */
export type SttClaims = ClaimsOf<'stt'>

/** Every service that this package knows, by its name. */
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

/** A service of a token that this package knows. */
export type KnownService = ServicesByName[keyof ServicesByName]

/**
 * The rest of a token, from the first service that this package does not know. The length of such a service
 * is unknown, so it and everything after it stay undecoded.
 */
export interface UnknownServices {
  readonly service: 'unknown'
  /** The number of the first unknown service. */
  readonly type: number
  /** How many services these bytes hold, according to the token. */
  readonly count: number
  /** The bytes that follow the number of the first unknown service. */
  readonly bytes: Uint8Array
}

/** One service of a token. `service` tells which. */
export type ServiceClaims = KnownService | UnknownServices

const CHANNEL_AND_USER = { channel: 'text', user: 'text' } as const

/** The layout of each service. No other place lists them all. */
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
  // agora-token has these two since 2.0.6.
  convoAI: { type: 9, privilegeIds: {}, fields: {} },
  stt: { type: 10, privilegeIds: {}, fields: {} },
}
