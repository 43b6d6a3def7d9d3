import { fromBase64, inflate, toBase64 } from './oracle.ts'

const HEADER_006 = 3 + 32
const ADLER_BASE = 65_521
const LONGEST_STORED_BLOCK = 0xffff

/** The content of a token by the runtime's own readers: of 007 expanded, of 006 what follows the App ID. */
export async function contentOf(token: string): Promise<Uint8Array<ArrayBuffer>> {
  return token.startsWith('007')
    ? inflate(fromBase64(token.slice(3)))
    : fromBase64(token.slice(HEADER_006))
}

/** Packs content into a 007 token without compression, which every zlib reads and none would write. */
export function pack007(content: Uint8Array): string {
  if (content.length > LONGEST_STORED_BLOCK) throw new RangeError('content for one block expected')
  const [low, high] = [content.length & 0xff, content.length >> 8]
  const block = [0x01, low, high, low ^ 0xff, high ^ 0xff, ...content]
  return `007${toBase64(Uint8Array.of(0x78, 0x01, ...block, ...adler32(content)))}`
}

function adler32(bytes: Uint8Array): number[] {
  let [a, b] = [1, 0]
  for (const byte of bytes) {
    a = (a + byte) % ADLER_BASE
    b = (b + a) % ADLER_BASE
  }
  return [b >> 8, b & 0xff, a >> 8, a & 0xff]
}
