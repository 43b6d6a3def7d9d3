const POLYNOMIAL = 0xedb88320

/**
 * CRC-32, as in zlib and PNG, as an unsigned number; 0 for no bytes. One bit after the other, for those who
 * read a token: the library that signs with tables of 16 kB would be a tenth of what a page loads.
 */
export function crc32(bytes: Uint8Array): number {
  let sum = -1
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 && POLYNOMIAL)
  }
  return ~sum >>> 0
}
