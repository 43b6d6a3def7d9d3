// The default import: crc-32 is CommonJS, and plain Node finds no named exports in it.
import CRC32 from 'crc-32'
import { type ByteWriter, takeWriter } from '../wire/byte-writer.ts'

/**
 * Begins what a 006 token is signed for; its message follows. The channel and the user are not in the
 * token, only their checksums.
 *
 * @param user - decimal uid or user account; empty when the uid is not checked
 * @throws {TokenError} CLAIM_INVALID for half a surrogate pair
 */
export function writeSignedNames(appId: string, channel: string, user: string): ByteWriter {
  return takeWriter().rawText(appId, 'App ID').rawText(channel, 'channel').rawText(user, 'user')
}

/**
 * CRC-32 (as in zlib and PNG) of a text in UTF-8, as an unsigned number. The text must have no half
 * surrogate pairs, which UTF-8 cannot hold.
 */
export function crc32OfText(text: string): number {
  return CRC32.str(text) >>> 0
}
