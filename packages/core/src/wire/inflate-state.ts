import { malformed, TokenError } from '../errors.ts'
import { allocate } from './allocate.ts'
import { END_OF_BLOCK } from './deflate-codes.ts'
import {
  CODE_BITS,
  damagedBlock,
  type HuffmanTable,
  LENGTH_BITS,
  MAX_BITS,
  QUICK_BITS,
} from './huffman-table.ts'

/**
 * A deflate stream on its way: takes bits out of bytes, the lowest first, and keeps the bytes that
 * come out. One object for both ends, which takes two thirds of the time of two.
 */
export class InflateState {
  readonly #input: Uint8Array
  readonly #maxLength: number
  #position = 0
  // Enough for a token of one service.
  #output: Uint8Array = allocate(256)
  #length = 0

  /** @param maxLength - how many bytes may come out, at least 256 */
  constructor(input: Uint8Array, maxLength: number) {
    this.#input = input
    this.#maxLength = maxLength
  }

  /** Reads `count` bits, at most 16, as a number. */
  bits(count: number): number {
    const value = this.#peek(count)
    this.#skip(count)
    return value
  }

  /** Drops the bits up to the next whole byte. */
  align(): void {
    this.#position = (this.#position + 7) & ~7
  }

  /** Bytes that were not read yet, once the position is {@link align | aligned}. */
  get remaining(): number {
    return this.#input.length - (this.#position >> 3)
  }

  /** Reads the next symbol of a Huffman code. */
  symbol({ quick, counts, symbols }: HuffmanTable): number {
    const entry = quick[this.#peek(QUICK_BITS)]!
    if (entry > 0) {
      this.#skip(entry & CODE_BITS)
      return entry >> LENGTH_BITS
    }
    let code = 0
    let first = 0
    let index = 0
    for (let length = 1; length <= MAX_BITS; length++) {
      code = code * 2 + this.bits(1)
      const count = counts[length]!
      if (code - first < count) return symbols[index + code - first]!
      index += count
      first = (first + count) * 2
    }
    throw damagedBlock()
  }

  /**
   * Puts out the literals that come next, as far as their codes are short and there is room. It could be left out, but
   * then a literal takes twice as long: here the two positions are local variables.
   */
  literals({ quick }: HuffmanTable): void {
    const input = this.#input
    const output = this.#output
    let position = this.#position
    let length = this.#length
    for (; length < output.length; length++) {
      const at = position >> 3
      const two = input[at]! | (input[at + 1]! << 8)
      const entry = quick[(two >> (position & 7)) & (quick.length - 1)]!
      if (entry === 0 || entry >> LENGTH_BITS >= END_OF_BLOCK) break
      position += entry & CODE_BITS
      output[length] = entry >> LENGTH_BITS
    }
    this.#position = position
    this.#length = length
  }

  /** Puts out a byte. */
  byte(value: number): void {
    if (this.#length === this.#output.length) this.#grow()
    this.#output[this.#length++] = value
  }

  /** Puts out again what came `distance` bytes ago; the copy may overlap itself. */
  copy(distance: number, length: number): void {
    if (distance > this.#length) throw damagedBlock()
    for (let i = 0; i < length; i++) this.byte(this.#output[this.#length - distance]!)
  }

  /** What came out so far. */
  written(): Uint8Array {
    return this.#output.subarray(0, this.#length)
  }

  // Three bytes each time. To keep the bits that are left over takes a branch whose way no processor can guess, and half
  // as long again.
  /** The next `count` bits, at most 16, without taking them; zeros where the input has ended. */
  #peek(count: number): number {
    const input = this.#input
    const at = this.#position >> 3
    const three = input[at]! | (input[at + 1]! << 8) | (input[at + 2]! << 16)
    return (three >> (this.#position & 7)) & ((1 << count) - 1)
  }

  #skip(count: number): void {
    this.#position += count
    if (this.#position > this.#input.length * 8) throw malformed('zlib: it ends too early')
  }

  #grow(): void {
    if (this.#length >= this.#maxLength) {
      throw new TokenError(
        'TOKEN_TOO_LARGE',
        `at most ${this.#maxLength} bytes of content expected, the token holds more`,
      )
    }
    const larger = new Uint8Array(Math.min(this.#maxLength, this.#length * 2))
    larger.set(this.written())
    this.#output = larger
  }
}
