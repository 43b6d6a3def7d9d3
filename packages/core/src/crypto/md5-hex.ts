import { md5 } from '@noble/hashes/legacy.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { encodeUtf8 } from '../wire/byte-writer.ts'

/**
 * The MD5 of a text in UTF-8, in lower-case hexadecimal digits. Agora names a Chat user by the MD5 of
 * another id: a name, not a protection.
 *
 * @throws {TokenError} CLAIM_INVALID for half a surrogate pair
 */
export function md5Hex(text: string): string {
  return bytesToHex(md5(encodeUtf8(text, 'text')))
}
