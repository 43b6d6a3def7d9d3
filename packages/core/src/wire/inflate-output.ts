import { malformed, TokenError } from '../errors.ts'

/** The bytes that come out of a deflate stream; refuses to grow past a limit. */
export class InflateOutput {
  readonly #maxLength: number
  #bytes: Uint8Array = new Uint8Array(256)
  #length = 0

  constructor(maxLength: number) {
    this.#maxLength = maxLength
  }

  byte(value: number): void {
    this.#reserve(1)
    this.#bytes[this.#length++] = value
  }

  /** Repeats what came `distance` bytes ago; the copy may overlap itself. */
  copy(distance: number, length: number): void {
    if (distance > this.#length) {
      throw malformed('zlib: it refers to before its start')
    }
    this.#reserve(length)
    for (let i = 0; i < length; i++) {
      this.#bytes[this.#length] = this.#bytes[this.#length - distance]!
      this.#length++
    }
  }

  written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  #reserve(more: number): void {
    const needed = this.#length + more
    if (needed > this.#maxLength) {
      throw new TokenError(
        'TOKEN_TOO_LARGE',
        `at most ${this.#maxLength} bytes of content expected, the token holds more`,
      )
    }
    if (needed <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2))
    larger.set(this.written())
    this.#bytes = larger
  }
}
