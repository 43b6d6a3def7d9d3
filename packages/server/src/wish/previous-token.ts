import {
  checkAccount,
  checkChannel,
  decodeToken,
  type Identity,
  MAX_LIFE_SECONDS,
  type RtcPrivilege,
  type VerifiedToken,
  verifyToken,
} from '@rtc-token/core'
import { type ServiceName, SERVICES } from '@rtc-token/core/contract'

import type { Key } from '../keys/key-ring.ts'
import { type PreviousGrant, userText } from '../policy/policy.ts'
import { Refusal } from '../errors/refusal.ts'
import { problemOf } from '../errors/token-problem.ts'
import type { WishDraft } from './read-wish.ts'
import { DECIMAL_UID } from './wish-members.ts'

type Verified<V> = Extract<VerifiedToken, { readonly version: V }>
type Claims = Verified<'007'>['services'][number]
type ServedClaims = Extract<Claims, { readonly service: ServiceName }>

/** One service of a token: its user, and when its privileges expire. */
interface Signed {
  readonly service: ServiceName
  /** Empty for services without channels. */
  readonly channel: string
  /** Empty when the token is valid for any user. */
  readonly user: string
  /** When each privilege expires, in Unix seconds. */
  readonly ends: Readonly<Record<string, number>>
}

/** What a previous token is checked against. */
export interface PreviousTokenContext {
  readonly appId: string
  readonly keys: readonly Key[]
  /** Unix seconds. */
  readonly now: number
  /** The services of this endpoint; it does not renew services that only other servers of the project issue. */
  readonly offered: readonly ServiceName[]
}

// A phone that was asleep when its token expired may still renew it for ten minutes.
const GRACE_SECONDS = 600
const HOLDS_NOTHING = 'holds nothing that this server renews'
const MAX_UID = 0xffffffff

// A token opens a service only with this privilege, even if it holds others.
const ENTRY = { rtc: 'joinChannel', rtm: 'login', chat: 'user' } as const satisfies Record<
  ServiceName,
  string
>
const PUBLISHING = [
  'publishAudioStream',
  'publishVideoStream',
  'publishDataStream',
] as const satisfies readonly RtcPrivilege[]

/**
 * Verifies a previous token and returns what it still grants. It must be signed by this project, have expired
 * no more than ten minutes ago, and be for the wished channel and identity. It never authenticates the caller.
 *
 * @internal
 * @throws {Refusal} previous_token_invalid, channel_forbidden or identity_forbidden
 */
export function readPreviousToken(
  token: string,
  draft: WishDraft,
  context: PreviousTokenContext,
): PreviousGrant {
  try {
    const verified = verify(token, draft, context)
    const signed =
      verified.version === '007' ? signed007(verified) : signed006(verified, draft, context)
    return grantOf(signed, draft, context)
  } catch (error) {
    const { code, detail } = problemOf(error)
    throw new Refusal(code, `/previousToken: ${detail}`, { cause: error })
  }
}

// Version 006 contains checksums instead of names, so core needs both names to compare them. A 006 RTM token has the
// same layout, with its user as the channel. For version 007 core would compare only the names of `rtc`, so `grantOf`
// compares them.
function verify(
  token: string,
  { channel, identity }: WishDraft,
  { appId, keys, now }: PreviousTokenContext,
): VerifiedToken {
  const appCertificates = keys.map((key) => key.certificate)
  const expected = { appId, appCertificates, now, clockToleranceSeconds: GRACE_SECONDS }
  if (!token.startsWith('006')) return verifyToken(token, expected)
  const said = decodeToken(token)
  if (said.version === '006' && !(ENTRY.rtc in said.privileges)) fail(HOLDS_NOTHING)
  return verifyToken(token, {
    ...expected,
    ...(channel === undefined ? {} : { channel }),
    ...identity,
  })
}

function signed007({ services, issuedAt, expiresIn }: Verified<'007'>): readonly Signed[] {
  const life = Math.min(expiresIn, MAX_LIFE_SECONDS)
  return services.filter(isServed).map((claims) => ({
    service: claims.service,
    channel: claims.service === 'rtc' ? claims.channel : '',
    user: claims.service === 'rtc' ? claims.user : claims.userId,
    ends: endsOf(claims.privileges, issuedAt, issuedAt + life),
  }))
}

