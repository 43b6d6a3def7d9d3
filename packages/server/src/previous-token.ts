import {
  checkAccount,
  checkChannel,
  type Identity,
  type VerifiedToken,
  verifyToken,
} from '@rtc-token/core'
import type { Role } from '@rtc-token/core/contract'

import type { PreviousGrant } from './policy.ts'
import type { Project } from './project.ts'
import { Refusal } from './refusal.ts'
import { problemOf } from './token-problem.ts'
import type { WishDraft } from './token-wish.ts'

type Verified<V> = Extract<VerifiedToken, { readonly version: V }>

/** What a previous token is judged by. */
export interface PreviousTokenContext {
  readonly project: Project
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
    return verified.version === '007' ? grantOf007(verified) : grantOf006(verified, draft)
  } catch (error) {
    const { code, detail } = problemOf(error)
    throw new Refusal(code, `/previousToken: ${detail}`, { cause: error })
  }
}

function verify(
  token: string,
  { channel, identity }: WishDraft,
  { project, now }: PreviousTokenContext,
): VerifiedToken {
  return verifyToken(token, {
    ...project,
    now,
    clockToleranceSeconds: GRACE_SECONDS,
    ...(channel === undefined ? {} : { channel }),
    ...identity,
  })
}

function grantOf007(token: Verified<'007'>): PreviousGrant {
  const [claims, ...others] = token.services.filter((claims) => claims.service === 'rtc')
  if (!claims || others.length > 0) fail('is not for one RTC channel')
  return {
    channel: signable(claims.channel, checkChannel),
    ...(claims.user === '' ? {} : { identity: identityOf(claims.user) }),
    role: roleOf(claims.privileges),
    expiresAt: token.expiresAt,
  }
}

// Version 006 holds checksums in place of names, so core has demanded both names and compared them.
function grantOf006(token: Verified<'006'>, { channel, identity }: WishDraft): PreviousGrant {
  return {
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

// Other builders sign wildcards; what comes from them must not be signed again by default.
function signable(name: string, check: (name: string) => string): string {
  try {
    return check(name)
  } catch {
    return fail('is for a channel or a user that is not signed here')
  }
}

function fail(detail: string): never {
  throw new Refusal('previous_token_invalid', detail)
}
