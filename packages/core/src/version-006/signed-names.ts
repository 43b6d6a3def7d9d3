// The default import: crc-32 is CommonJS, and plain Node finds no named exports in it.
import CRC32 from 'crc-32'
import { type ByteWriter, takeWriter } from '../wire/byte-writer.ts'

/**
 * Writes the start of what a 006 token is signed for; its message follows. The token itself contains only checksums of
 * channel and user.
 *
 * @param user - a uid in decimal or a user account; an empty string admits every user
 * @throws {TokenError} CLAIM_INVALID for half a surrogate pair
 */
export function writeSignedNames(appId: string, channel: string, user: string): ByteWriter {
  return takeWriter().rawText(appId, 'App ID').rawText(channel, 'channel').rawText(user, 'user')
}

/**
 * Returns the CRC-32 (of zlib and PNG) of a string's UTF-8 bytes, as an unsigned number. The string must not contain
 * half a surrogate pair, which UTF-8 cannot encode.
 */
export function crc32OfText(text: string): number {
  return CRC32.str(text) >>> 0
}
