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
import type { ServiceName } from '@rtc-token/core/contract'

import type { Key } from '../keys/key-ring.ts'
import type { PreviousGrant } from '../policy/policy.ts'
import { Refusal } from '../errors/refusal.ts'
import { SERVICES } from '../policy/service-names.ts'
import { problemOf } from '../errors/token-problem.ts'
import type { WishDraft } from './read-wish.ts'
import { userText } from '../policy/user-text.ts'

type Verified<V> = Extract<VerifiedToken, { readonly version: V }>
type Claims = Verified<'007'>['services'][number]
type ServedClaims = Extract<Claims, { readonly service: ServiceName }>

/** One service of a token: its user, and until when it holds. */
interface Signed {
  readonly service: ServiceName
  /** Empty for services that know none. */
  readonly channel: string
  /** Empty for any user. */
  readonly user: string
  /** By privilege, in Unix seconds. */
  readonly ends: Readonly<Record<string, number>>
}

/** What a previous token is judged by. */
export interface PreviousTokenContext {
  readonly appId: string
  readonly keys: readonly Key[]
  /** Unix seconds. */
  readonly now: number
  /** What other servers of the project hand out is theirs to renew. */
  readonly offered: readonly ServiceName[]
}

// A phone that slept through the end of its token may still come back as who it was.
const GRACE_SECONDS = 600
const HOLDS_NOTHING = 'holds nothing that can be renewed here'
const DECIMAL_UID = /^[1-9]\d{0,9}$/
const MAX_UID = 0xffffffff

// Without this privilege a token does not open the service, whichever others it has.
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
 * Says what a previous token still grants, once it has proved to be ours, fresh enough, and for the
 * channel and identity that are wished. It proves which uid was allocated; it never says who asks.
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

// Version 006 holds checksums in place of names, so core needs both names to compare with; a token of RTM has
// the same layout, with its user where others have their channel. Of version 007 core would compare the names
// of `rtc` only.
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

// It is verified with the names of the wish, so they are its own.
function signed006(
  { privileges, tokenExpiresAt, userCrc32 }: Verified<'006'>,
  { channel = '', identity }: WishDraft,
  { now }: PreviousTokenContext,
): readonly Signed[] {
  if (tokenExpiresAt > now + MAX_LIFE_SECONDS + GRACE_SECONDS) fail('ends in more than 24 hours')
  const user = userCrc32 === 0 || !identity ? '' : userText(identity)
  return [{ service: 'rtc', channel, user, ends: endsOf(privileges, 0, tokenExpiresAt) }]
}

// 0 is as long as the token, and nothing lasts longer.
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

// What lasts as long as the right to be there is renewed with it; what was to end earlier has its own end.
function heldPrivileges(rtc: Signed, now: number): PreviousGrant['privileges'] {
  const joinEnd = entryEnd(rtc)
  const held = [ENTRY.rtc, ...PUBLISHING]
    .map((name): [string, number] => [name, Math.min(rtc.ends[name] ?? 0, joinEnd)])
    .filter(([, end]) => end === joinEnd || end >= now + 1)
  return Object.fromEntries(held)
}

// `''` is a user too: any.
function oneUser(signed: readonly Signed[], { identity }: WishDraft): string {
  const users = new Set(signed.map(({ user }) => user))
  const rooms = signed.filter(({ service }) => service === 'rtc')
  if (users.size > 1 || rooms.length > 1) fail('is for several users or channels')
  const [user = ''] = users
  if (user === '' || !identity || user === userText(identity)) return user
  throw new Refusal('identity_forbidden', 'is for another user than the wished one')
}

function channelOf(signed: string, wished: string | undefined): string {
  const channel = signable(signed, checkChannel)
  if (wished === undefined || wished === channel) return channel
  throw new Refusal('channel_forbidden', 'is for another channel than the wished one')
}

// The text of a 007 token does not say which kind it is; digits in the range of a uid are one.
function identityOf(user: string): Identity {
  const isUid = DECIMAL_UID.test(user) && Number(user) <= MAX_UID
  return isUid ? { uid: Number(user) } : { account: signable(user, checkAccount) }
}

// Other builders sign wildcards and blanks; what comes from them must not be signed again by default.
function signable(name: string, check: (name: string) => string): string {
  return isName(name, check) ? name : fail('is for a channel or a user that is not signed here')
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
