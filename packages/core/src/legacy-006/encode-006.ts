import { sign006 } from '../crypto/sign-token.ts'
import { encodeBase64 } from '#encode-base64'
import { ByteWriter } from '../wire/byte-writer.ts'
import { type Privileges, writePrivileges } from '../wire/privilege-map.ts'
import { PRIVILEGE_IDS_006 } from './privileges-006.ts'
import { layOutSignedParts } from './signed-parts.ts'

/** Everything that a 006 token says or is signed for. */
export interface Claims006 {
  readonly appId: string
  readonly channel: string
  /** Decimal uid or user account; empty when the uid is not checked. */
  readonly user: string
  readonly salt: number
  /** Unix seconds. */
  readonly tokenExpiresAt: number
  /** Moments in unix seconds. */
  readonly privileges: Privileges
}

/**
 * Signs claims into a 006 token. Writes any claim that the format can hold, sensible or not.
 *
 * @throws {TokenError} CLAIM_INVALID or PRIVILEGE_INVALID for what the format cannot hold
 */
export function encode006(claims: Claims006, appCertificate: string): string {
  const { appId, channel, user } = claims
  const message = writeMessage(claims)
  const parts = layOutSignedParts(appId, channel, user, message)
  const content = new ByteWriter()
    .bytes(sign006(appCertificate, parts.signedBytes), 'signature')
    .u32(parts.channelCrc32, 'channel checksum')
    .u32(parts.userCrc32, 'user checksum')
    .bytes(message, 'message')
  return `006${appId}${encodeBase64(content.written())}`
}

function writeMessage({ salt, tokenExpiresAt, privileges }: Claims006): Uint8Array {
  const writer = new ByteWriter().u32(salt, 'salt').u32(tokenExpiresAt, 'end of the token')
  writePrivileges(writer, privileges, PRIVILEGE_IDS_006)
  return writer.written()
}
