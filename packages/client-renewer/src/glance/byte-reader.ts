/** Reads little-endian numbers and what is made of them, one after the other. */
export interface ByteReader {
  skip(length: number): void
  number(length: number): number
  /** A length in two bytes, and as many characters; those outside ASCII come out as several. */
  text(): string
  /** Ids of privileges, and their seconds. */
  privileges(): ReadonlyMap<number, number>
}

/** A reader that throws past the end. */
export function byteReader(bytes: readonly number[]): ByteReader {
  let at = 0
  return { skip, number, text, privileges }

  function skip(length: number): void {
    at += length
    if (at > bytes.length) throw new Error('too short')
  }

  function number(length: number): number {
    skip(length)
    return bytes.slice(at - length, at).reduceRight((sum, byte) => sum * 256 + byte, 0)
  }

  function text(): string {
    const length = number(2)
    skip(length)
    return String.fromCharCode(...bytes.slice(at - length, at))
  }

  function privileges(): ReadonlyMap<number, number> {
    return new Map(Array.from({ length: number(2) }, () => [number(2), number(4)]))
  }
}
