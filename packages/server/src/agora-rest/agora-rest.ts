/**
 * Bans users from channels and lists who is in a channel, with Agora's channel management API.
 *
 * @module
 */

import { checkAppId, checkChannel, checkUid } from '@rtc-token/core'

import {
  FUNCTION,
  integer,
  isJsonObject,
  type JsonObject,
  kind,
  OBJECT,
  optional,
  readMembers,
} from '../checks/kind.ts'
import { AgoraRestError } from './agora-rest-error.ts'
import { type AgoraCall, createCall } from './call-agora.ts'
import { memoryPace, type RestPace } from './rest-pace.ts'

export { AgoraRestError, type AgoraRestErrorCode, type AgoraRestFault } from './agora-rest-error.ts'
export { memoryPace, type PaceRedis, redisPace, type RestPace } from './rest-pace.ts'

/** Options of {@link createAgoraRest}. */
export interface AgoraRestOptions {
  /** The customer ID from the Agora console, under _RESTful API_. It is not the App ID. */
  readonly customerId: string
  /** The customer secret that belongs to the customer ID. */
  readonly customerSecret: string
  /** 32 hexadecimal digits. */
  readonly appId: string
  /** Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch
  /**
   * Origins of the API, tried in this order: `https`, or `http` on loopback. Default `https://api.agora.io`, then
   * `https://api.sd-rtn.com`; reverse them for servers in mainland China.
   */
  readonly hosts?: readonly string[]
  /** Milliseconds to wait for each host: 1 to 60 000. Default 10 000; Agora recommends at least 5000. */
  readonly timeoutMs?: number
  /**
   * Limits the client to 10 calls a second. Default `memoryPace()`; with several processes, `redisPace({ client })`.
   */
  readonly pace?: RestPace
  /** Waits for a number of milliseconds. Default: `setTimeout`. */
  readonly sleep?: (ms: number) => Promise<void>
  /** Unix time in milliseconds. Default `Date.now`. */
  readonly clock?: () => number
}

/** What a ban forbids. */
export type BannedPrivilege = 'join_channel' | 'publish_audio' | 'publish_video'

/** A user in a channel, or in every channel of the project. */
export interface RestUser {
  /** Default: every channel of the project. */
  readonly channel?: string
  /** 1 to 4294967295. Required. */
  readonly uid?: number
  /** Refused with `account_refused`: Agora bans by uid. Notifications and `usersOf` give the uid of an account. */
  readonly account?: string
}

/** A user to ban, and for how long. */
export interface BanRequest extends RestUser {
  /** Length of the ban: integer 10 to 86430, Agora's range. The maximum is 30 seconds more than a token can live. */
  readonly seconds: number
  /** At least one. Default `['join_channel']`, which also disconnects the user. */
  readonly privileges?: readonly BannedPrivilege[]
}

/** A ban that is in force. Without `channel`, `uid` or `ip` it applies to every channel, user or address. */
export interface AgoraBan {
  readonly id: number
  readonly channel?: string
  readonly uid?: number
  readonly ip?: string
  /** Unix seconds. */
  readonly expiresAt?: number
  readonly privileges: readonly string[]
}

/** The users in a channel, by uid. */
export interface UsersOfChannel {
  readonly exists: boolean
  /** The users who may publish. In a channel without roles, all users. */
  readonly users: readonly number[]
  /** The audience. Agora lists the first 10 000. */
  readonly audience: readonly number[]
}

/** Whether a user is in a channel. */
export interface UserStatus {
  readonly isInChannel: boolean
  /** Unix seconds. */
  readonly joinedAt?: number
  readonly role?: 'communication' | 'broadcaster' | 'audience' | 'unknown'
}

