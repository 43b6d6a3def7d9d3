import { decodeText } from '#decode-text'
import { malformed } from '../errors.ts'

/** Reads little-endian numbers and length-prefixed fields, and refuses to read past the end. */
export class ByteReader {
  /** The bytes to read; there may be others after the {@link end}. */
  readonly memory: Uint8Array
  readonly end: number
  #offset: number

  constructor(memory: Uint8Array, end: number = memory.length, start = 0) {
    this.memory = memory
    this.end = end
    this.#offset = start
  }

  get remaining(): number {
    return this.end - this.#offset
  }

  /** Reads 2 bytes as an unsigned number. `field` names it in the error. */
  u16(field: string): number {
    const at = this.skip(2, field)
    return this.memory[at]! | (this.memory[at + 1]! << 8)
  }

  /** Reads 2 bytes as a signed number. */
  i16(field: string): number {
    return (this.u16(field) << 16) >> 16
  }

  /** Reads 4 bytes as an unsigned number. */
  u32(field: string): number {
    return this.u16(field) + this.u16(field) * 0x10000
  }

  /** Reads a u16 length and that many bytes of UTF-8. */
  text(field: string): string {
    const length = this.u16(field)
    const at = this.skip(length, field)
    try {
      return decodeText(this.memory, at, at + length)
    } catch (cause) {
      throw malformed(`${field}: UTF-8 expected`, { cause })
    }
  }

  /** Reads all remaining bytes, as a copy. */
  rest(): Uint8Array {
    return this.memory.slice(this.skip(this.remaining, 'rest'), this.end)
  }

  /** Skips bytes, and returns where they start. */
  skip(length: number, field: string): number {
    if (length > this.remaining) {
      throw malformed(`${field}: ${length} bytes expected, got ${this.remaining}`)
    }
    const at = this.#offset
    this.#offset += length
    return at
  }

  /** Refuses remaining bytes. */
  refuseRest(field: string): void {
    if (this.remaining === 0) return
    throw malformed(`${field}: nothing more expected, got ${this.remaining} bytes`)
  }
}
