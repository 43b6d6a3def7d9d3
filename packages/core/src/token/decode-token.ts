import { malformed, TokenError } from '../errors.ts'
import { type ParsedToken006, parse006 } from '../version-006/decode-006.ts'
import { nameOfOlderKey } from '../dynamic-key/recognise-key.ts'
import { readServices } from '../layout/read-services.ts'
import { decodeBase64 } from '../wire/decode-base64.ts'
import { ByteReader } from '../wire/byte-reader.ts'
import { zlibInflate } from '../wire/inflate.ts'
import { effectiveEnd007 } from './effective-end.ts'
import type { DecodedToken, DecodedToken007 } from './token-claims.ts'
import { MAX_CONTENT_LENGTH, MAX_TOKEN_LENGTH } from '../checks/limits.ts'

const APP_ID = /^[0-9a-fA-F]{32}$/
const SIGNATURE_LENGTH = 32

/** A 007 token taken apart: its claims, its signature, and the part of it that is signed. */
export interface ParsedToken007 {
  readonly claims: DecodedToken007
  readonly signature: Uint8Array
  readonly signedBytes: Uint8Array
}

/**
 * Reads what a token says, of version 006 or 007, without any secret. **Verifies nothing**: whoever
 * can write text can write a token that says anything. To find out whether one is good, use
 * `verifyToken`.
 *
 * @throws {TokenError} TOKEN_MALFORMED when the text is no token, TOKEN_VERSION_UNSUPPORTED when it
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
  if (!APP_ID.test(parsed.claims.appId)) {
    throw malformed('App ID in the token: 32 hexadecimal digits expected')
  }
  if (parsed.signature.length !== SIGNATURE_LENGTH) {
    throw malformed(`signature: ${SIGNATURE_LENGTH} bytes expected, got ${parsed.signature.length}`)
  }
  return parsed
}

function checkText(token: unknown): string {
  if (typeof token !== 'string') {
    throw malformed(`token: text expected, got ${typeof token}`)
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
  const olderKey = nameOfOlderKey(token)
  if (olderKey) {
    throw new TokenError(
      'TOKEN_VERSION_UNSUPPORTED',
      `token: version 006 or 007 expected, got ${olderKey}`,
    )
  }
  if (!/^00[67]/.test(token)) throw malformed('token: text that starts with 006 or 007 expected')
  return token
}

function parse007(token: string): ParsedToken007 {
  const content = new ByteReader(zlibInflate(decodeBase64(token, 3), MAX_CONTENT_LENGTH))
  const signature = content.bytes('signature').slice()
  const signedBytes = content.rest()
  return { claims: readClaims(new ByteReader(signedBytes)), signature, signedBytes }
}

function readClaims(reader: ByteReader): DecodedToken007 {
  const appId = reader.text('App ID')
  const issuedAt = reader.u32('issue time')
  const expiresIn = reader.u32('ttl')
  const salt = reader.u32('salt')
  const services = readServices(reader)
  reader.end('token')
  const expiresAt = effectiveEnd007(issuedAt, expiresIn, services)
  return { version: '007', appId, issuedAt, expiresIn, expiresAt, salt, services }
}
