import { ttlSeconds } from '../../checks/length-of-time.ts'
import { checkAccount, checkUid, checkUserId, type Identity } from '@rtc-token/core'
import { type Role, ROLES, type ServiceName, SERVICES } from '@rtc-token/core/contract'

import type { JwtSubject } from '../../auth/bearer-jwt.ts'
import { isJsonObject, type JsonObject } from '../../checks/kind.ts'
import { allow, type Ask, type Decision, deny } from '../../policy/policy.ts'
import { matchesGlob } from '../../policy/pattern.ts'

/** What a JWT allows its bearer. */
interface Claims {
  readonly channels: readonly string[]
  readonly role: Role
  readonly services: readonly ServiceName[]
  readonly uid: number | undefined
  /** Seconds. */
  readonly ttl: number | undefined
}

/**
 * The default policy of the standalone server. It grants what the claims of the JWT allow: `channels` (patterns, in
 * which `*` matches any characters), `role` (the highest role, default `subscriber`), `services` (default `["rtc"]`),
 * `uid` (default: the account `sub`) and `ttl` (the longest life in seconds). Without `channels`, or with a malformed
 * claim, it grants nothing.
 *
 * @internal
 * @param claim - of an object that holds these; `undefined` when these are top-level claims
 */
export function claimsPolicy(
  claim: string | undefined,
): (ask: Pick<Ask<JwtSubject>, 'subject' | 'wish'>) => Decision {
  return ({ subject, wish }) => {
    const claims = readClaims(claim === undefined ? subject.claims : subject.claims[claim])
    if (typeof claims === 'string') return deny('forbidden', claims)
    const { channels, services, role, uid, ttl } = claims
    const refused = wish.services.find((service) => !services.includes(service))
    if (refused !== undefined) return deny('forbidden', `The JWT grants no ${refused}`)
    const isChannelRight = channels.some((pattern) => matchesGlob(pattern, wish.channel))
    if (wish.channel !== '' && !isChannelRight) return deny('channel_forbidden')
    const identity = identityOf(uid, subject.id, wish.services)
    if (!identity) return deny('identity_forbidden', 'The claim sub cannot be an account of Agora')
    return allow(ttl === undefined ? { identity, role } : { identity, role, ttl })
  }
}

/** Returns the claims, or a sentence that says what is wrong with them. */
function readClaims(holder: unknown): Claims | string {
  const claims: JsonObject = isJsonObject(holder) ? holder : {}
  const { channels = [], services = ['rtc'], uid, ttl } = claims
  const role = ROLES.find((role) => role === (claims['role'] ?? 'subscriber'))
  if (!isListOf(channels, isText)) return 'The claim channels is not a list of patterns'
  if (!isListOf(services, isService)) return 'The claim services is not a list of rtc, rtm, chat'
  if (!role) return 'The claim role is neither publisher nor subscriber'
  if (uid !== undefined && !isUid(uid)) return 'The claim uid is not an integer 1 to 4294967295'
  if (!isRight(readLife, ttl)) return 'The claim ttl is not 1 to 86400 seconds'
  return { channels, role, services, uid, ttl: readLife(ttl) }
}

function identityOf(
  uid: number | undefined,
  sub: string,
  services: readonly ServiceName[],
): Identity | undefined {
  if (uid !== undefined) return { uid }
  const check = services.some((service) => service !== 'rtc') ? checkUserId : checkAccount
  return isRight(check, sub) ? { account: sub } : undefined
}

function isListOf<T>(list: unknown, isItem: (item: unknown) => item is T): list is readonly T[] {
  return Array.isArray(list) && list.every(isItem)
}

function isText(item: unknown): item is string {
  return typeof item === 'string' && item !== ''
}

function isService(item: unknown): item is ServiceName {
  return SERVICES.some((service) => service === item)
}

function isUid(uid: unknown): uid is number {
  return isRight(checkUid, uid)
}

function readLife(ttl: unknown): number | undefined {
  return ttl === undefined ? undefined : ttlSeconds(ttl, 'claim ttl')
}

function isRight(check: (value: unknown) => unknown, value: unknown): boolean {
  try {
    check(value)
    return true
  } catch {
    return false
  }
}
