import { TokenError } from '../errors.ts'
import type { ByteReader } from '../wire/byte-reader.ts'
import { checkAppCertificate, checkUid, describe } from './checks.ts'

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
  /**
   * Whether a 007 token may hold patterns, which Agora accepts: `*` for any characters in a name, a blank
   * channel, and the user "0". Default false: `createToken` signs none, so a token with one was made
   * elsewhere, and to accept it opens rooms that you never named. A 006 token cannot hold any.
   */
  readonly patterns?: boolean
  /** Unix seconds; default now. */
  readonly now?: number
  /** How far clocks may differ, in seconds, on both ends of the token's life. Default 0. */
  readonly clockToleranceSeconds?: number
}

/** What verifying a token finds out beside its claims. */
export interface SignedBy {
  /** Which of the certificates given signed the token: an index into them. */
  readonly certificateIndex: number
}

/**
 * What a token is held against, with the expectations themselves checked. Each is read once, before the token is, so that
 * no code of the caller runs while it is.
 *
 * @internal
 */
export interface Expected {
  readonly certificates: readonly string[]
  readonly appId: string | undefined
  readonly channel: string | undefined
  /** The user as a token holds it; `undefined` when the user is not compared. */
  readonly user: string | undefined
  readonly userId: string | undefined
  readonly patterns: boolean
  readonly now: number
  readonly tolerance: number
}

/**
 * Checks the expectations themselves, before the token is looked at.
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

// An account is compared as it is: tokens with accounts outside the documented alphabet exist.
function expectedUser({ uid, account }: VerifyExpectations): string | undefined {
  if (uid !== undefined && account !== undefined) {
    throw new TokenError('IDENTITY_AMBIGUOUS', 'uid or account expected, got both')
  }
  if (uid !== undefined) return String(checkUid(uid))
  if (account === undefined || (typeof account === 'string' && account !== '')) return account
  throw new TokenError('ACCOUNT_INVALID', `account: string expected, got ${describe(account)}`)
}

/**
 * Which of the certificates signed a token.
 *
 * @internal
 * @param signed - what the signature is made of, for `isSignedWith`, which without it would be a closure
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
 * Compares the life of a token with the clock.
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
