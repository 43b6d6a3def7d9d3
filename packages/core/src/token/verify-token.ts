import { equalBytes } from '../crypto/equal-bytes.ts'
import { sign006, sign007 } from '../crypto/sign-token.ts'
import { TokenError } from '../errors.ts'
import type { ParsedToken006 } from '../version-006/decode-006.ts'
import { crc32OfText } from '../version-006/crc32.ts'
import { writeSignedNames } from '../version-006/signed-names.ts'
import type { ServiceClaims } from '../layout/layouts.ts'
import type { ByteWriter } from '../wire/byte-writer.ts'
import { checkAppCertificate, checkUid, describe } from '../checks/checks.ts'
import { type ParsedToken007, parseToken } from './decode-token.ts'
import { effectiveEnd007 } from './effective-end.ts'
import type { DecodedToken, DecodedToken006, DecodedToken007 } from './token-claims.ts'

/** The certificate to verify with, or several: during a rotation old and new tokens are in use. */
export type CertificateChoice =
  | { readonly appCertificate: string; readonly appCertificates?: never }
  | { readonly appCertificates: readonly string[]; readonly appCertificate?: never }

/** What {@link verifyToken} holds a token against. What is left out is not compared. */
export type VerifyExpectations = CertificateChoice & {
  readonly appId?: string
  /** The channel the token must be for. Needed for 006. */
  readonly channel?: string
  /** The user the token must be for: `uid` or `account`. One of them is needed for 006. */
  readonly uid?: number
  readonly account?: string
  /** The user id that an RTM, RTM2 or Chat service of the token must be for. */
  readonly userId?: string
  /** Unix seconds; default now. */
  readonly now?: number
  /** How far clocks may differ, in seconds, on both ends of the token's life. Default 0. */
  readonly clockToleranceSeconds?: number
}

/** A token that was found good, and which of the certificates given had signed it. */
export type VerifiedToken = DecodedToken & { readonly certificateIndex: number }

/**
 * Verifies a token: format, App ID, signature, channel, user, time window, in this order. A token
 * for any user passes whichever user is expected.
 *
 * A 006 token holds neither channel nor user but is signed with both, so both must be given; they
 * are compared by checksum before the signature. A 006 token for RTM needs `userId` instead.
 *
 * @throws {TokenError} what `decodeToken` throws; APP_ID_MISMATCH, SIGNATURE_INVALID,
 *   TOKEN_NOT_YET_VALID, TOKEN_EXPIRED, CHANNEL_MISMATCH, USER_MISMATCH; EXPECTATION_MISSING when a
 *   006 token comes without channel or user; EXPECTATION_INVALID, APP_CERTIFICATE_INVALID,
 *   UID_INVALID, ACCOUNT_INVALID or IDENTITY_AMBIGUOUS for expectations that make no sense
 */
export function verifyToken(token: string, expected: VerifyExpectations): VerifiedToken {
  const certificates = checkCertificates(expected)
  const user = expectedUser(expected)
  const parsed = parseToken(token)
  checkApp(parsed.claims, expected)
  return 'message' in parsed
    ? verify006(parsed, expected, user, certificates)
    : verify007(parsed, expected, user, certificates)
}

type User = string | undefined

function verify007(
  { claims, signature, signedBytes }: ParsedToken007,
  expected: VerifyExpectations,
  user: User,
  certificates: readonly string[],
): VerifiedToken {
  const certificateIndex = findSigner(certificates, signature, (certificate) =>
    sign007(certificate, claims, signedBytes),
  )
  const services = matchingServices(claims, expected.channel, user)
  checkUserIds(claims, expected)
  const expiresAt = effectiveEnd007(claims.issuedAt, claims.expiresIn, services)
  checkWindow(claims.issuedAt, expiresAt, expected)
  // The new member first: V8 takes ten times as long to add one to what it copied.
  return { certificateIndex, ...claims, expiresAt }
}

function verify006(
  { claims, signature, message }: ParsedToken006,
  expected: VerifyExpectations,
  user: User,
  certificates: readonly string[],
): VerifiedToken {
  const writer = writeSigned(claims, message, expected, user)
  const certificateIndex = findSigner(certificates, signature, (certificate) =>
    sign006(certificate, writer.written()),
  )
  writer.release()
  checkWindow(0, claims.expiresAt, expected)
  return { certificateIndex, ...claims }
}