/** A client of Agora's channel management API. */
export interface AgoraRest {
  /**
   * Bans a user, and disconnects the user unless `privileges` lacks `join_channel`. Resolves with the id of the ban.
   * Keep it: during an outage of Agora's network, `bans` may not list every ban.
   *
   * @throws {AgoraRestError} account_refused, or the code of the failed call
   * @throws {TypeError} when `seconds` or `privileges` is out of range
   * @throws {TokenError} UID_INVALID or CHANNEL_INVALID
   */
  ban(request: BanRequest): Promise<{ readonly id: number }>
  /**
   * Lifts one ban by its id, or every ban of a user in this channel; without `channel`, those that apply to every
   * channel. Resolves with their number.
   *
   * @throws {AgoraRestError} account_refused, or the code of the failed call
   * @throws {TokenError} UID_INVALID or CHANNEL_INVALID
   */
  unban(which: { readonly id: number } | RestUser): Promise<number>
  /** Lists the bans of the project. @throws {AgoraRestError} the code of the failed call */
  bans(): Promise<readonly AgoraBan[]>
  /**
   * Lists the users in a channel.
   *
   * @throws {AgoraRestError} the code of the failed call
   * @throws {TokenError} CHANNEL_INVALID
   */
  usersOf(channel: string): Promise<UsersOfChannel>
  /**
   * Tells whether a user is in a channel, since when and in which role.
   *
   * @throws {AgoraRestError} the code of the failed call
   * @throws {TokenError} UID_INVALID or CHANNEL_INVALID
   */
  userIn(user: { readonly channel: string; readonly uid: number }): Promise<UserStatus>
}

const RULES = '/dev/v1/kicking-rule'
const USERS = '/dev/v1/channel/user'
const PRIVILEGES: readonly unknown[] = ['join_channel', 'publish_audio', 'publish_video']
const ROLES: readonly UserStatus['role'][] = ['unknown', 'communication', 'broadcaster', 'audience']

const WORDING = { whole: 'createAgoraRest options', member: 'createAgoraRest: ' }
const PRINTABLE = kind(
  'printable ASCII',
  (value) => typeof value === 'string' && /^[!-~]+$/.test(value),
)
const OPTIONS = {
  customerId: kind('printable ASCII without a colon', (value) => {
    return typeof value === 'string' && /^[!-9;-~]+$/.test(value)
  }),
  customerSecret: PRINTABLE,
  appId: PRINTABLE,
  fetch: optional(FUNCTION, (...call: Parameters<typeof globalThis.fetch>) => fetch(...call)),
  hosts: optional(kind('a list of https:// origins', isHosts), [
    'https://api.agora.io',
    'https://api.sd-rtn.com',
  ]),
  timeoutMs: optional(integer(1, 60_000), 10_000),
  pace: optional(OBJECT),
  sleep: optional(FUNCTION, (ms: number) => new Promise<void>((wake) => setTimeout(wake, ms))),
  clock: optional(FUNCTION, () => Date.now()),
}

/**
 * Creates a client of Agora's channel management API. Pass it to `handler.remove` as `rest`. The client makes at most
 * 10 calls a second, Agora's limit for an account. When a host fails it tries the next one, and it retries once after
 * a `Retry-After` of up to 5 seconds.
 *
 * @throws {TypeError} when an option is missing, unknown, of the wrong type or out of range
 * @throws {TokenError} APP_ID_INVALID
 * @see https://docs.agora.io/en/api-reference/api-ref/rtc/create-ban-rule
 *
 * @example
 * const rest = createAgoraRest({
 *   customerId: process.env.AGORA_CUSTOMER_ID,
 *   customerSecret: process.env.AGORA_CUSTOMER_SECRET,
 *   appId: process.env.AGORA_APP_ID,
 * })
 * await rest.ban({ channel: 'room-42', uid: 7, seconds: 86_430 })
 */
export function createAgoraRest(options: AgoraRestOptions): AgoraRest {
  const { customerId, customerSecret, ...read } = readMembers(options, WORDING, OPTIONS)
  const appid = checkAppId(read.appId)
  const credential = btoa(`${customerId}:${customerSecret}`)
  const call = createCall({
    ...read,
    pace: read.pace ?? memoryPace(),
    authorization: `Basic ${credential}`,
    secrets: [credential, customerSecret],
  })
  const bans = async (): Promise<readonly AgoraBan[]> =>
    listOf((await call({ method: 'GET', path: `${RULES}?appid=${appid}` }))['rules']).map(toBan)
  const lift = (id: number): Promise<unknown> =>
    call({ method: 'DELETE', path: RULES, body: { appid, id } })
  return {
    async ban(request) {
      const { id } = await call(banCall(appid, request))
      if (typeof id === 'number') return { id }
      throw unreadable('a ban without an id')
    },
    async unban(which) {
      const ids = 'id' in which ? [which.id] : idsOf(await bans(), readUser('unban', which))
      for (const id of ids) await lift(id)
      return ids.length
    },
    bans,
    async usersOf(channel) {
      const name = encodeURIComponent(checkChannel(channel))
      return toUsers(dataOf(await call({ method: 'GET', path: `${USERS}/${appid}/${name}` })))
    },
    async userIn({ channel, uid }) {
      const who = `${checkUid(uid)}/${encodeURIComponent(checkChannel(channel))}`
      const path = `${USERS}/property/${appid}/${who}`
      return toStatus(dataOf(await call({ method: 'GET', path })))
    },
  }
}

