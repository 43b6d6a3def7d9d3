import { encodeUtf8 } from '../wire/byte-writer.ts'

// RFC 1321. Agora names a Chat user by the MD5 of another id: a name, not a protection. WebCrypto has
// no MD5, and Node's own is not on every runtime.
const SHIFTS: readonly (readonly number[])[] = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
]
const SINES: Uint32Array = /* @__PURE__ */ Uint32Array.from({ length: 64 }, (_, i) =>
  Math.floor(Math.abs(Math.sin(i + 1)) * 0x1_0000_0000),
)

type State = readonly [a: number, b: number, c: number, d: number]

/** The MD5 of a text in UTF-8, in lower-case hexadecimal digits. */
export function md5Hex(text: string): string {
  const message = pad(encodeUtf8(text, 'text'))
  let state: State = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]
  for (let at = 0; at < message.byteLength; at += 64) state = addBlock(state, message, at)
  const digest = new DataView(new ArrayBuffer(16))
  for (const [i, word] of state.entries()) digest.setUint32(i * 4, word, true)
  return Array.from({ length: 16 }, (_, i) => hexByte(digest.getUint8(i))).join('')
}

/** The bytes, one bit that is set, zeros up to a multiple of 64 bytes, and the length in bits. */
function pad(bytes: Uint8Array): DataView {
  const padded = new Uint8Array(((bytes.length + 8) >> 6) * 64 + 64)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, bytes.length * 8, true)
  view.setUint32(padded.length - 4, Math.floor(bytes.length / 0x2000_0000), true)
  return view
}

function addBlock(state: State, message: DataView, at: number): State {
  let [a, b, c, d] = state
  for (let step = 0; step < 64; step++) {
    const round = step >> 4
    const word = message.getUint32(at + wordIndex(round, step) * 4, true)
    const sum = (a + mix(round, b, c, d) + SINES[step]! + word) | 0
    const shift = SHIFTS[round]![step & 3]!
    const next = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0
    ;[a, b, c, d] = [d, next, b, c]
  }
  return [(state[0] + a) >>> 0, (state[1] + b) >>> 0, (state[2] + c) >>> 0, (state[3] + d) >>> 0]
}

function mix(round: number, b: number, c: number, d: number): number {
  if (round === 0) return (b & c) | (~b & d)
  if (round === 1) return (b & d) | (c & ~d)
  return round === 2 ? b ^ c ^ d : c ^ (b | ~d)
}

function wordIndex(round: number, step: number): number {
  if (round === 0) return step
  if (round === 1) return (5 * step + 1) & 15
  return (round === 2 ? 3 * step + 5 : 7 * step) & 15
}

function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}
