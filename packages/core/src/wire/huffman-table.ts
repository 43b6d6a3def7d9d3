import { malformed, type TokenError } from '../errors.ts'
import { END_OF_BLOCK, reverseBits } from './deflate-codes.ts'

/** The longest code. */
export const MAX_BITS = 15
/** The longest code in the quick table. */
const QUICK_BITS = 9
/** The mask for that many bits. */
export const QUICK_MASK: number = (1 << QUICK_BITS) - 1
/** The bits of a quick entry that hold the length of the code; the symbol is above them. */
export const LENGTH_BITS = 4
/** The mask for these bits. */
export const CODE_BITS = 15
/** The first quick entry that is not a literal. */
export const FIRST_OTHER: number = END_OF_BLOCK << LENGTH_BITS
/** The quick entry for bits without a short code. */
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
 * @param loneCode - whether a single code of one bit may leave the other half unused, as zlib allows for literals and
 *   distances
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

/** Returns how many codes of 15 bits are unused; negative when there are too many codes. */
function unusedCodes(counts: Uint16Array): number {
  // Start with the one code of zero bits.
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
      // Every input that starts with the code, whose bits arrive in reverse order.
      for (let next = reverseBits(code++, length); next < quick.length; next += 1 << length) {
        quick[next] = entry
      }
    }
    code <<= 1
  }
  return quick
}

/** Creates the error for bits that no deflate encoder writes. Naming the broken rule would help no reader. @internal */
export function damagedBlock(): TokenError {
  return malformed('zlib: a damaged block')
}
