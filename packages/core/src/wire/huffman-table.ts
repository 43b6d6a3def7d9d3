import { malformed, type TokenError } from '../errors.ts'
import { END_OF_BLOCK, reverseBits } from './deflate-codes.ts'

/** The longest code. */
export const MAX_BITS = 15
/** The longest code that is looked up at once. */
const QUICK_BITS = 9
/** What takes as many bits out of those that come next. */
export const QUICK_MASK: number = (1 << QUICK_BITS) - 1
/** How many bits of a quick entry are the length of the code; the symbol is above them. */
export const LENGTH_BITS = 4
/** These bits. */
export const CODE_BITS = 15
/** The first quick entry that is no literal. */
export const FIRST_OTHER: number = END_OF_BLOCK << LENGTH_BITS
/** The quick entry where no short code is. */
export const NO_SYMBOL = 0xffff

/** One canonical Huffman code (RFC 1951 §3.2.2), prepared for reading. */
export interface HuffmanTable {
  /** How many codes have each length. */
  readonly counts: Uint16Array
  /** The symbols in the order of their codes. */
  readonly symbols: readonly number[]
  /** Symbol and length of each code of up to 9 bits, by the next 9 bits of input; {@link NO_SYMBOL} for none. */
  readonly quick: Uint16Array
}

/**
 * Prepares a code.
 *
 * @param lengths - the code length of each symbol, 0 for a symbol that does not occur
 * @param loneCode - whether one single code of one bit may leave the other half unused; zlib
 *   allows it for literals and distances
 * @throws {TokenError} TOKEN_MALFORMED when the lengths do not make a code
 */
export function huffmanTable(lengths: readonly number[], loneCode: boolean): HuffmanTable {
  const counts = new Uint16Array(MAX_BITS + 1)
  for (const length of lengths) counts[length]!++
  const used = lengths.length - counts[0]!
  counts[0] = 0
  const unused = unusedCodes(counts)
  const isLone = loneCode && used === 1 && counts[1] === 1
  if (unused < 0 || (unused > 0 && used > 0 && !isLone)) {
    throw damagedBlock()
  }
  const symbols = symbolsInOrder(lengths)
  return { counts, symbols, quick: quickTable(counts, symbols) }
}

/** How many codes of 15 bits are left over; negative when more were handed out than there are. */
function unusedCodes(counts: Uint16Array): number {
  // Of no bits there is one code, which is twice a half.
  return counts.reduce((left, count) => left * 2 - count, 0.5)
}

function symbolsInOrder(lengths: readonly number[]): number[] {
  const symbols: number[] = []
  for (let length = 1; length <= MAX_BITS; length++) {
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] === length) symbols.push(symbol)
    }
  }
  return symbols
}

function quickTable(counts: Uint16Array, symbols: readonly number[]): Uint16Array {
  const quick = new Uint16Array(1 << QUICK_BITS).fill(NO_SYMBOL)
  let code = 0
  let index = 0
  for (let length = 1; length <= QUICK_BITS; length++) {
    for (let left = counts[length]!; left > 0; left--) {
      const entry = (symbols[index++]! << LENGTH_BITS) | length
      // Every input that begins with the code; its bits arrive in reverse order.
      for (let next = reverseBits(code++, length); next < quick.length; next += 1 << length) {
        quick[next] = entry
      }
    }
    code <<= 1
  }
  return quick
}

/** The error about bits that no deflate encoder writes. Which rule they break does not help the reader. @internal */
export function damagedBlock(): TokenError {
  return malformed('zlib: a damaged block')
}
