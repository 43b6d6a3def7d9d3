import { isHex32 } from '../checks/checks.ts'
import { MAX_TOKEN_LENGTH } from '../checks/limits.ts'
import { nameOfOlderKey } from '../dynamic-key/recognise-key.ts'
import { malformed, TokenError } from '../errors.ts'
import { type ParsedToken006, parse006 } from '../version-006/decode-006.ts'
import type { DecodedToken006 } from '../version-006/decoded-token-006.ts'
import { type ParsedToken007, parse007 } from '../version-007/decode-007.ts'
import type { DecodedToken007 } from '../version-007/decoded-token-007.ts'

/** The contents of a token; `version` tells the two layouts apart. */
export type DecodedToken = DecodedToken007 | DecodedToken006

/**
 * Decodes a token of version 006 or 007; it needs no secret. It **verifies nothing**: anyone can write
 * a token that claims anything. To check a token, use `verifyToken`.
 *
 * @throws {TokenError} TOKEN_MALFORMED when the string is not a token; TOKEN_VERSION_UNSUPPORTED when it
 *   is a key older than 006, which the message names; TOKEN_TOO_LARGE when it is longer than
 *   131072 characters or holds more than 256 KiB
 */
export function decodeToken(token: string): DecodedToken {
  return parseToken(token).claims
}

/** Decodes a token and keeps what verification needs. Throws the errors of {@link decodeToken}. */
export function parseToken(token: string): ParsedToken006 | ParsedToken007 {
  const text = checkText(token)
  const parsed = text.startsWith('007') ? parse007(text) : parse006(text)
  if (!isHex32(parsed.claims.appId)) {
    throw malformed('App ID in the token: 32 hexadecimal digits expected')
  }
  return parsed
}

function checkText(token: unknown): string {
  if (typeof token !== 'string') {
    throw malformed(`token: string expected, got ${typeof token}`)
  }
  if (token.length > MAX_TOKEN_LENGTH) {
    throw new TokenError(
      'TOKEN_TOO_LARGE',
      `token: at most ${MAX_TOKEN_LENGTH} characters expected, got ${token.length}`,
    )
  }
  return checkVersion(token)
}

function checkVersion(token: string): string {
  const isOfToday = token.startsWith('007') || token.startsWith('006')
  // Older keys can start like a current token, but are shorter. Skipping the search saves a twentieth of decoding.
  const olderKey = isOfToday && token.length > 110 ? undefined : nameOfOlderKey(token)
  if (olderKey) {
    throw new TokenError(
      'TOKEN_VERSION_UNSUPPORTED',
      `token: version 006 or 007 expected, got ${olderKey}`,
    )
  }
  if (isOfToday) return token
  throw malformed('token: a string that starts with 006 or 007 expected')
}
