import { TokenError } from '../errors.ts'

const UTF8 = /* @__PURE__ */ new TextEncoder()
const TYPICAL = 1024
const MOST_SPARE = 4
const LARGEST_SPARE = 4096
const LONE_SURROGATE = /\p{Surrogate}/u

// Finished writers with their memory: allocating takes Node longer than writing a token. Taking a writer removes it from
// the list, so that a token minted while another is written has its own.
const spare: ByteWriter[] = []

/** Returns an empty writer: a {@link ByteWriter.release | released} one, or a new one. */
export function takeWriter(): ByteWriter {
  return spare.pop()?.backTo(0) ?? new ByteWriter()
}

/** Writes little-endian numbers and length-prefixed fields; grows as needed. */
export class ByteWriter {
  #bytes: Uint8Array = new Uint8Array(TYPICAL)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** The written bytes, and unused room after `length`. Use it before you write more. A view would leave garbage. */
  get memory(): Uint8Array {
    return this.#bytes
  }

  /** Writes an unsigned number of 2 bytes. `field` names it in the error. */
  u16(value: number, field: string): this {
    return this.#number(value, 2, field)
  }

  /** Writes a signed number of 2 bytes. */
  i16(value: number, field: string): this {
    const isInRange = Number.isInteger(value) && value >= -0x8000 && value <= 0x7fff
    if (isInRange) return this.u16(value & 0xffff, field)
    throw new TokenError(
      'CLAIM_INVALID',
      `${field}: integer -32768 to 32767 expected, got ${value}`,
    )
  }

  /** Writes an unsigned number of 4 bytes. */
  u32(value: number, field: string): this {
    return this.#number(value, 4, field)
  }

  /** Writes a u16 length and the bytes. */
  bytes(value: Uint8Array, field: string): this {
    if (value.length > 0xffff) throw tooLong(field, value.length)
    return this.u16(value.length, field).raw(value)
  }

  /** Writes a u16 length and the string as UTF-8. */
  text(value: string, field: string): this {
    const start = this.#length
    if (value.length <= 0xffff && this.u16(value.length, field).#ascii(value)) return this
    return this.backTo(start).bytes(encodeUtf8(value, field), field)
  }

  /** Writes a string as UTF-8, without a length. */
  rawText(value: string, field: string): this {
    const start = this.#length
    if (this.#ascii(value)) return this
    this.#length = start
    return this.raw(encodeUtf8(value, field))
  }

  /** Writes a u16 length and the bytes of another writer from `start` on. */
  restOf(other: ByteWriter, start: number, field: string): this {
    const length = other.#length - start
    if (length > 0xffff) throw tooLong(field, length)
    return this.u16(length, field).raw(other.#bytes, start, other.#length)
  }

  /** Writes an unsigned number of 2 bytes into {@link skip | skipped} room. */
  u16At(at: number, value: number, field: string): void {
    const end = this.#length
    this.backTo(at).u16(value, field).backTo(end)
  }

  /** Leaves room for bytes to write later. */
  skip(length: number): this {
    this.#reserve(length)
    this.#length += length
    return this
  }

  /** Drops the bytes after this length. */
  backTo(length: number): this {
    this.#length = length
    return this
  }

  /** Writes bytes without a length, those from `start` to before `end`; default all. */
  raw(value: Uint8Array, start = 0, end: number = value.length): this {
    this.#reserve(end - start)
    const bytes = this.#bytes
    let at = this.#length
    // Faster than `set` with a view for the few bytes of a token.
    for (let i = start; i < end; i++) bytes[at++] = value[i]!
    this.#length = at
    return this
  }

  /** Returns the bytes so far. They share memory with the writer: use them before you write more. */
  written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  /** Lets {@link takeWriter} reuse it. Use neither the writer nor its {@link written} bytes afterwards. */
  release(): void {
    const isSmall = this.#bytes.length <= LARGEST_SPARE
    if (isSmall && spare.length < MOST_SPARE && !spare.includes(this)) spare.push(this)
  }

  /** Writes a string if it is ASCII, as nearly all are; returns whether it was. */
  #ascii(value: string): boolean {
    this.#reserve(value.length)
    const bytes = this.#bytes
    const start = this.#length
    let all = 0
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i)
      all |= code
      bytes[start + i] = code
    }
    if (all > 0x7f) return false
    this.#length += value.length
    return true
  }

  #number(value: number, size: 2 | 4, field: string): this {
    const limit = size === 2 ? 0xffff : 0xffffffff
    if (!Number.isInteger(value) || value < 0 || value > limit) {
      throw new TokenError(
        'CLAIM_INVALID',
        `${field}: integer 0 to ${limit} expected, got ${value}`,
      )
    }
    this.#reserve(size)
    this.#bytes[this.#length++] = value
    this.#bytes[this.#length++] = value >>> 8
    if (size === 2) return this
    this.#bytes[this.#length++] = value >>> 16
    this.#bytes[this.#length++] = value >>> 24
    return this
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(this.#length + more, this.#bytes.length * 2))
    larger.set(this.written())
    this.#bytes = larger
  }
}

/**
 * Encodes a string as UTF-8, and refuses half a surrogate pair: runtimes replace it in different ways, so the checksum
 * and the signature of a token could be about different strings.
 *
 * @throws {TokenError} CLAIM_INVALID
 */
export function encodeUtf8(value: string, field: string): Uint8Array {
  if (LONE_SURROGATE.test(value)) {
    throw new TokenError(
      'CLAIM_INVALID',
      `${field}: Unicode string expected, got half a surrogate pair`,
    )
  }
  return UTF8.encode(value)
}

function tooLong(field: string, length: number): TokenError {
  return new TokenError('CLAIM_INVALID', `${field}: at most 65535 bytes expected, got ${length}`)
}
