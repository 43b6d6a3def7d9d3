const POLYNOMIAL = 0xedb88320

/**
 * Returns the CRC-32 of zlib and PNG as an unsigned number; 0 for no bytes. It works bit by bit and is for reading
 * tokens: the tables of the library used for signing, 16 kB, would be a tenth of what a page loads.
 */
export function crc32(bytes: Uint8Array): number {
  let sum = -1
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 && POLYNOMIAL)
  }
  return ~sum >>> 0
}
