import { beginWithKey, hashRest, hashWords, sha256, wordAt, writeWords } from './sha256.ts'

const BLOCK = 64
const DIGEST = 32
const INNER_PAD = 0x36363636
const OUTER_PAD = 0x5c5c5c5c

const innerDigest = /* @__PURE__ */ new Int32Array(DIGEST / 4)

/**
 * An HMAC-SHA-256 key as the states of RFC 2104's two hashes after the key: half of the work for a short message, done
 * once for each key. It is as secret as the key.
 */
export interface HmacKey {
  readonly inner: Int32Array
  readonly outer: Int32Array
}

/** Makes a key from bytes. */
export function hmacKey(bytes: Uint8Array): HmacKey {
  const key = unsetKey()
  setKey(key, wordsOf(bytes.length > BLOCK ? sha256(bytes) : bytes))
  return key
}

/** Makes room for a key, for {@link setKey}. */
export function unsetKey(): HmacKey {
  return { inner: new Int32Array(DIGEST / 4), outer: new Int32Array(DIGEST / 4) }
}

/** Changes a key to another one of at most sixteen words, or of their bytes. */
export function setKey(key: HmacKey, words: Int32Array): void {
  beginWithKey(key.inner, words, INNER_PAD)
  beginWithKey(key.outer, words, OUTER_PAD)
}

/** Writes the HMAC of the bytes from `start` on into eight words. */
export function hmacInto(
  digest: Int32Array,
  key: HmacKey,
  message: Uint8Array,
  start: number,
  end: number,
): void {
  hashRest(innerDigest, key.inner, BLOCK, message, start, end)
  hashWords(digest, key.outer, innerDigest)
}

/** Writes the HMAC of eight words into eight words. */
export function hmacOfWords(digest: Int32Array, key: HmacKey, message: Int32Array): void {
  hashWords(innerDigest, key.inner, message)
  hashWords(digest, key.outer, innerDigest)
}

/** Returns the HMAC-SHA-256 of bytes. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  const digest = new Int32Array(DIGEST / 4)
  hmacInto(digest, hmacKey(key), message, 0, message.length)
  return writeWords(digest, new Uint8Array(DIGEST), 0)
}

/** Returns bytes as words, the last one padded with zeros. */
function wordsOf(bytes: Uint8Array): Int32Array {
  const filled = new Uint8Array((bytes.length + 3) & ~3)
  filled.set(bytes)
  return Int32Array.from({ length: filled.length / 4 }, (_, i) => wordAt(filled, 4 * i))
}
