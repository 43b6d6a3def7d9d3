import { malformed } from '../errors.ts'
import type { BitReader } from './bit-reader.ts'
import { reverseBits } from './deflate-codes.ts'

const MAX_BITS = 15
const QUICK_BITS = 9
const LENGTH_BITS = 4

/** Reads symbols of one canonical Huffman code (RFC 1951 §3.2.2). */
export class HuffmanTable {
  /** How many codes have each length. */
  readonly #counts: Uint16Array = new Uint16Array(MAX_BITS + 1)
  /** The symbols in the order of their codes. */
  readonly #symbols: Uint16Array
  /** Symbol and length of each code of up to 9 bits, by the next 9 bits of input; 0 for none. */
  readonly #quick: Uint16Array

  /**
   * @param lengths - the code length of each symbol, 0 for a symbol that does not occur
   * @param loneCode - whether one single code of one bit may leave the other half unused; zlib
   *   allows it for literals and distances
   * @throws {TokenError} TOKEN_MALFORMED when the lengths make no code
   */
  constructor(lengths: readonly number[], loneCode: boolean) {
    for (const length of lengths) this.#counts[length]!++
    const used = lengths.length - this.#counts[0]!
    this.#counts[0] = 0
    const unused = unusedCodes(this.#counts)
    const isLone = loneCode && used === 1 && this.#counts[1] === 1
    if (unused < 0 || (unused > 0 && used > 0 && !isLone)) {
      throw malformed('zlib: a Huffman code that is no code')
    }
    this.#symbols = symbolsInOrder(lengths, this.#counts, used)
    this.#quick = quickTable(this.#counts, this.#symbols)
  }

  /** Reads the next symbol. */
  read(input: BitReader): number {
    const entry = this.#quick[input.peek(QUICK_BITS)]!
    if (entry === 0) return this.#readLong(input)
    input.skip(entry & ((1 << LENGTH_BITS) - 1))
    return entry >> LENGTH_BITS
  }

  #readLong(input: BitReader): number {
    let code = 0
    let first = 0
    let index = 0
    for (let length = 1; length <= MAX_BITS; length++) {
      code |= input.bits(1)
      const count = this.#counts[length]!
      if (code - first < count) return this.#symbols[index + code - first]!
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    throw malformed('zlib: a code that stands for nothing')
  }
}

/** How many codes of 15 bits are left over; negative when more were handed out than there are. */
function unusedCodes(counts: Uint16Array): number {
  let left = 1
  for (let length = 1; length <= MAX_BITS; length++) left = left * 2 - counts[length]!
  return left
}

function symbolsInOrder(
  lengths: readonly number[],
  counts: Uint16Array,
  used: number,
): Uint16Array {
  const symbols = new Uint16Array(used)
  const next = new Uint16Array(MAX_BITS + 2)
  for (let length = 1; length <= MAX_BITS; length++)
    next[length + 1] = next[length]! + counts[length]!
  for (const [symbol, length] of lengths.entries()) {
    if (length > 0) symbols[next[length]!++] = symbol
  }
  return symbols
}

function quickTable(counts: Uint16Array, symbols: Uint16Array): Uint16Array {
  const quick = new Uint16Array(1 << QUICK_BITS)
  let code = 0
  let index = 0
  for (let length = 1; length <= QUICK_BITS; length++) {
    for (let left = counts[length]!; left > 0; left--) {
      const entry = (symbols[index++]! << LENGTH_BITS) | length
      // Whatever follows the code, with its bits turned round as they come.
      for (let next = reverseBits(code++, length); next < quick.length; next += 1 << length) {
        quick[next] = entry
      }
    }
    code <<= 1
  }
  return quick
}
