import {
  checkAccount,
  checkChannel,
  type Identity,
  type VerifiedToken,
  verifyToken,
} from '@rtc-token/core'
import type { Role, ServiceName } from '@rtc-token/core/contract'

import type { Key } from './keys/key-ring.ts'
import type { PreviousGrant } from './policy.ts'
import { Refusal } from './refusal.ts'
import { problemOf } from './token-problem.ts'
import type { WishDraft } from './token-wish.ts'
import { userText } from './user-text.ts'
import { SERVICES } from './service-names.ts'

type Verified<V> = Extract<VerifiedToken, { readonly version: V }>
type Claims = Verified<'007'>['services'][number]
type ServedClaims = Extract<Claims, { readonly service: ServiceName }>

/** What a previous token is judged by. */
export interface PreviousTokenContext {
  readonly appId: string
  readonly keys: readonly Key[]
  /** Unix seconds. */
  readonly now: number
}

// A phone that slept through the end of its token may still come back as who it was.
const GRACE_SECONDS = 600
const DECIMAL_UID = /^[1-9]\d{0,9}$/
const MAX_UID = 0xffffffff

/**
 * Says what a previous token granted, once it has proved to be ours, fresh enough, and for the
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
    return verified.version === '007' ? grantOf007(verified, draft) : grantOf006(verified, draft)
  } catch (error) {
    const { code, detail } = problemOf(error)
    throw new Refusal(code, `/previousToken: ${detail}`, { cause: error })
  }
}

// Version 006 holds checksums in place of names, so core needs both names to compare with. Of version
// 007 it would compare the names of `rtc` only.
function verify(
  token: string,
  { channel, identity }: WishDraft,
  { appId, keys, now }: PreviousTokenContext,
): VerifiedToken {
  const appCertificates = keys.map((key) => key.certificate)
  const expected = { appId, appCertificates, now, clockToleranceSeconds: GRACE_SECONDS }
  if (!token.startsWith('006')) return verifyToken(token, expected)
  return verifyToken(token, {
    ...expected,
    ...(channel === undefined ? {} : { channel }),
    ...identity,
  })
}

function grantOf007({ services, expiresAt }: Verified<'007'>, draft: WishDraft): PreviousGrant {
  const served = services.filter(isServed)
  const rtc = served.filter((claims) => claims.service === 'rtc')
  if (served.length === 0 || rtc.length > 1) fail('is not for one RTC channel or one user')
  const user = oneUser(served)
  if (user !== '' && draft.identity && user !== userText(draft.identity)) {
    throw new Refusal('identity_forbidden', 'is for another user than the wished one')
  }
  return {
    services: [...new Set(served.map(({ service }) => service))],
    channel: rtc[0] ? channelOf(rtc[0].channel, draft.channel) : '',
    ...(user === '' ? {} : { identity: identityOf(user) }),
    role: roleOf(rtc[0]?.privileges ?? {}),
    expiresAt,
  }
}

const isServed = (claims: Claims): claims is ServedClaims =>
  SERVICES.some((service) => service === claims.service)

// `''` is a user too: any.
function oneUser(served: readonly ServedClaims[]): string {
  const users = new Set(
    served.map((claims) => (claims.service === 'rtc' ? claims.user : claims.userId)),
  )
  if (users.size > 1) fail('is for several users')
  return [...users][0] ?? ''
}

function channelOf(signed: string, wished: string | undefined): string {
  const channel = signable(signed, checkChannel)
  if (wished === undefined || wished === channel) return channel
  throw new Refusal('channel_forbidden', 'is for another channel than the wished one')
}

function grantOf006(token: Verified<'006'>, { channel, identity }: WishDraft): PreviousGrant {
  return {
    services: ['rtc'],
    channel: checkChannel(channel),
    ...(token.userCrc32 === 0 || !identity ? {} : { identity }),
    role: roleOf(token.privileges),
    expiresAt: token.expiresAt,
  }
}

function roleOf(privileges: Readonly<Record<string, number>>): Role {
  return Object.keys(privileges).some((name) => name.startsWith('publish'))
    ? 'publisher'
    : 'subscriber'
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
