import { MAX_CONTENT_LENGTH } from '../checks/limits.ts'
import { readServices } from '../layout/read-services.ts'
import { skipSignature } from '../layout/signature.ts'
import type { ByteReader } from '../wire/byte-reader.ts'
import { decodeBase64 } from '../wire/decode-base64.ts'
import { zlibInflate } from '../wire/inflate.ts'
import { type DecodedToken007, effectiveEnd007 } from './decoded-token-007.ts'

/** A parsed 007 token: its claims, and its content, which is valid until the next token is parsed. */
export interface ParsedToken007 {
  readonly claims: DecodedToken007
  readonly content: ByteReader
}

/**
 * Parses a 007 token: its version, which is not checked, and the rest in base64 and zlib.
 *
 * @throws {TokenError} TOKEN_MALFORMED or TOKEN_TOO_LARGE
 */
export function parse007(token: string): ParsedToken007 {
  const content = zlibInflate(decodeBase64(token, 3), MAX_CONTENT_LENGTH)
  skipSignature(content)
  return { claims: readClaims(content), content }
}

function readClaims(reader: ByteReader): DecodedToken007 {
  const appId = reader.text('App ID')
  const issuedAt = reader.u32('issue time')
  const expiresIn = reader.u32('ttl')
  const salt = reader.u32('salt')
  const services = readServices(reader)
  reader.refuseRest('token')
  const expiresAt = effectiveEnd007(issuedAt, expiresIn, services)
  return { version: '007', appId, issuedAt, expiresIn, expiresAt, salt, services }
}
