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
  let at = 0
  for (let i = 0; i < length; i += 4) {
    const group = groupAt(text, i, length)
    bytes[at++] = group >> 16
    bytes[at++] = group >> 8
    bytes[at++] = group
  }
  return bytes
}

/** Four characters as 24 bits; zeros where the text has ended, which must be all there is left over. */
function groupAt(text: string, start: number, end: number): number {
  let group = 0
  for (let i = start; i < start + 4; i++) {
    const value = i < end ? (VALUES[text.charCodeAt(i)] ?? -1) : 0
    if (value < 0) throw malformed(`base64: character ${i} is not in the alphabet`)
    group = (group << 6) | value
  }
  const spare = start + 4 - end
  const stray = spare === 2 ? group & 0xffff : spare === 1 ? group & 0xff : 0
  if (stray !== 0) throw malformed('base64: it ends in the middle of a byte')
  return group
}

function lengthWithoutPadding(text: string): number {
  const length = text.endsWith('==') ? text.length - 2 : text.length - (text.endsWith('=') ? 1 : 0)
  const padded = length !== text.length
  if (length % 4 === 1 || (padded && text.length % 4 !== 0))
    throw malformed('base64: it has a wrong length')
  return length
}

function valuesByCode(): Int8Array {
  const values = new Int8Array(128).fill(-1)
  for (let i = 0; i < 64; i++) values[ALPHABET.charCodeAt(i)] = i
  return values
}
