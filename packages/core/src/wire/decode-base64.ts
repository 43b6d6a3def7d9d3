import { malformed } from '../errors.ts'
import { allocate } from './allocate.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUES: Int8Array = /* @__PURE__ */ valuesByCode()

/**
 * Reads RFC 4648 base64 strictly: standard alphabet, no white space, padding right or absent, and
 * no stray bits in the last character, so that one token has one spelling.
 *
 * @param start - where in the text it begins; default 0
 * @throws {TokenError} TOKEN_MALFORMED
 */
export function decodeBase64(text: string, start = 0): Uint8Array {
  const length = lengthWithoutPadding(text, start)
  const rest = length % 4
  const end = start + length - rest
  const bytes = allocate((length * 3) >> 2)
  let at = 0
  for (let i = start; i < end; i += 4) {
    const group = groupAt(text, i)
    bytes[at++] = group >> 16
    bytes[at++] = group >> 8
    bytes[at++] = group
  }
  if (rest > 0) bytes.set(lastBytes(text.slice(end, end + rest)), at)
  return bytes
}

/** The byte or two of the last two or three characters. */
function lastBytes(text: string): number[] {
  const group = groupAt(text.padEnd(4, 'A'), 0)
  const stray = group & (0xffffff >> (8 * (text.length - 1)))
  if (stray !== 0) throw malformed('base64: it ends in the middle of a byte')
  return text.length === 2 ? [group >> 16] : [group >> 16, group >> 8]
}

/** Four characters as 24 bits. */
function groupAt(text: string, i: number): number {
  const group =
    (valueAt(text, i) << 18) |
    (valueAt(text, i + 1) << 12) |
    (valueAt(text, i + 2) << 6) |
    valueAt(text, i + 3)
  if (group < 0) throw malformed('base64: a character outside the alphabet')
  return group
}

/** The value of a character; -1 if it has none, which makes its whole group negative. */
function valueAt(text: string, i: number): number {
  const code = text.charCodeAt(i)
  return code < VALUES.length ? VALUES[code]! : -1
}

function lengthWithoutPadding(text: string, start: number): number {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const padded = text.length - start
  const length = padded - padding
  if (length < 0 || length % 4 === 1 || (padding > 0 && padded % 4 !== 0))
    throw malformed('base64: a wrong length')
  return length
}

function valuesByCode(): Int8Array {
  const values = new Int8Array(128).fill(-1)
  for (let i = 0; i < 64; i++) values[ALPHABET.charCodeAt(i)] = i
  return values
}
