import { checkAccount, checkUid, type Identity } from '@rtc-token/core'
import { PROBLEM_STATUS, type Role, type ServiceName } from '@rtc-token/core/contract'

import type { TicketScope } from '../auth/ticket-scope.ts'
import { isJsonObject, type JsonObject } from '../checks/kind.ts'
import { type Decision, type Grant, type PreviousGrant, type Wish, userText } from './policy.ts'
import { type LifeBounds, type Lives, PRIVILEGES_OF, withLives } from './granted-lives.ts'
import { Refusal } from '../errors/refusal.ts'
import { matchesGlob } from './pattern.ts'

/** What will be signed: a wish that has an identity, narrowed by the policy. */
export type SignableWish = Omit<Wish, 'identity'> & {
  readonly identity: Identity
  readonly privileges?: Lives
}

/** Limits of a grant besides the wish. */
export interface GrantBounds extends LifeBounds {
  /** The scope of the ticket that authenticated the subject. */
  readonly scope?: TicketScope | undefined
  readonly previous?: Pick<PreviousGrant, 'role' | 'privileges'> | undefined
}

const GRANT_MEMBERS = [
  'allow',
  'channel',
  'identity',
  'role',
  'ttl',
  'downgrade',
  'services',
  'privileges',
  'project',
  'tags',
] as const satisfies readonly (keyof Grant)[]
const PRIVILEGES: readonly string[] = PRIVILEGES_OF.publisher
const DENIAL_MEMBERS = ['allow', 'code', 'detail']
const RANK = { subscriber: 0, publisher: 1 } as const satisfies Record<Role, number>

/**
 * Applies the policy's decision to the wish. A decision that would sign more than the wish is treated as a
 * bug in the policy, so that it shows up as a 500 and an alarm instead of a wider token.
 *
 * @internal
 * @throws {Refusal} the policy's own, or role_forbidden, identity_forbidden, identity_invalid
 * @throws {TypeError | TokenError} when the decision is malformed or would widen the wish
 */
export function applyDecision(
  decision: Decision,
  wish: Wish,
  bounds: GrantBounds = {},
): SignableWish {
  checkDecision(decision)
  if (!decision.allow) throw new Refusal(decision.code ?? 'forbidden', decision.detail)
  checkGrant(decision, wish)
  const services =
    decision.services === undefined ? wish.services : checkServices(decision.services, wish)
  // RTM and Chat tokens carry no role, so the previous role does not apply.
  const before = services.includes('rtc') ? bounds.previous?.role : wish.role
  const granted = {
    services,
    channel: wish.channel,
    identity: settleIdentity(decision.identity, wish.identity),
    role: settleRole(decision, wish.role, before),
    ttl: Math.min(wish.ttl, decision.ttl ?? wish.ttl),
  }
  const { scope } = bounds
  const within = scope ? withinScope(scope, bounds, granted, decision) : granted
  return withLives(within, decision.privileges, bounds)
}

// The scope of a ticket applies even if the policy grants its bearer more.
function withinScope(
  scope: TicketScope,
  { now = 0, minTtl = 1 }: GrantBounds,
  granted: SignableWish,
  grant: Grant,
): SignableWish {
  refuseOtherUser(scope, granted)
  refuseOtherChannel(scope, granted)
  const role = scopedRole(scope, granted, grant)
  const left = Math.max(0, Math.floor(scope.endsAt - now))
  if (left < minTtl) throw endsSoon(left, minTtl)
  return { ...granted, role, ttl: Math.min(granted.ttl, left) }
}

// Shortened to the time left, the token would trigger the SDK's warning at once, and so would the next one.
function endsSoon(left: number, minTtl: number): Refusal {
  const detail = `The ticket or JWT expires in ${left} s, and a token lives at least ${minTtl} s; get a new one`
  return new Refusal('unauthenticated', detail, { why: { reason: 'expired', detail } })
}

function scopedRole(scope: TicketScope, { services, role }: SignableWish, grant: Grant): Role {
  if (scope.role === undefined || !services.includes('rtc')) return role
  if (RANK[role] <= RANK[scope.role]) return role
  if (grant.downgrade === true) return scope.role
  throw new Refusal('role_forbidden', `The ticket is for the role ${scope.role}; ask for that`)
}

function refuseOtherUser({ userId }: TicketScope, { services, identity }: SignableWish): void {
  if (userId === undefined || services.every((service) => service === 'rtc')) return
  if (userText(identity) === userId) return
  throw new Refusal('identity_forbidden', 'The ticket is for another messaging user')
}

