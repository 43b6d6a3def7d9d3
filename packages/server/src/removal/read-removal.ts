import { checkAccount, checkChannel, checkUid, type Identity } from '@rtc-token/core'
import { type ServiceName, SERVICES } from '@rtc-token/core/contract'

import { subjectIdOf } from '../auth/subject.ts'
import {
  ANYTHING,
  integer,
  kind,
  listOutOf,
  optional,
  own,
  readMembers,
  requireKind,
  shown,
} from '../checks/kind.ts'
import type { UserBans } from './user-bans.ts'

/** A user, as tokens name users or as the app knows its callers: exactly one of the three. */
export type RemovedUser<S> =
  | (Identity & { readonly subject?: undefined })
  | {
      /** What `authenticate` returns for a caller, or its id: every token that this caller asks for is refused. */
      readonly subject: S | string | number | bigint
      readonly uid?: undefined
      readonly account?: undefined
    }

/** The user whom `readmit` lets in again. Name the user and the place as in `remove`. */
export type Readmission<S> = RemovedUser<S> & {
  /** Limits calls only, because messaging and chat have no channels. Default: every channel. */
  readonly channel?: string
  /** Default: `['rtc']` with a channel, otherwise all. */
  readonly services?: readonly ServiceName[]
  /** For the audit, never shown to the caller. */
  readonly reason?: string
  /** Agora's REST API, to put the user out of the call as well. Needs `uid` or `account`. */
  readonly rest?: UserBans
}

/** The user whom `remove` keeps out, and where, and for how long. */
export type Removal<S> = Readmission<S> & {
  /** From now; default: `ttl.max`, after which no token that is out is valid. At most one of `seconds` and `until`. */
  readonly seconds?: number
  /** Unix seconds, in the future. */
  readonly until?: number
}

/** A checked removal or readmission. @internal */
export interface RemovalOrder {
  readonly identity: Identity | undefined
  readonly subjectId: string | undefined
  readonly channel: string | undefined
  readonly services: readonly ServiceName[] | undefined
  readonly reason: string | undefined
  readonly rest: UserBans | undefined
}

/** The members of both, unchecked. */
interface Given {
  readonly uid?: number | undefined
  readonly account?: string | undefined
  readonly subject?: unknown
  readonly channel?: string | undefined
  readonly services?: readonly ServiceName[] | undefined
  readonly reason?: string | undefined
  readonly rest?: UserBans | undefined
}

const READMISSION = {
  uid: optional(own(checkUid)),
  account: optional(own(checkAccount)),
  subject: optional(ANYTHING),
  channel: optional(own(checkChannel)),
  services: optional(listOutOf(SERVICES)),
  reason: optional(kind('text', (value) => typeof value === 'string')),
  rest: optional(kind('createAgoraRest(…)', (rest) => typeof Object(rest).ban === 'function')),
}
const SECONDS = integer(1, 999_999_999)
const UNIX_SECONDS = integer(1, 99_999_999_999)
const REMOVAL = { ...READMISSION, seconds: optional(SECONDS), until: optional(UNIX_SECONDS) }

/**
 * Checks a removal: the user, the place, and how many seconds it lasts from now.
 *
 * @internal
 * @param now - Unix seconds, an integer
 * @param maxTtl - the seconds of a removal that says nothing of time
 * @throws {TypeError} when a member is missing, unknown, of the wrong type or out of range
 * @throws {TokenError} UID_INVALID, ACCOUNT_INVALID or CHANNEL_INVALID
 */
export function readRemoval(
  given: Given & { readonly seconds?: number | undefined; readonly until?: number | undefined },
  now: number,
  maxTtl: number,
): RemovalOrder & { readonly seconds: number } {
  const wording = { whole: 'remove', member: 'remove: ', got: shown }
  const { seconds, until, ...order } = readMembers(given, wording, REMOVAL)
  if (seconds !== undefined && until !== undefined) {
    throw new TypeError('remove: seconds or until expected, got both')
  }
  const left = until === undefined ? (seconds ?? maxTtl) : until - now
  requireKind(left, SECONDS, 'remove: seconds until then', shown)
  return { ...orderOf('remove', order), seconds: left }
}

/**
 * Checks a readmission: the user and the place.
 *
 * @internal
 * @throws {TypeError} when a member is missing, unknown or of the wrong type
 * @throws {TokenError} UID_INVALID, ACCOUNT_INVALID or CHANNEL_INVALID
 */
export function readReadmission(given: Given): RemovalOrder {
  const wording = { whole: 'readmit', member: 'readmit: ', got: shown }
  return orderOf('readmit', readMembers(given, wording, READMISSION))
}

type Order = { readonly [Name in keyof Given]-?: Given[Name] }

function orderOf(what: string, { uid, account, subject, ...order }: Order): RemovalOrder {
  const named = [uid, account, subject].filter((name) => name !== undefined)
  if (named.length !== 1) throw new TypeError(`${what}: one of uid, account, subject expected`)
  const identity = uid === undefined ? account && { account } : { uid }
  const subjectId = subjectIdOf(subject)
  if (!identity && subjectId === undefined) {
    throw new TypeError(`${what}: subject: a caller with an id, or the id expected`)
  }
  if (order.rest) checkBan(what, identity, order.services)
  return { ...order, identity: identity || undefined, subjectId }
}

function checkBan(
  what: string,
  identity: unknown,
  services: readonly ServiceName[] | undefined,
): void {
  if (!identity) throw new TypeError(`${what}: rest needs uid or account, which Agora knows`)
  if (services?.includes('rtc') === false) {
    throw new TypeError(`${what}: rest is for calls, and services has no rtc`)
  }
}
