import { malformed, TokenError } from '../errors.ts'
import { ByteReader } from './byte-reader.ts'
import {
  CODE_BITS,
  damagedBlock,
  FIRST_OTHER,
  type HuffmanTable,
  LENGTH_BITS,
  MAX_BITS,
  NO_SYMBOL,
  QUICK_MASK,
} from './huffman-table.ts'

// The last output; large enough for most tokens. Allocating takes as long as decoding a hundred literals.
const scratch = /* @__PURE__ */ new Uint8Array(2048)

/**
 * The state of a deflate stream: reads bits from bytes, the lowest first, and collects the output. One object for input
 * and output takes two thirds of the time of two objects.
 */
export class InflateState {
  readonly #input: Uint8Array
  /** In bits, as the position. */
  readonly #end: number
  readonly #maxLength: number
  #position = 0
  #output = scratch
  #length = 0

  /** @param maxLength - the maximum length of the output, at least 2048 bytes */
  constructor({ memory, end }: ByteReader, maxLength: number) {
    this.#input = memory
    this.#end = end * 8
    this.#maxLength = maxLength
  }

  /** Reads `count` bits, at most 16, as a number. */
  bits(count: number): number {
    const bits = this.#bitsAt(this.#position)
    this.#skip(count)
    return bits & ((1 << count) - 1)
  }

  /** Drops the bits up to the next whole byte. */
  align(): void {
    this.#position = (this.#position + 7) & ~7
  }

  /** Returns how many bytes were not read yet, once the position is {@link align | aligned}. */
  get remaining(): number {
    return (this.#end - this.#position) >> 3
  }

  /** Reads the next symbol of a Huffman code. */
  symbol({ quick, counts, symbols }: HuffmanTable): number {
    const entry = quick[this.#bitsAt(this.#position) & QUICK_MASK]!
    if (entry !== NO_SYMBOL) {
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
   * Writes the next literals while their codes are short and there is room. It is only an optimisation: without it, a
   * literal takes three times as long. Here the two positions are local variables, and one read of four bytes holds two
   * codes.
   */
  literals({ quick }: HuffmanTable): void {
    const output = this.#output
    let position = this.#position
    let length = this.#length
    while (position < this.#end && length < output.length - 1) {
      const bits = this.#bitsAt(position)
      const first = quick[bits & QUICK_MASK]!
      if (first >= FIRST_OTHER) break
      output[length++] = first >> LENGTH_BITS
      position += first & CODE_BITS
      const second = quick[(bits >>> (first & CODE_BITS)) & QUICK_MASK]!
      if (second >= FIRST_OTHER) break
      output[length++] = second >> LENGTH_BITS
      position += second & CODE_BITS
    }
    this.#position = position
    this.#length = length
  }

  /** Writes a byte. */
  byte(value: number): void {
    if (this.#length === this.#output.length) this.#grow()
    this.#output[this.#length++] = value
  }

  /** Copies the output from `distance` bytes before; the copy may overlap itself. */
  copy(distance: number, length: number): void {
    if (distance > this.#length) throw damagedBlock()
    for (let i = 0; i < length; i++) this.byte(this.#output[this.#length - distance]!)
  }

  /** Returns the output so far, valid until the next stream. */
  written(): ByteReader {
    return new ByteReader(this.#output, this.#length)
  }

  // Reads four bytes each time. Keeping the remaining bits needs a branch that no processor can predict, and takes half
  // as long again.
  /** Returns the bits from a position on, at least 25; after the end of the input, any bits. */
  #bitsAt(position: number): number {
    const input = this.#input
    const at = position >> 3
    return (
      (input[at]! | (input[at + 1]! << 8) | (input[at + 2]! << 16) | (input[at + 3]! << 24)) >>>
      (position & 7)
    )
  }

  #skip(count: number): void {
    this.#position += count
    if (this.#position > this.#end) throw malformed('zlib: it ends too early')
  }

  #grow(): void {
    if (this.#length >= this.#maxLength) {
      throw new TokenError(
        'TOKEN_TOO_LARGE',
        `at most ${this.#maxLength} bytes of content expected, the token holds more`,
      )
    }
    const larger = new Uint8Array(Math.min(this.#maxLength, this.#length * 2))
    larger.set(this.#output)
    this.#output = larger
  }
}
