// The default import: crc-32 is CommonJS, and plain Node finds no named exports in it.
import CRC32 from 'crc-32'
import { encodeUtf8 } from '../wire/byte-writer.ts'

/** CRC-32 (as in zlib and PNG) of a text in UTF-8, as an unsigned number; 0 for no text. */
export function crc32(text: string, field: string): number {
  return CRC32.buf(encodeUtf8(text, field)) >>> 0
}
