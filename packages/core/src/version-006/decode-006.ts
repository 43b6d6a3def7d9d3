import { decodeBase64 } from '../wire/decode-base64.ts'
import { ByteReader } from '../wire/byte-reader.ts'
import { readPrivileges } from '../wire/privilege-map.ts'
import { type DecodedToken006, effectiveEnd006 } from './decoded-token-006.ts'
import { PRIVILEGE_NAMES_006 } from './privileges-006.ts'

/** A 006 token taken apart: its claims, its signature, and the part of it that is signed. */
export interface ParsedToken006 {
  readonly claims: DecodedToken006
  readonly signature: Uint8Array
  readonly message: Uint8Array
}

/**
 * Reads a 006 token: its version, which is not looked at, its App ID, and the rest in base64.
 *
 * @throws {TokenError} TOKEN_MALFORMED
 */
export function parse006(token: string): ParsedToken006 {
  const content = new ByteReader(decodeBase64(token, 35))
  const signature = content.bytes('signature')
  const channelCrc32 = content.u32('channel checksum')
  const userCrc32 = content.u32('user checksum')
  const message = content.bytes('message')
  content.end('token')
  const claims = readClaims(token.slice(3, 35), channelCrc32, userCrc32, message)
  return { claims, signature, message }
}

function readClaims(
  appId: string,
  channelCrc32: number,
  userCrc32: number,
  message: Uint8Array,
): DecodedToken006 {
  const reader = new ByteReader(message)
  const salt = reader.u32('salt')
  const tokenExpiresAt = reader.u32('end of the token')
  const privileges = readPrivileges(reader, PRIVILEGE_NAMES_006)
  reader.end('message')
  const expiresAt = effectiveEnd006(tokenExpiresAt, privileges)
  const version = '006'
  return { version, appId, tokenExpiresAt, expiresAt, salt, channelCrc32, userCrc32, privileges }
}
