/** Collects bits into bytes, the first bit in the lowest place, as deflate wants them. */
export class BitWriter {
  readonly #bytes: Uint8Array
  #length = 0
  #held = 0
  #count = 0

  /** `capacity` must hold everything that will be written. */
  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity)
  }

  /** Writes the lowest `count` bits of `value`, at most 16. */
  bits(value: number, count: number): void {
    this.#held |= value << this.#count
    this.#count += count
    while (this.#count >= 8) {
      this.#bytes[this.#length++] = this.#held & 0xff
      this.#held >>>= 8
      this.#count -= 8
    }
  }

  /** Fills the last byte with zeros. */
  align(): void {
    if (this.#count > 0) this.bits(0, 8 - this.#count)
  }

  /** What was written so far, without bits that do not fill a byte yet. */
  written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }
}
