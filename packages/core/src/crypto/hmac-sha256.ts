import { beginWithKey, hashRest, hashWords, sha256, wordAt, writeWords } from './sha256.ts'

const BLOCK = 64
const DIGEST = 32
const INNER_PAD = 0x36363636
const OUTER_PAD = 0x5c5c5c5c

const innerDigest = /* @__PURE__ */ new Int32Array(DIGEST / 4)

/**
 * An HMAC-SHA-256 key as the two hashes of RFC 2104 stand after it: half of the work for a short message, done
 * once for each key. As secret as the key.
 */
export interface HmacKey {
  readonly inner: Int32Array
  readonly outer: Int32Array
}

/** Makes a key of bytes. */
export function hmacKey(bytes: Uint8Array): HmacKey {
  const key = unsetKey()
  setKey(key, wordsOf(bytes.length > BLOCK ? sha256(bytes) : bytes))
  return key
}

/** Makes room for a key, for {@link setKey}. */
export function unsetKey(): HmacKey {
  return { inner: new Int32Array(DIGEST / 4), outer: new Int32Array(DIGEST / 4) }
}

/** Makes another key of this one: of at most sixteen words, or of the bytes that they are. */
export function setKey(key: HmacKey, words: Int32Array): void {
  beginWithKey(key.inner, words, INNER_PAD)
  beginWithKey(key.outer, words, OUTER_PAD)
}

/** HMAC of the bytes from `start` on, into eight words. */
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

/** HMAC of eight words, into eight words. */
export function hmacOfWords(digest: Int32Array, key: HmacKey, message: Int32Array): void {
  hashWords(innerDigest, key.inner, message)
  hashWords(digest, key.outer, innerDigest)
}

/** HMAC-SHA-256 of bytes. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  const digest = new Int32Array(DIGEST / 4)
  hmacInto(digest, hmacKey(key), message, 0, message.length)
  return writeWords(digest, new Uint8Array(DIGEST), 0)
}

/** The words of bytes, the last one filled up with zeros. */
function wordsOf(bytes: Uint8Array): Int32Array {
  const filled = new Uint8Array((bytes.length + 3) & ~3)
  filled.set(bytes)
  return Int32Array.from({ length: filled.length / 4 }, (_, i) => wordAt(filled, 4 * i))
}
