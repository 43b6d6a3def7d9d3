import { malformed } from '../errors.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUES: Int8Array = /* @__PURE__ */ valuesByCode()

/**
 * Reads RFC 4648 base64 strictly: standard alphabet, no white space, padding right or absent, and
 * no stray bits in the last character, so that one token has one spelling.
 *
 * @throws {TokenError} TOKEN_MALFORMED
 */
export function decodeBase64(text: string): Uint8Array {
  const length = lengthWithoutPadding(text)
  const bytes = new Uint8Array((length * 3) >> 2)
  let bits = 0
  let held = 0
  let at = 0
  for (let i = 0; i < length; i++) {
    bits = ((bits << 6) | valueAt(text, i)) & 0xffff
    held += 6
    if (held < 8) continue
    held -= 8
    bytes[at++] = (bits >> held) & 0xff
  }
  if ((bits & ((1 << held) - 1)) !== 0) throw malformed('base64: it ends in the middle of a byte')
  return bytes
}

function lengthWithoutPadding(text: string): number {
  const length = text.endsWith('==') ? text.length - 2 : text.length - (text.endsWith('=') ? 1 : 0)
  const padded = length !== text.length
  if (length % 4 === 1 || (padded && text.length % 4 !== 0))
    throw malformed('base64: it has a wrong length')
  return length
}

function valueAt(text: string, index: number): number {
  const value = VALUES[text.charCodeAt(index)] ?? -1
  if (value < 0) throw malformed(`base64: character ${index} is not in the alphabet`)
  return value
}

function valuesByCode(): Int8Array {
  const values = new Int8Array(128).fill(-1)
  for (let i = 0; i < 64; i++) values[ALPHABET.charCodeAt(i)] = i
  return values
}
