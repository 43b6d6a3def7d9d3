import { checkAccount, checkUid, type Identity } from '@rtc-token/core'
import { PROBLEM_STATUS, type Role } from '@rtc-token/core/contract'

import { isJsonObject, type JsonObject } from './json-object.ts'
import type { Decision, Grant, Wish } from './policy.ts'
import { Refusal } from './refusal.ts'

/** What will be signed: a wish that has an identity. */
export type SignableWish = Omit<Wish, 'identity'> & { readonly identity: Identity }

const GRANT_MEMBERS = ['allow', 'channel', 'identity', 'role', 'ttl', 'downgrade']
const DENIAL_MEMBERS = ['allow', 'code', 'detail']
const RANK = { subscriber: 0, publisher: 1 } as const satisfies Record<Role, number>

/**
 * Applies the policy's decision to the wish. Trusts it no further than necessary: whatever would
 * sign more than was wished is an error of the policy, so that it shows as a 500 and an alarm and
 * not as a wider token.
 *
 * @internal
 * @throws {Refusal} the policy's own, or role_forbidden, identity_forbidden, identity_invalid
 * @throws {TypeError | TokenError} when the decision is not one or would widen the wish
 */
export function applyDecision(decision: Decision, wish: Wish): SignableWish {
  checkDecision(decision)
  if (!decision.allow) throw new Refusal(decision.code ?? 'forbidden', decision.detail)
  checkGrantedChannel(decision.channel, wish.channel)
  return {
    services: wish.services,
    channel: wish.channel,
    identity: settleIdentity(decision.identity, wish.identity),
    role: settleRole(decision, wish.role),
    ttl: Math.min(wish.ttl, checkGrantedTtl(decision.ttl ?? wish.ttl)),
  }
}

function checkGrantedChannel(granted: string | undefined, wished: string): void {
  if (granted === undefined || granted === wished) return
  throw new TypeError('authorize: granted a channel that was not wished; a grant may only narrow')
}

function checkDecision(decision: unknown): asserts decision is Decision {
  const allows = isJsonObject(decision) ? decision['allow'] : undefined
  if (!isJsonObject(decision) || typeof allows !== 'boolean') {
    throw new TypeError('authorize: allow(…) or deny(…) expected')
  }
  const known = allows ? GRANT_MEMBERS : DENIAL_MEMBERS
  const unknown = Object.keys(decision).find((name) => !known.includes(name))
  if (unknown !== undefined) throw new TypeError(`authorize: unknown member ${unknown} returned`)
  if (!allows) checkDenial(decision)
}

function checkDenial({ code = 'forbidden', detail = '' }: JsonObject): void {
  const status = Object.entries(PROBLEM_STATUS).find(([name]) => name === code)?.[1]
  if (status !== 403) throw new TypeError('authorize: a code of status 403 expected in a denial')
  if (typeof detail !== 'string') throw new TypeError('authorize: text expected as its detail')
}

function settleIdentity(granted: Identity | undefined, wished: Identity | undefined): Identity {
  const identity = granted === undefined ? wished : checkGrantedIdentity(granted)
  if (!identity) {
    throw new Refusal('identity_invalid', 'Send uid or account; this server does not choose one')
  }
  if (!wished || userOf(wished) === userOf(identity)) return identity
  throw new Refusal('identity_forbidden', 'The policy assigns another uid or account')
}

function checkGrantedIdentity({ uid, account }: Identity): Identity {
  if (uid !== undefined && account !== undefined) {
    throw new TypeError('authorize: an identity of uid or account expected, got both')
  }
  return uid === undefined ? { account: checkAccount(account) } : { uid: checkUid(uid) }
}

// Compares what a token holds, where uid 7 and account "7" are the same user.
function userOf({ uid, account }: Identity): string {
  return uid === undefined ? account : String(uid)
}

// The granted role is a ceiling: a speaker who wishes only to listen gets what they wished.
function settleRole({ role, downgrade }: Grant, wished: Role): Role {
  if (role === undefined) return wished
  if (!Object.hasOwn(RANK, role)) throw new TypeError('authorize: unknown role granted')
  if (RANK[role] >= RANK[wished]) return wished
  if (downgrade === true) return role
  throw new Refusal('role_forbidden', `Granted is ${role}; wish for that`)
}

function checkGrantedTtl(ttl: number): number {
  if (Number.isInteger(ttl) && ttl >= 1 && ttl < 1e9) return ttl
  throw new TypeError('authorize: whole seconds expected as the ttl of a grant')
}
