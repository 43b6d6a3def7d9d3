import { TokenError } from '../errors.ts'
import type { ByteReader } from '../wire/byte-reader.ts'
import { checkAppCertificate, checkUid, describe } from './checks.ts'

/** The App Certificate to verify with, or several: while you rotate it, tokens of both are in use. */
export type CertificateChoice =
  | { readonly appCertificate: string; readonly appCertificates?: never }
  | { readonly appCertificates: readonly string[]; readonly appCertificate?: never }

/** What `verifyToken` compares a token with. It does not compare what you leave out. */
export type VerifyExpectations = CertificateChoice & {
  readonly appId?: string
  /** The channel that the token must be for. Required for a 006 token for RTC. */
  readonly channel?: string
  /** The uid that the token must be for, 1 to 4294967295. A 006 token for RTC requires `uid` or `account`. */
  readonly uid?: number
  /** The user account that the token must be for. At most one of `uid` and `account`. */
  readonly account?: string
  /** The user id that a messaging or chat service of the token must be for. Required for a 006 token for RTM. */
  readonly userId?: string
  /**
   * Whether a 007 token may hold the patterns that Agora accepts: `*` for any characters in a name, an empty
   * channel, and the user "0". Default: `false`. `createToken` signs no patterns, so such a token was signed
   * elsewhere and opens channels that you never named.
   */
  readonly patterns?: boolean
  /** Unix seconds. Default: now. */
  readonly now?: number
  /** How far clocks may differ, in seconds, at both ends of the validity period. Default: 0. */
  readonly clockToleranceSeconds?: number
}

/** What `verifyToken` adds to the contents of a token. */
export interface SignedBy {
  /** Index of the certificate that signed the token, among the given certificates. */
  readonly certificateIndex: number
}

/**
 * Checked expectations. Each option is read once, before the token is decoded, so that no getter of the caller runs
 * in between.
 *
 * @internal
 */
export interface Expected {
  readonly certificates: readonly string[]
  readonly appId: string | undefined
  readonly channel: string | undefined
  /** The user as a token stores it; `undefined` when the user is not compared. */
  readonly user: string | undefined
  readonly userId: string | undefined
  readonly patterns: boolean
  readonly now: number
  readonly tolerance: number
}

/**
 * Checks the expectations before the token is decoded.
 *
 * @internal
 * @throws {TokenError} EXPECTATION_INVALID, APP_CERTIFICATE_INVALID, UID_INVALID, ACCOUNT_INVALID or
 *   IDENTITY_AMBIGUOUS
 */
export function checkExpectations(given: VerifyExpectations): Expected {
  const { appId, channel, userId, patterns = false } = given
  const { now = Date.now() / 1000, clockToleranceSeconds: tolerance = 0 } = given
  const [certificates, user] = [checkCertificates(given), expectedUser(given)]
  return { certificates, appId, channel, user, userId, patterns, now, tolerance }
}

function checkCertificates({ appCertificate, appCertificates }: CertificateChoice): string[] {
  if (appCertificates === undefined && appCertificate !== undefined)
    return [checkAppCertificate(appCertificate)]
  if (!Array.isArray(appCertificates) || appCertificates.length === 0) {
    throw new TokenError(
      'EXPECTATION_INVALID',
      `appCertificate, or appCertificates with at least one, expected, got ${describe(appCertificates ?? [])}`,
    )
  }
  return appCertificates.map(checkAppCertificate)
}

// An account may be any string: tokens with characters that Agora does not allow exist.
function expectedUser({ uid, account }: VerifyExpectations): string | undefined {
  if (uid !== undefined && account !== undefined) {
    throw new TokenError('IDENTITY_AMBIGUOUS', 'uid or account expected, got both')
  }
  if (uid !== undefined) return String(checkUid(uid))
  if (account === undefined || (typeof account === 'string' && account !== '')) return account
  throw new TokenError('ACCOUNT_INVALID', `account: string expected, got ${describe(account)}`)
}

/**
 * Returns the index of the certificate that signed a token.
 *
 * @internal
 * @param signed - the signed data, passed on to `isSignedWith` so that it need not be a closure
 * @throws {TokenError} SIGNATURE_INVALID
 */
export function findSigner<Signed>(
  { certificates }: Expected,
  signed: Signed,
  content: ByteReader,
  isSignedWith: (certificate: string, signed: Signed, content: ByteReader) => boolean,
): number {
  for (let i = 0; i < certificates.length; i++) {
    if (isSignedWith(certificates[i]!, signed, content)) return i
  }
  throw new TokenError(
    'SIGNATURE_INVALID',
    'the token was not signed with the expected App Certificate, or was changed after it was signed',
  )
}

/**
 * Checks that the current time is within the validity period of a token.
 *
 * @internal
 * @param issuedAt - Unix seconds
 * @param expiresAt - Unix seconds
 * @throws {TokenError} TOKEN_NOT_YET_VALID, TOKEN_EXPIRED or EXPECTATION_INVALID
 */
export function checkWindow(
  issuedAt: number,
  expiresAt: number,
  { now, tolerance }: Expected,
): void {
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

/** @internal */
export function channelMismatch(): TokenError {
  return new TokenError(
    'CHANNEL_MISMATCH',
    'the token is for a different channel from the one expected',
  )
}

/** @internal */
export function userMismatch(): TokenError {
  return new TokenError('USER_MISMATCH', 'the token is for a different user from the one expected')
}
