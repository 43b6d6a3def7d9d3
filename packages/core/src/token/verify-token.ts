import {
  checkExpectations,
  type SignedBy,
  type VerifyExpectations,
} from '../checks/verify-expectations.ts'
import { TokenError } from '../errors.ts'
import { verify006 } from '../version-006/verify-006.ts'
import { verify007 } from '../version-007/verify-007.ts'
import { type DecodedToken, parseToken } from './decode-token.ts'

/** A token that was found good, and which of the certificates given had signed it. */
export type VerifiedToken = DecodedToken & SignedBy

/**
 * Verifies a token: format, App ID, signature, channel, user, time window, in this order. A token
 * for any user passes whichever user is expected; one that holds patterns does so where `patterns` asks for it.
 *
 * A 006 token holds neither channel nor user but is signed with both, so both must be given; they
 * are compared by checksum before the signature. A 006 token for RTM needs `userId` instead, and is for no
 * channel.
 *
 * @throws {TokenError} what `decodeToken` throws; APP_ID_MISMATCH, SIGNATURE_INVALID,
 *   TOKEN_NOT_YET_VALID, TOKEN_EXPIRED, CHANNEL_MISMATCH, USER_MISMATCH; EXPECTATION_MISSING when a
 *   006 token comes without channel or user; EXPECTATION_INVALID, APP_CERTIFICATE_INVALID,
 *   UID_INVALID, ACCOUNT_INVALID or IDENTITY_AMBIGUOUS for expectations that make no sense
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
