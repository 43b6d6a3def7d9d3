import { md5 } from '@noble/hashes/legacy.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { encodeUtf8 } from '../wire/byte-writer.ts'

/**
 * Returns the MD5 of a string's UTF-8 bytes, in lower-case hexadecimal digits. Agora names a Chat user by the MD5 of
 * another id; it protects nothing.
 *
 * @throws {TokenError} CLAIM_INVALID for half a surrogate pair
 */
export function md5Hex(text: string): string {
  return bytesToHex(md5(encodeUtf8(text, 'text')))
}
