import { compress, INITIAL_STATE } from './compress.ts'

const BLOCK = 64
const DIGEST = 32
const END_MARK = 0x80

// Overwritten for each block; nothing else runs before the block is compressed.
const block = /* @__PURE__ */ new Int32Array(16)
// Eight words, then the end of a message of one block and these words.
// oxfmt-ignore
const wordsBlock = /* @__PURE__ */ Int32Array.of(
  0, 0, 0, 0, 0, 0, 0, 0, END_MARK << 24, 0, 0, 0, 0, 0, 0, (BLOCK + DIGEST) * 8,
)

/** Returns the SHA-256 of bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  const digest = new Int32Array(DIGEST / 4)
  hashRest(digest, INITIAL_STATE, 0, bytes, 0, bytes.length)
  return writeWords(digest, new Uint8Array(DIGEST), 0)
}

/**
 * Hashes bytes from `start` to before `end`, and ends the hash.
 *
 * @param digest - eight words; not the state itself
 * @param state - the state of the hash so far
 * @param hashed - how many bytes were hashed so far, a multiple of 64
 */
export function hashRest(
  digest: Int32Array,
  state: Int32Array,
  hashed: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): void {
  let at = start
  let from = state
  for (; end - at >= BLOCK; at += BLOCK) {
    for (let i = 0; i < 16; i++) block[i] = wordAt(bytes, at + 4 * i)
    compress(digest, from, block)
    from = digest
  }
  loadEnd(bytes, at, end)
  if (end - at >= BLOCK - 8) {
    compress(digest, from, block)
    from = digest
    block.fill(0)
  }
  const length = hashed + end - start
  block[14] = Math.floor(length / 0x20000000)
  block[15] = length << 3
  compress(digest, from, block)
}

/** Ends a hash of one block and eight more words, as HMAC needs it for digests. */
export function hashWords(digest: Int32Array, state: Int32Array, words: Int32Array): void {
  for (let i = 0; i < 8; i++) wordsBlock[i] = words[i]!
  compress(digest, state, wordsBlock)
}

/** Starts a hash with one block that holds the key, each byte XORed with `padding`. */
export function beginWithKey(state: Int32Array, key: Int32Array, padding: number): void {
  for (let i = 0; i < 16; i++) block[i] = i < key.length ? key[i]! ^ padding : padding
  compress(state, INITIAL_STATE, block)
}

/** Writes words, the high byte first. */
export function writeWords(words: Int32Array, bytes: Uint8Array, start: number): Uint8Array {
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    const at = start + 4 * i
    bytes[at] = word >>> 24
    bytes[at + 1] = word >>> 16
    bytes[at + 2] = word >>> 8
    bytes[at + 3] = word
  }
  return bytes
}

/** Returns four bytes as a word, the high byte first. */
export function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!
}

/** Returns the last bytes, fewer than a block, with the mark that follows them. */
function loadEnd(bytes: Uint8Array, start: number, end: number): void {
  let at = start
  let i = 0
  for (; end - at >= 4; at += 4) block[i++] = wordAt(bytes, at)
  let last = END_MARK << 24
  for (let back = end - 1; back >= at; back--) last = (last >>> 8) | (bytes[back]! << 24)
  block[i++] = last
  while (i < 16) block[i++] = 0
}
