import { admitsChannel, admitsUser, matchesPattern } from '../checks/name-patterns.ts'
import {
  channelMismatch,
  checkWindow,
  type Expected,
  findSigner,
  type SignedBy,
  userMismatch,
} from '../checks/verify-expectations.ts'
import { sign007 } from '../crypto/sign-token.ts'
import type { ServiceClaims } from '../layout/layouts.ts'
import type { ParsedToken007 } from './decode-007.ts'
import { type DecodedToken007, effectiveEnd007 } from './decoded-token-007.ts'

/**
 * Verifies a 007 token that was taken apart: signature, channel, user, time window, in this order.
 *
 * @throws {TokenError} SIGNATURE_INVALID, CHANNEL_MISMATCH, USER_MISMATCH, TOKEN_NOT_YET_VALID,
 *   TOKEN_EXPIRED or EXPECTATION_INVALID
 */
export function verify007(
  { claims, signature, signedBytes }: ParsedToken007,
  expected: Expected,
): DecodedToken007 & SignedBy {
  const certificateIndex = findSigner(expected, signature, (certificate) =>
    sign007(certificate, claims, signedBytes, 0, signedBytes.length),
  )
  const services = matchingServices(claims, expected)
  checkUserIds(claims, expected)
  const expiresAt = effectiveEnd007(claims.issuedAt, claims.expiresIn, services)
  checkWindow(claims.issuedAt, expiresAt, expected)
  // The new member first: V8 takes ten times as long to add one to what it copied.
  return { certificateIndex, ...claims, expiresAt }
}

/** The services that are for the expected channel and user; all of them where none is expected. */
function matchingServices(
  { services }: DecodedToken007,
  { user, given: { channel, patterns } }: Expected,
): readonly ServiceClaims[] {
  if (channel === undefined && user === undefined) return services
  const isHere = (held: string) =>
    channel === undefined || held === channel || (patterns && admitsChannel(held, channel))
  const isTheirs = (held: string) =>
    user === undefined || held === '' || held === user || (patterns && admitsUser(held, user))
  const rtc = services.filter((claims) => claims.service === 'rtc')
  const here = rtc.filter((claims) => isHere(claims.channel))
  if (here.length === 0) throw channelMismatch()
  const theirs = here.filter((claims) => isTheirs(claims.user))
  if (theirs.length === 0) throw userMismatch()
  return theirs
}

function checkUserIds(
  { services }: DecodedToken007,
  { given: { userId, patterns } }: Expected,
): void {
  if (userId === undefined) return
  const isTheirs = (held: string) => held === userId || (patterns && matchesPattern(held, userId))
  if (!services.some((claims) => 'userId' in claims && isTheirs(claims.userId))) {
    throw userMismatch()
  }
}
