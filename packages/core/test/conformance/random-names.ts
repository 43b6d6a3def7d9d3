import { oneOf, type Pick, times } from './random.ts'

const HEX = '0123456789abcdefABCDEF'
/** The alphabet that Agora documents for channels and accounts. */
const ALPHABET = `abzAZ09 !#$%&()+-:;<=.>?@[]^_{}|~,`
/** Names of messaging resources may be any text: here with two, three and four bytes a character. */
const ANY = ['a', '/', '*', '"', '\\', 'é', 'ß', 'İ', '好', '\u{1f3a5}', '\0', '\u2028'] as const

/** 32 hexadecimal digits. */
export function randomHex32(pick: Pick): string {
  return text(pick, HEX, 32)
}

/** A name of 1 to so many characters of the documented alphabet. */
export function randomName(pick: Pick, longest: number): string {
  return text(pick, ALPHABET, 1 + pick(longest))
}

/** A name of any characters. */
export function randomText(pick: Pick): string {
  return times(1 + pick(12), () => oneOf(pick, ANY)).join('')
}

function text(pick: Pick, alphabet: string, length: number): string {
  return times(length, () => alphabet[pick(alphabet.length)]).join('')
}
