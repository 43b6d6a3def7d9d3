import { malformed } from '../errors.ts'

// A byte order mark is data here, and bytes that are not UTF-8 make a broken token, not a U+FFFD.
const UTF8 = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Reads little-endian numbers and length-prefixed fields, and refuses to read past the end. */
export class ByteReader {
  readonly #bytes: Uint8Array
  #offset = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset
  }

  /** Reads 2 bytes as an unsigned number. `field` names it in the error. */
  u16(field: string): number {
    const at = this.#take(2, field)
    return this.#bytes[at]! | (this.#bytes[at + 1]! << 8)
  }

  /** Reads 2 bytes as a signed number. */
  i16(field: string): number {
    return (this.u16(field) << 16) >> 16
  }

  /** Reads 4 bytes as an unsigned number. */
  u32(field: string): number {
    return this.u16(field) + this.u16(field) * 0x10000
  }

  /** Reads a u16 length and that many bytes. The result shares memory with the input. */
  bytes(field: string): Uint8Array {
    const length = this.u16(field)
    const at = this.#take(length, field)
    return this.#bytes.subarray(at, at + length)
  }

  /** Reads a u16 length and that many bytes of UTF-8. */
  text(field: string): string {
    const bytes = this.bytes(field)
    try {
      return UTF8.decode(bytes)
    } catch (cause) {
      throw malformed(`${field}: UTF-8 expected`, { cause })
    }
  }

  /** Reads all that is left. The result shares memory with the input. */
  rest(): Uint8Array {
    return this.#bytes.subarray(this.#take(this.remaining, 'rest'))
  }

  /** Refuses bytes that are left over. */
  end(field: string): void {
    if (this.remaining === 0) return
    throw malformed(`${field}: nothing more expected, got ${this.remaining} bytes`)
  }

  #take(length: number, field: string): number {
    if (length > this.remaining) {
      throw malformed(`${field}: ${length} bytes expected, got ${this.remaining}`)
    }
    const at = this.#offset
    this.#offset += length
    return at
  }
}
