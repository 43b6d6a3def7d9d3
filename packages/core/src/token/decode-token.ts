import { isHex32 } from '../checks/checks.ts'
import { MAX_TOKEN_LENGTH } from '../checks/limits.ts'
import { nameOfOlderKey } from '../dynamic-key/recognise-key.ts'
import { malformed, TokenError } from '../errors.ts'
import { type ParsedToken006, parse006 } from '../version-006/decode-006.ts'
import type { DecodedToken006 } from '../version-006/decoded-token-006.ts'
import { type ParsedToken007, parse007 } from '../version-007/decode-007.ts'
import type { DecodedToken007 } from '../version-007/decoded-token-007.ts'

/** What a token says; `version` tells which of the two layouts. */
export type DecodedToken = DecodedToken007 | DecodedToken006

/**
 * Reads what a token says, of version 006 or 007, without any secret. **Verifies nothing**: anyone
 * can write a token that claims anything. To find out whether one is good, use
 * `verifyToken`.
 *
 * @throws {TokenError} TOKEN_MALFORMED when the string is not a token, TOKEN_VERSION_UNSUPPORTED when it
 *   is a key from before 006 (the message names which), TOKEN_TOO_LARGE when it is longer than
 *   128 KiB or expands past 256 KiB
 */
export function decodeToken(token: string): DecodedToken {
  return parseToken(token).claims
}

/** Reads a token and keeps what verification needs. Throws as {@link decodeToken} does. */
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
  // Older keys that may begin like a token of today are shorter. Not to look for them saves a twentieth of reading.
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
