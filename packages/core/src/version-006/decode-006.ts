import { SIGNATURE_END, skipSignature } from '../layout/signature.ts'
import { decodeBase64 } from '../wire/decode-base64.ts'
import { ByteReader } from '../wire/byte-reader.ts'
import { readPrivileges } from '../wire/privilege-map.ts'
import { type DecodedToken006, effectiveEnd006 } from './decoded-token-006.ts'
import { PRIVILEGE_NAMES_006 } from './privileges-006.ts'

/** A parsed 006 token: its claims, and its content, which is valid until the next token is parsed. */
export interface ParsedToken006 {
  readonly claims: DecodedToken006
  readonly content: ByteReader
}

/** Where the signed part of the content starts: after the signature, two checksums and its own length. */
export const MESSAGE_START: number = SIGNATURE_END + 4 + 4 + 2

/**
 * Parses a 006 token: its version, which is not checked, its App ID, and the rest in base64.
 *
 * @throws {TokenError} TOKEN_MALFORMED
 */
export function parse006(token: string): ParsedToken006 {
  const content = decodeBase64(token, 35)
  skipSignature(content)
  return { claims: readClaims(token.slice(3, 35), content), content }
}

function readClaims(appId: string, content: ByteReader): DecodedToken006 {
  const channelCrc32 = content.u32('channel checksum')
  const userCrc32 = content.u32('user checksum')
  const start = content.skip(content.u16('message'), 'message')
  content.refuseRest('token')
  const message = new ByteReader(content.memory, content.end, start)
  const salt = message.u32('salt')
  const tokenExpiresAt = message.u32('end of the token')
  const privileges = readPrivileges(message, PRIVILEGE_NAMES_006)
  message.refuseRest('message')
  const expiresAt = effectiveEnd006(tokenExpiresAt, privileges)
  const version = '006'
  return { version, appId, tokenExpiresAt, expiresAt, salt, channelCrc32, userCrc32, privileges }
}
