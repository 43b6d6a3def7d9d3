// The most bytes for which `b` stays below 2^32 when both sums start below the modulus.
const CHUNK = 5552

/** The checksum at the end of a zlib stream (RFC 1950 §8.2), of the first `length` bytes. */
export function adler32(bytes: Uint8Array, length: number): number {
  let a = 1
  let b = 0
  for (let start = 0; start < length; start += CHUNK) {
    const end = Math.min(start + CHUNK, length)
    for (let i = start; i < end; i++) {
      a += bytes[i]!
      b += a
    }
    a %= 65521
    b %= 65521
  }
  return b * 0x10000 + a
}