const isServed = (claims: Claims): claims is ServedClaims =>
  SERVICES.some((service) => service === claims.service)

// Verification has compared the checksums with the wish, so its names are those of the token.
function signed006(
  { privileges, tokenExpiresAt, userCrc32 }: Verified<'006'>,
  { channel = '', identity }: WishDraft,
  { now }: PreviousTokenContext,
): readonly Signed[] {
  if (tokenExpiresAt > now + MAX_LIFE_SECONDS + GRACE_SECONDS) fail('ends in more than 24 hours')
  const user = userCrc32 === 0 || !identity ? '' : userText(identity)
  return [{ service: 'rtc', channel, user, ends: endsOf(privileges, 0, tokenExpiresAt) }]
}

// 0 means as long as the token; no privilege lasts longer.
function endsOf(
  privileges: Readonly<Record<string, number>>,
  from: number,
  tokenEnd: number,
): Signed['ends'] {
  const ends = Object.entries(privileges).map(([name, value]): [string, number] => [
    name,
    value === 0 ? tokenEnd : Math.min(from + value, tokenEnd),
  ])
  return Object.fromEntries(ends)
}

function grantOf(
  signed: readonly Signed[],
  draft: WishDraft,
  { now, offered }: PreviousTokenContext,
): PreviousGrant {
  const user = oneUser(signed, draft)
  const held = signed.filter(
    (one) => offered.includes(one.service) && entryEnd(one) > now - GRACE_SECONDS,
  )
  if (held.length === 0) fail(HOLDS_NOTHING)
  const rtc = held.find(({ service }) => service === 'rtc')
  const privileges = rtc ? heldPrivileges(rtc, now) : {}
  return Object.freeze({
    services: Object.freeze([...new Set(held.map(({ service }) => service))]),
    channel: rtc ? channelOf(rtc.channel, draft.channel) : '',
    ...(user === '' ? {} : { identity: Object.freeze(draft.identity ?? identityOf(user)) }),
    role: PUBLISHING.some((name) => name in privileges) ? 'publisher' : 'subscriber',
    privileges: Object.freeze(privileges),
    expiresAt: Math.min(...held.map(entryEnd)),
  })
}

function entryEnd({ service, ends }: Signed): number {
  return ends[ENTRY[service]] ?? 0
}

// A privilege that lasts as long as the right to join is renewed with it; one that expires earlier keeps its expiry.
function heldPrivileges(rtc: Signed, now: number): PreviousGrant['privileges'] {
  const joinEnd = entryEnd(rtc)
  const held = [ENTRY.rtc, ...PUBLISHING]
    .map((name): [string, number] => [name, Math.min(rtc.ends[name] ?? 0, joinEnd)])
    .filter(([, end]) => end === joinEnd || end >= now + 1)
  return Object.fromEntries(held)
}

// `''` counts as a user as well: it stands for any user.
function oneUser(signed: readonly Signed[], { identity }: WishDraft): string {
  const users = new Set(signed.map(({ user }) => user))
  const rooms = signed.filter(({ service }) => service === 'rtc')
  if (users.size > 1 || rooms.length > 1) fail('is for several users or channels')
  const [user = ''] = users
  if (user === '' || !identity || user === userText(identity)) return user
  throw new Refusal('identity_forbidden', 'is for a user other than the one asked for')
}

function channelOf(signed: string, wished: string | undefined): string {
  const channel = signable(signed, checkChannel)
  if (wished === undefined || wished === channel) return channel
  throw new Refusal('channel_forbidden', 'is for a channel other than the one asked for')
}

// A 007 token does not say whether its user is a uid or an account; digits in the range of uids are read as a uid.
function identityOf(user: string): Identity {
  const isUid = DECIMAL_UID.test(user) && Number(user) <= MAX_UID
  return isUid ? { uid: Number(user) } : { account: signable(user, checkAccount) }
}

// Other builders sign wildcards and blanks; a renewal must not sign those again.
function signable(name: string, check: (name: string) => string): string {
  return isName(name, check)
    ? name
    : fail('is for a channel or a user that this server does not sign')
}

function isName(name: string, check: (name: string) => string): boolean {
  try {
    return check(name).trim() !== ''
  } catch {
    return false
  }
}

function fail(detail: string): never {
  throw new Refusal('previous_token_invalid', detail)
}
