import { malformed } from '../errors.ts'
import { ByteReader } from './byte-reader.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUES: Int8Array = /* @__PURE__ */ valuesByCode()
const PADDING = 61 // '='
const NO_BITS = 65 // 'A'
// After a string, there is room to pad its last group, and to read the result by words.
const SPARE = 4

const UTF8 = /* @__PURE__ */ new TextEncoder()
// The bytes of the last string. Allocating takes as long as decoding.
const scratch = /* @__PURE__ */ new Uint8Array(2048)

/**
 * Reads RFC 4648 base64 strictly: standard alphabet, no white space, padding right or absent, and
 * no stray bits in the last character, so that one token has one spelling.
 *
 * It decodes in place: reading a string character by character takes twice as long.
 *
 * @param start - where the base64 starts in the string; default 0
 * @returns the bytes, valid until the next call
 * @throws {TokenError} TOKEN_MALFORMED
 */
export function decodeBase64(text: string, start = 0): ByteReader {
  const room = text.length + SPARE
  const bytes = room <= scratch.length ? scratch : new Uint8Array(room)
  // Below zero from the first invalid character on: one outside ASCII takes more than one byte.
  let all = text.length - UTF8.encodeInto(text, bytes).written
  const end = endOfData(bytes, start, text.length)
  const length = end - start
  bytes.fill(NO_BITS, end, end + SPARE)
  let to = 0
  for (let at = start; at < end; at += 4) {
    const group =
      (VALUES[bytes[at]!]! << 18) |
      (VALUES[bytes[at + 1]!]! << 12) |
      (VALUES[bytes[at + 2]!]! << 6) |
      VALUES[bytes[at + 3]!]!
    all |= group
    bytes[to++] = group >> 16
    bytes[to++] = group >> 8
    bytes[to++] = group
  }
  if (all < 0) throw malformed('base64: a character outside the alphabet')
  const whole = (length * 3) >> 2
  const hasStrayBits = to > whole && bytes[whole] !== 0
  if (length < 0 || length % 4 === 1 || hasStrayBits) throw malformed('base64: a wrong end')
  return new ByteReader(bytes, whole)
}

/** Returns where the padding starts, which completes a group of four. Elsewhere, its character is invalid. */
function endOfData(bytes: Uint8Array, start: number, end: number): number {
  if ((end - start) % 4 !== 0 || bytes[end - 1] !== PADDING) return end
  return bytes[end - 2] === PADDING ? end - 2 : end - 1
}

/** The value of each character; -1 for an invalid one, which makes its whole group negative. */
function valuesByCode(): Int8Array {
  const values = new Int8Array(256).fill(-1)
  for (let i = 0; i < 64; i++) values[ALPHABET.charCodeAt(i)] = i
  return values
}
