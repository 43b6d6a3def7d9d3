import {
  checkExpectations,
  type SignedBy,
  type VerifyExpectations,
} from '../checks/verify-expectations.ts'
import { TokenError } from '../errors.ts'
import { verify006 } from '../version-006/verify-006.ts'
import { verify007 } from '../version-007/verify-007.ts'
import { type DecodedToken, parseToken } from './decode-token.ts'

/** The contents of a valid token, and which of the given certificates signed it. */
export type VerifiedToken = DecodedToken & SignedBy

/**
 * Verifies a token and returns its contents. It checks format, App ID, signature, channel, user and
 * validity period, in this order. A token for any user passes for every expected user; a token with
 * patterns passes only with `patterns: true`.
 *
 * A 006 token contains only checksums of its channel and user, so you must pass both; they are compared
 * before the signature. For a 006 token for RTM, pass `userId` instead.
 *
 * @throws {TokenError} APP_ID_MISMATCH, SIGNATURE_INVALID, CHANNEL_MISMATCH, USER_MISMATCH,
 *   TOKEN_NOT_YET_VALID or TOKEN_EXPIRED; EXPECTATION_MISSING for a 006 token without a channel or a
 *   user to expect; EXPECTATION_INVALID, APP_CERTIFICATE_INVALID, UID_INVALID, ACCOUNT_INVALID or
 *   IDENTITY_AMBIGUOUS for invalid expectations; and every error of `decodeToken`
 */
export function verifyToken(token: string, expected: VerifyExpectations): VerifiedToken {
  const checked = checkExpectations(expected)
  const { claims, content } = parseToken(token)
  if (checked.appId !== undefined && checked.appId !== claims.appId) {
    throw new TokenError(
      'APP_ID_MISMATCH',
      'the token is for a different App ID from the one expected',
    )
  }
  return claims.version === '006'
    ? verify006(claims, content, checked)
    : verify007(claims, content, checked)
}
