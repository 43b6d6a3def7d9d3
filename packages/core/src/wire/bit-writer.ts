import { allocate } from './allocate.ts'

/** Collects bits into bytes, the first bit in the lowest place, as deflate wants them. */
export class BitWriter {
  readonly #bytes: Uint8Array
  #length = 0
  #held = 0
  #count = 0

  /** `capacity` must hold everything that will be written. */
  constructor(capacity: number) {
    this.#bytes = allocate(capacity)
  }

  /** Writes the lowest `count` bits of `value`, at most 16; its other bits are zeros. */
  bits(value: number, count: number): void {
    this.#held |= value << this.#count
    this.#count += count
    if (this.#count < 16) return
    this.#bytes[this.#length] = this.#held
    this.#bytes[this.#length + 1] = this.#held >>> 8
    this.#length += 2
    this.#held >>>= 16
    this.#count -= 16
  }

  /** Fills the last byte with zeros. Until then, up to 15 bits are not among what was written. */
  align(): void {
    for (; this.#count > 0; this.#count -= 8) {
      this.#bytes[this.#length++] = this.#held
      this.#held >>>= 8
    }
    this.#count = 0
  }

  /** What was written up to where it was last aligned. */
  written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }
}