function banCall(appid: string, request: BanRequest): AgoraCall {
  const { seconds, privileges = ['join_channel'] } = request
  const { uid, channel } = readUser('ban', request)
  if (!(Number.isInteger(seconds) && seconds >= 10 && seconds <= 86_430)) {
    const hint = seconds >= 1e9 ? '; that is a timestamp, not a length of time' : ''
    const expected = 'ban: seconds: integer 10 to 86430 expected'
    throw new TypeError(`${expected}, got ${String(seconds)}${hint}`)
  }
  if (privileges.length === 0 || !privileges.every((name) => PRIVILEGES.includes(name))) {
    throw new TypeError(`ban: privileges: a list of some of ${PRIVILEGES.join(', ')} expected`)
  }
  // `time` would be minutes.
  const rule = { appid, ...(channel !== undefined && { cname: channel }), uid }
  return { method: 'POST', path: RULES, body: { ...rule, time_in_seconds: seconds, privileges } }
}

interface NumberedUser {
  readonly uid: number
  readonly channel: string | undefined
}

// Without a uid Agora would close the channel for all users.
function readUser(what: string, { uid, account, channel }: RestUser): NumberedUser {
  if (account !== undefined) {
    const where = 'find it in the notifications about the user, or with usersOf(channel)'
    throw new AgoraRestError('account_refused', `${what}: Agora needs the numeric uid: ${where}`)
  }
  return { uid: checkUid(uid), channel: channel === undefined ? undefined : checkChannel(channel) }
}

function idsOf(bans: readonly AgoraBan[], { uid, channel }: NumberedUser): readonly number[] {
  return bans.filter((ban) => ban.uid === uid && ban.channel === channel).map(({ id }) => id)
}

function toBan(rule: JsonObject): AgoraBan {
  const { id, cname, uid, ip, ts, privileges } = rule
  if (typeof id !== 'number') throw unreadable('a ban without an id')
  const endsMs = Date.parse(String(ts))
  return {
    id,
    ...(typeof cname === 'string' && cname !== '' && { channel: cname }),
    ...(typeof uid === 'number' && uid !== 0 && { uid }),
    ...(typeof ip === 'string' && ip !== '' && { ip }),
    ...(Number.isFinite(endsMs) && { expiresAt: Math.floor(endsMs / 1000) }),
    privileges: Array.isArray(privileges) ? privileges.map(String) : [],
  }
}

function toUsers(data: JsonObject): UsersOfChannel {
  const { channel_exist: exists, users, broadcasters, audience } = data
  return {
    exists: exists === true,
    users: numbersOf(users ?? broadcasters),
    audience: numbersOf(audience),
  }
}

function toStatus({ in_channel: isIn, join, role }: JsonObject): UserStatus {
  if (isIn !== true) return { isInChannel: false }
  return {
    isInChannel: true,
    ...(typeof join === 'number' && { joinedAt: join }),
    role: (typeof role === 'number' ? ROLES[role] : undefined) ?? 'unknown',
  }
}

function dataOf({ data }: JsonObject): JsonObject {
  if (isJsonObject(data)) return data
  throw unreadable('no data')
}

function listOf(rules: unknown): readonly JsonObject[] {
  if (Array.isArray(rules) && rules.every(isJsonObject)) return rules
  throw unreadable('no list of rules')
}

function numbersOf(list: unknown): readonly number[] {
  return Array.isArray(list) ? list.filter((entry) => typeof entry === 'number') : []
}

function unreadable(what: string): AgoraRestError {
  return new AgoraRestError('unreadable', `Agora gave an unexpected answer: ${what}`)
}

function isHosts(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isOrigin)
}

// The request carries the credentials unencrypted, so plain HTTP is allowed on loopback only.
function isOrigin(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false
  const { origin, protocol, hostname } = new URL(value)
  const isLocal = ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)
  return origin === value && (protocol === 'https:' || (protocol === 'http:' && isLocal))
}
