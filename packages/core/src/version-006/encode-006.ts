import { writeWords } from '../crypto/sha256.ts'
import { sign006 } from '../crypto/sign-token.ts'
import { SIGNATURE_LENGTH, SIGNATURE_START } from '../layout/signature.ts'
import { encodeBase64 } from '#encode-base64'
import { type ByteWriter, takeWriter } from '../wire/byte-writer.ts'
import { type Privileges, writePrivileges } from '../wire/privilege-map.ts'
import { crc32OfText, writeSignedNames } from './signed-names.ts'
import { PRIVILEGE_IDS_006 } from './privileges-006.ts'

/** Everything that a 006 token contains or is signed for. */
export interface Claims006 {
  readonly appId: string
  readonly channel: string
  /** A uid in decimal or a user account; an empty string admits every user. */
  readonly user: string
  readonly salt: number
  /** Unix seconds. */
  readonly tokenExpiresAt: number
  /** Seconds from `privilegesFrom`. */
  readonly privileges: Privileges
  /** Unix seconds. Default: 0, so that the privileges are timestamps. */
  readonly privilegesFrom?: number
}

/**
 * Signs claims into a 006 token. It writes every claim that the format can hold; callers check the claims.
 *
 * @throws {TokenError} CLAIM_INVALID or PRIVILEGE_INVALID for what the format cannot hold
 */
export function encode006(claims: Claims006, appCertificate: string): string {
  const { appId, channel, user } = claims
  const signed = writeSignedNames(appId, channel, user)
  const messageStart = signed.length
  writeMessage(signed, claims)
  const signature = sign006(appCertificate, signed.memory, 0, signed.length)
  const content = takeWriter().u16(SIGNATURE_LENGTH, 'signature').skip(SIGNATURE_LENGTH)
  writeWords(signature, content.memory, SIGNATURE_START)
  content
    .u32(crc32OfText(channel), 'channel checksum')
    .u32(crc32OfText(user), 'user checksum')
    .restOf(signed, messageStart, 'message')
  const token = `006${appId}${encodeBase64(content.memory, content.length)}`
  // In this order, so that each gets the same memory again for the next token.
  content.release()
  signed.release()
  return token
}

function writeMessage(writer: ByteWriter, claims: Claims006): void {
  writer.u32(claims.salt, 'salt').u32(claims.tokenExpiresAt, 'end of the token')
  writePrivileges(writer, claims.privileges, PRIVILEGE_IDS_006, claims.privilegesFrom)
}
