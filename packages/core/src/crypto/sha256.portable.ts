import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { sha256 } from './sha256.ts'

/** SHA-256 of a text in plain JavaScript: synchronous where WebCrypto would be a promise. */
export function hexDigest(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}
