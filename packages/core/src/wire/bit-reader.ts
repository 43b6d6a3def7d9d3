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
    while (this.#count < count) {
      this.#held |= this.#next() << this.#count
      this.#count += 8
    }
    const value = this.#held & ((1 << count) - 1)
    this.#held >>>= count
    this.#count -= count
    return value
  }

  /** Drops the bits up to the next whole byte. */
  align(): void {
    this.bits(this.#count % 8)
  }

  /** Whole bytes that were not read yet. */
  get remaining(): number {
    return this.#bytes.length - this.#offset + (this.#count >> 3)
  }

  #next(): number {
    const byte = this.#bytes[this.#offset++]
    if (byte === undefined) {
      throw malformed('zlib: it ends too early')
    }
    return byte
  }
}
