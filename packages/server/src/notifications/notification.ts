import { isJsonObject, type JsonObject } from '../checks/kind.ts'

/** The members of every notification. */
export interface NotificationEnvelope {
  /** Identifies the event; the same in every delivery. */
  readonly noticeId: string
  /** Agora's number for the product. 1: calls and live streaming. */
  readonly productId: number
  /** Agora's number for the event. */
  readonly eventType: number
  /** Unix milliseconds of this delivery; a repeated delivery has a later time. */
  readonly notifyMs: number
  /** Agora's id of the session, if it sends one. */
  readonly sid?: string
  /** The payload as Agora sent it. */
  readonly payload: Readonly<Record<string, unknown>>
}

/** The members of every event of a channel. */
export interface ChannelEvent extends NotificationEnvelope {
  readonly channel: string
  /** When it happened, in Unix seconds. */
  readonly occurredAt: number
}

/** The members of every event of a user. */
export interface UserEvent extends ChannelEvent {
  readonly uid: number
  /** Present when the user joined with an account. */
  readonly account?: string
  /** Agora's sequence number for the events of one user, which it delivers in any order. */
  readonly clientSeq?: number
}

/** The role of a user in a channel. `communication`: the channel has no roles. */
export type ChannelRole = 'broadcaster' | 'audience' | 'communication'

/** A channel was created or destroyed. */
export interface ChannelLife extends ChannelEvent {
  readonly type: 'channel.created' | 'channel.destroyed'
  /** The last user to leave, if Agora sends it with `channel.destroyed`. */
  readonly lastUid?: number
}

/** A user joined. */
export interface UserJoined extends UserEvent {
  readonly type: 'user.joined'
  readonly role: ChannelRole
}

/** A user left, was disconnected or was removed. */
export interface UserLeft extends UserEvent {
  readonly type: 'user.left'
  readonly role: ChannelRole
  readonly reason: LeaveReason
  /** Agora's number for the reason. */
  readonly reasonCode?: number
  /** How long the user was in the channel, in seconds. */
  readonly durationSeconds?: number
}

/** A user's role changed. */
export interface UserRoleChanged extends UserEvent {
  readonly type: 'user.role'
  /** The new role. */
  readonly role: 'broadcaster' | 'audience'
}

/** An event without a type in this package; read `eventType` and `payload`. */
export interface OtherNotification extends NotificationEnvelope {
  readonly type: 'other'
}

/** A notification from Agora; `type` tells them apart. */
export type AgoraNotification =
  | ChannelLife
  | UserJoined
  | UserLeft
  | UserRoleChanged
  | OtherNotification

const REASONS = {
  1: 'left',
  2: 'timed_out',
  // By an administrator, for example with a ban through the REST API.
  3: 'removed',
  // Agora moved the user to another of its servers.
  4: 'server',
  5: 'other_device',
  9: 'addresses_changed',
  10: 'network',
  12: 'token',
  99: 'network',
  // The user joins and leaves too often.
  999: 'abnormal',
} as const

/**
 * Why a user left. `removed`: by an administrator, for example with a ban. `server`: Agora moved the user to another
 * of its servers, and the SDK reconnects by itself. `token`: the token was invalid or expired. `abnormal`: the user
 * joins and leaves too often; Agora recommends banning such a user after 60 seconds, or later events may be missing.
 *
 * @see https://docs.agora.io/en/api-reference/api-ref/rtc/channel-event-types
 */
export type LeaveReason = (typeof REASONS)[keyof typeof REASONS] | 'unknown'

const RTC = 1
const KINDS: Readonly<Record<number, (payload: JsonObject) => object>> = {
  101: () => ({ type: 'channel.created' }),
  102: ({ lastUid }) => ({ type: 'channel.destroyed', ...(isWhole(lastUid) && { lastUid }) }),
  103: (payload) => ({ type: 'user.joined', role: 'broadcaster', ...userOf(payload) }),
  104: (payload) => ({ role: 'broadcaster', ...departureOf(payload) }),
  105: (payload) => ({ type: 'user.joined', role: 'audience', ...userOf(payload) }),
  106: (payload) => ({ role: 'audience', ...departureOf(payload) }),
  107: (payload) => ({ type: 'user.joined', role: 'communication', ...userOf(payload) }),
  108: (payload) => ({ role: 'communication', ...departureOf(payload) }),
  111: (payload) => ({ type: 'user.role', role: 'broadcaster', ...userOf(payload) }),
  112: (payload) => ({ type: 'user.role', role: 'audience', ...userOf(payload) }),
}

/**
 * Reads a notification; `undefined` if a required member is missing or malformed. A known event with an unknown
 * payload becomes `other`, because Agora may change its events.
 *
 * @internal
 * @see https://docs.agora.io/en/api-reference/api-ref/rtc/channel-event-types
 */
export function readNotification(json: unknown): AgoraNotification | undefined {
  const envelope = envelopeOf(json)
  if (!envelope) return undefined
  const { productId, eventType, payload } = envelope
  const { channelName: channel, ts: occurredAt } = payload
  const details = productId === RTC ? KINDS[eventType]?.(payload) : undefined
  const event = { ...envelope, channel, occurredAt, ...details }
  if (details && isTyped(event)) return event
  return { ...envelope, type: 'other' }
}

function envelopeOf(json: unknown): NotificationEnvelope | undefined {
  if (!isJsonObject(json)) return undefined
  const { noticeId, productId, eventType, notifyMs, sid, payload } = json
  if (typeof noticeId !== 'string' || noticeId === '' || noticeId.length > MAX_ID) return undefined
  if (!isWhole(productId) || !isWhole(eventType) || !isWhole(notifyMs)) return undefined
  if (!isJsonObject(payload)) return undefined
  const session = typeof sid === 'string' ? { sid } : {}
  return { noticeId, productId, eventType, notifyMs, ...session, payload }
}

// The id becomes a key in the memory of notices.
const MAX_ID = 256

function departureOf(payload: JsonObject): object {
  const { reason: reasonCode, duration: durationSeconds } = payload
  return {
    type: 'user.left',
    reason: isReason(reasonCode) ? REASONS[reasonCode] : 'unknown',
    ...(isWhole(reasonCode) && { reasonCode }),
    ...(isWhole(durationSeconds) && { durationSeconds }),
    ...userOf(payload),
  }
}

function isReason(code: unknown): code is keyof typeof REASONS {
  return isWhole(code) && Object.hasOwn(REASONS, code)
}

function userOf({ uid, account, clientSeq }: JsonObject): object {
  return {
    uid,
    ...(typeof account === 'string' && account !== '' && { account }),
    ...(isWhole(clientSeq) && { clientSeq }),
  }
}

function isTyped(event: object): event is AgoraNotification {
  const { channel, occurredAt, uid = 0 }: JsonObject = { ...event }
  return typeof channel === 'string' && isWhole(occurredAt) && isWhole(uid) && !lacksUser(event)
}

function lacksUser(event: object): boolean {
  return 'uid' in event && event.uid === undefined
}

function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
