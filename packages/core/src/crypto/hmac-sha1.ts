import { hmac } from '@noble/hashes/hmac.js'
import { sha1 } from '@noble/hashes/legacy.js'
import { bytesToHex } from '@noble/hashes/utils.js'

/** HMAC-SHA-1, with which the keys before 006 are signed, in lower-case hexadecimal digits. */
export function hmacSha1Hex(key: Uint8Array, message: Uint8Array): string {
  return bytesToHex(hmac(sha1, key, message))
}
