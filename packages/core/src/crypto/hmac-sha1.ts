import { hmac } from '@noble/hashes/hmac.js'
import { sha1 } from '@noble/hashes/legacy.js'
import { bytesToHex } from '@noble/hashes/utils.js'

/** Returns an HMAC-SHA-1, the signature of keys before 006, in lower-case hexadecimal digits. */
export function hmacSha1Hex(key: Uint8Array, message: Uint8Array): string {
  return bytesToHex(hmac(sha1, key, message))
}
