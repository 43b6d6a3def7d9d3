import { malformed, TokenError } from '../errors.ts'
import { allocate } from './allocate.ts'
import {
  CODE_BITS,
  damagedBlock,
  type HuffmanTable,
  LENGTH_BITS,
  MAX_BITS,
  QUICK_BITS,
} from './huffman-table.ts'

const FIRST_LENGTH = 256

/**
 * A deflate stream on its way: takes bits out of bytes, the lowest first, and keeps the bytes that
 * come out. One object for both ends, which takes two thirds of the time of two.
 */
export class InflateState {
  readonly #input: Uint8Array
  readonly #maxLength: number
  #offset = 0
  #held = 0
  #count = 0
  #output: Uint8Array = allocate(FIRST_LENGTH)
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
    this.bits(this.#count % 8)
  }

  /** Whole bytes that were not read yet. */
  get remaining(): number {
    return this.#input.length - this.#offset + (this.#count >> 3)
  }

  /** Reads the next symbol of a Huffman code. */
  symbol(table: HuffmanTable): number {
    const entry = table.quick[this.#peek(QUICK_BITS)]!
    if (entry === 0) return this.#longSymbol(table)
    this.#skip(entry & CODE_BITS)
    return entry >> LENGTH_BITS
  }

  /** Puts out a byte. */
  byte(value: number): void {
    if (this.#length === this.#output.length) this.#grow(1)
    this.#output[this.#length++] = value
  }

  /** Puts out again what came `distance` bytes ago; the copy may overlap itself. */
  copy(distance: number, length: number): void {
    if (distance > this.#length) throw damagedBlock()
    if (this.#length + length > this.#output.length) this.#grow(length)
    for (let i = 0; i < length; i++) {
      this.#output[this.#length] = this.#output[this.#length - distance]!
      this.#length++
    }
  }

  /** What came out so far. */
  written(): Uint8Array {
    return this.#output.subarray(0, this.#length)
  }

  /** The next `count` bits without taking them; zeros where the input has ended. */
  #peek(count: number): number {
    if (this.#count < count) this.#fill()
    return this.#held & ((1 << count) - 1)
  }

  #fill(): void {
    while (this.#count <= 16 && this.#offset < this.#input.length) {
      this.#held |= this.#input[this.#offset++]! << this.#count
      this.#count += 8
    }
  }

  #skip(count: number): void {
    if (count > this.#count) throw malformed('zlib: it ends too early')
    this.#held >>>= count
    this.#count -= count
  }

  #longSymbol({ counts, symbols }: HuffmanTable): number {
    let code = 0
    let first = 0
    let index = 0
    for (let length = 1; length <= MAX_BITS; length++) {
      code |= this.bits(1)
      const count = counts[length]!
      if (code - first < count) return symbols[index + code - first]!
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    throw damagedBlock()
  }

  #grow(more: number): void {
    const needed = this.#length + more
    if (needed > this.#maxLength) {
      throw new TokenError(
        'TOKEN_TOO_LARGE',
        `at most ${this.#maxLength} bytes of content expected, the token holds more`,
      )
    }
    const larger = new Uint8Array(Math.min(this.#maxLength, Math.max(needed, this.#length * 2)))
    larger.set(this.written())
    this.#output = larger
  }
}
