import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { sha256 } from './sha256.ts'

/** Returns the SHA-256 of a string in plain JavaScript, because WebCrypto is asynchronous. */
export function hexDigest(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}
