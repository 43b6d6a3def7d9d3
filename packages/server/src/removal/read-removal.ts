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

/** A user: by the `uid` or `account` in tokens, or by the caller's `subject`. Give exactly one of the three. */
export type RemovedUser<S> =
  | (Identity & { readonly subject?: undefined })
  | {
      /** What `authenticate` returns for the caller, or its id. Every token that this caller requests is refused. */
      readonly subject: S | string | number | bigint
      readonly uid?: undefined
      readonly account?: undefined
    }

/** The argument of `handler.readmit`. Give the same user, channel and services as to `remove`. */
export type Readmission<S> = RemovedUser<S> & {
  /** Applies to calls only, because messaging and chat have no channels. Default: every channel. */
  readonly channel?: string
  /** At least one. Default: `['rtc']` with a channel, otherwise all services. */
  readonly services?: readonly ServiceName[]
  /** For the audit log. The caller never sees it. */
  readonly reason?: string
  /**
   * A client of Agora's REST API. `remove` also bans the user there, and `readmit` lifts that ban. Needs `uid` or
   * `account`, and `rtc` among the services. Default: Agora is not called.
   */
  readonly rest?: UserBans
}

/** The argument of `handler.remove`: the user, the channel or services, and the duration. */
export type Removal<S> = Readmission<S> & {
  /**
   * Duration in seconds: integer 1 to 999 999 999. Default `ttl.max`: by then, every token issued before has expired.
   * Give at most one of `seconds` and `until`.
   */
  readonly seconds?: number
  /** End of the removal, in Unix seconds; must be in the future. */
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
  reason: optional(kind('string', (value) => typeof value === 'string')),
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
 * @param maxTtl - seconds, for a removal without a duration
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
    throw new TypeError(`${what}: subject: an id, or a caller with one, expected`)
  }
  if (order.rest) checkBan(what, identity, order.services)
  return { ...order, identity: identity || undefined, subjectId }
}

function checkBan(
  what: string,
  identity: unknown,
  services: readonly ServiceName[] | undefined,
): void {
  if (!identity)
    throw new TypeError(
      `${what}: uid or account expected with rest, since Agora does not know subjects`,
    )
  if (services?.includes('rtc') === false) {
    throw new TypeError(
      `${what}: services with rtc expected with rest, since Agora bans from calls`,
    )
  }
}
