import { malformed } from '../errors.ts'

/** Takes bits out of bytes, the lowest first, as deflate stores them. */
export class BitReader {
  readonly #bytes: Uint8Array
  #offset = 0
  #held = 0
  #count = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** Reads `count` bits, at most 16, as a number. */
  bits(count: number): number {
    const value = this.peek(count)
    this.skip(count)
    return value
  }

  /** The next `count` bits, at most 16, without taking them; zeros where the input has ended. */
  peek(count: number): number {
    while (this.#count < count && this.#offset < this.#bytes.length) {
      this.#held |= this.#bytes[this.#offset++]! << this.#count
      this.#count += 8
    }
    return this.#held & ((1 << count) - 1)
  }

  /** Takes `count` bits that were looked at. */
  skip(count: number): void {
    if (count > this.#count) throw malformed('zlib: it ends too early')
    this.#held >>>= count
    this.#count -= count
  }

  /** Drops the bits up to the next whole byte. */
  align(): void {
    this.bits(this.#count % 8)
  }

  /** Whole bytes that were not read yet. */
  get remaining(): number {
    return this.#bytes.length - this.#offset + (this.#count >> 3)
  }
}