function checkCertificates({ appCertificate, appCertificates }: CertificateChoice): string[] {
  const given = appCertificates ?? (appCertificate === undefined ? [] : [appCertificate])
  if (!Array.isArray(given) || given.length === 0) {
    throw new TokenError(
      'EXPECTATION_INVALID',
      `appCertificate, or appCertificates with at least one, expected, got ${describe(given)}`,
    )
  }
  return given.map(checkAppCertificate)
}

// An account is compared as it is: tokens with accounts outside the documented alphabet exist.
function expectedUser({ uid, account }: VerifyExpectations): string | undefined {
  if (uid !== undefined && account !== undefined) {
    throw new TokenError('IDENTITY_AMBIGUOUS', 'uid or account expected, got both')
  }
  if (uid !== undefined) return String(checkUid(uid))
  if (account === undefined || (typeof account === 'string' && account !== '')) return account
  throw new TokenError('ACCOUNT_INVALID', `account: text expected, got ${describe(account)}`)
}

function checkApp(claims: DecodedToken, { appId }: VerifyExpectations): void {
  if (appId === undefined || claims.appId === appId) return
  throw new TokenError('APP_ID_MISMATCH', 'the token is for another App ID than the expected one')
}

function findSigner(
  certificates: readonly string[],
  signature: Uint8Array,
  sign: (certificate: string) => Uint8Array,
): number {
  const index = certificates.findIndex((certificate) => equalBytes(signature, sign(certificate)))
  if (index >= 0) return index
  throw new TokenError(
    'SIGNATURE_INVALID',
    'the token was not signed with the expected App Certificate, or was changed since',
  )
}

/** The services that are for the expected channel and user; all of them where none is expected. */
function matchingServices(
  claims: DecodedToken007,
  channel: string | undefined,
  user: User,
): readonly ServiceClaims[] {
  if (channel === undefined && user === undefined) return claims.services
  const rtc = claims.services.filter((claims) => claims.service === 'rtc')
  const here = rtc.filter((claims) => channel === undefined || claims.channel === channel)
  if (here.length === 0) throw channelMismatch()
  const theirs = here.filter(
    (claims) => user === undefined || claims.user === user || claims.user === '',
  )
  if (theirs.length === 0) throw userMismatch()
  return theirs
}

function checkUserIds({ services }: DecodedToken007, { userId }: VerifyExpectations): void {
  const isTheirs = (claims: ServiceClaims) => 'userId' in claims && claims.userId === userId
  if (userId !== undefined && !services.some(isTheirs)) throw userMismatch()
}

/**
 * Writes what a 006 token must have been signed for. A token for RTM has its user where others have their
 * channel, and no user.
 */
function writeSigned(
  claims: DecodedToken006,
  message: Uint8Array,
  { channel, userId }: VerifyExpectations,
  user: User,
): ByteWriter {
  if (userId === undefined && (channel === undefined || user === undefined)) {
    throw new TokenError(
      'EXPECTATION_MISSING',
      'channel, and uid or account, expected: a 006 token cannot be verified without them',
    )
  }
  const place = userId ?? channel!
  const person = userId !== undefined || claims.userCrc32 === 0 ? '' : user!
  const writer = writeSignedNames(claims.appId, place, person).raw(message)
  if (crc32OfText(place) !== claims.channelCrc32) {
    throw userId === undefined ? channelMismatch() : userMismatch()
  }
  if (crc32OfText(person) !== claims.userCrc32) throw userMismatch()
  return writer
}

function checkWindow(issuedAt: number, expiresAt: number, expected: VerifyExpectations): void {
  const { now = Date.now() / 1000, clockToleranceSeconds: tolerance = 0 } = expected
  if (!Number.isFinite(now) || !Number.isFinite(tolerance) || tolerance < 0) {
    throw new TokenError(
      'EXPECTATION_INVALID',
      `now and clockToleranceSeconds: seconds expected, got ${describe(now)} and ${describe(tolerance)}`,
    )
  }
  if (issuedAt > now + tolerance) {
    const early = Math.ceil(issuedAt - now)
    throw new TokenError('TOKEN_NOT_YET_VALID', `the token was issued ${early} s after now`)
  }
  if (expiresAt <= now - tolerance) {
    const late = Math.floor(now - expiresAt)
    throw new TokenError('TOKEN_EXPIRED', `the token ended ${late} s ago`)
  }
}

function channelMismatch(): TokenError {
  return new TokenError(
    'CHANNEL_MISMATCH',
    'the token is for another channel than the expected one',
  )
}

function userMismatch(): TokenError {
  return new TokenError('USER_MISMATCH', 'the token is for another user than the expected one')
}