// The channel matters only if `rtc` is signed. A ticket that names the messaging user needs no channel for messaging.
function refuseOtherChannel(scope: TicketScope, { services, channel }: SignableWish): void {
  const inRtc = services.includes('rtc')
  if (scope.channel === undefined || (!inRtc && scope.userId !== undefined)) return
  if (matchesGlob(scope.channel, inRtc ? channel : '')) return
  throw new Refusal('channel_forbidden', 'The ticket is for another channel')
}

function checkServices(
  granted: readonly ServiceName[],
  { services: wished }: Wish,
): readonly ServiceName[] {
  if (!Array.isArray(granted) || granted.length === 0) {
    throw new TypeError('authorize: a list of at least one service expected in a grant')
  }
  if (granted.every((service) => wished.includes(service))) return [...new Set(granted)]
  throw new TypeError(
    'authorize: granted a service that was not asked for; a grant can only narrow the wish',
  )
}

function checkDecision(decision: unknown): asserts decision is Decision {
  const allows = isJsonObject(decision) ? decision['allow'] : undefined
  if (!isJsonObject(decision) || typeof allows !== 'boolean') {
    throw new TypeError('authorize: allow(…) or deny(…) expected')
  }
  const known: readonly string[] = allows ? GRANT_MEMBERS : DENIAL_MEMBERS
  const unknown = Object.keys(decision).find((name) => !known.includes(name))
  if (unknown !== undefined) throw new TypeError(`authorize: unknown member ${unknown} returned`)
  if (!allows) checkDenial(decision)
}

function checkGrant({ channel, tags, ttl, privileges = {} }: Grant, wish: Wish): void {
  if (channel !== undefined && channel !== wish.channel) {
    throw new TypeError(
      'authorize: granted a channel that was not asked for; a grant can only narrow the wish',
    )
  }
  if (tags !== undefined && !isTags(tags)) {
    throw new TypeError('authorize: an object of strings expected as the tags of a grant')
  }
  if (ttl !== undefined) checkSeconds(ttl)
  for (const [name, life] of Object.entries(privileges)) {
    if (!PRIVILEGES.includes(name)) throw new TypeError(`authorize: unknown privilege ${name}`)
    checkSeconds(life)
  }
}

// Agora reads 0 as "as long as the token", so 0 cannot mean "expires at once".
function checkSeconds(life: number): void {
  if (Number.isInteger(life) && life >= 1 && life < 1e9) return
  throw new TypeError('authorize: whole seconds expected as the ttl of a grant')
}

function isTags(tags: unknown): boolean {
  return isJsonObject(tags) && Object.values(tags).every((tag) => typeof tag === 'string')
}

function checkDenial({ code = 'forbidden', detail = '' }: JsonObject): void {
  const status = Object.entries(PROBLEM_STATUS).find(([name]) => name === code)?.[1]
  if (status !== 403) throw new TypeError('authorize: a code of status 403 expected in a denial')
  if (typeof detail !== 'string') throw new TypeError('authorize: a string expected as its detail')
}

function settleIdentity(granted: Identity | undefined, wished: Identity | undefined): Identity {
  const identity = granted === undefined ? wished : checkGrantedIdentity(granted)
  if (!identity) {
    throw new Refusal('identity_invalid', 'Send uid or account; this server does not choose one')
  }
  if (!wished || userText(wished) === userText(identity)) return identity
  throw new Refusal('identity_forbidden', 'The policy assigns another uid or account')
}

function checkGrantedIdentity({ uid, account }: Identity): Identity {
  if (uid !== undefined && account !== undefined) {
    throw new TypeError('authorize: an identity with uid or account expected, got both')
  }
  return uid === undefined ? { account: checkGrantedAccount(account) } : { uid: checkUid(uid) }
}

// A blank is in Agora's alphabet, but a name of blanks alone identifies no user.
function checkGrantedAccount(granted: unknown): string {
  const account = checkAccount(granted)
  if (account.trim() !== '') return account
  throw new TypeError('authorize: a non-blank account expected')
}

// The granted role is an upper limit: a speaker who requests only to listen gets that. Without a granted role, the
// limit is the previous role, and `subscriber` for a first token: a request alone never makes a publisher.
function settleRole({ role, downgrade }: Grant, wished: Role, before: Role = 'subscriber'): Role {
  const ceiling = role === undefined ? before : role
  if (!Object.hasOwn(RANK, ceiling)) throw new TypeError('authorize: unknown role granted')
  if (RANK[ceiling] >= RANK[wished]) return wished
  if (downgrade === true) return ceiling
  throw new Refusal('role_forbidden', `The policy grants the role ${ceiling}; ask for that`)
}
