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
  let isHere = false
  const theirs: ServiceClaims[] = []
  for (const claims of services) {
    if (claims.service !== 'rtc' || !isFor(claims.channel, channel, patterns && admitsChannel))
      continue
    isHere = true
    if (claims.user === '' || isFor(claims.user, user, patterns && admitsUser)) theirs.push(claims)
  }
  if (!isHere) throw channelMismatch()
  if (theirs.length === 0) throw userMismatch()
  return theirs
}

/** Whether a name that a token holds is the expected one, or a pattern that admits it. */
function isFor(
  held: string,
  name: string | undefined,
  admits: false | undefined | ((pattern: string, name: string) => boolean),
): boolean {
  return name === undefined || held === name || (!!admits && admits(held, name))
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
