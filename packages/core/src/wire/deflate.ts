import { adler32 } from './adler32.ts'
import { BitWriter } from './bit-writer.ts'
import {
  DISTANCE_BASE,
  DISTANCE_EXTRA,
  END_OF_BLOCK,
  FIXED_DISTANCE_LENGTHS,
  FIXED_LITERAL_LENGTHS,
  LENGTH_BASE,
  LENGTH_EXTRA,
  reverseBits,
} from './deflate-codes.ts'

// Our own encoder, because zlib's output differs between platforms and releases: with it, equal
// claims give equal tokens everywhere. One block with fixed codes is what zlib itself chooses for
// inputs of a token's size.

const MIN_MATCH = 3
const MAX_MATCH = 258
const WINDOW = 32_768
const HASH_BITS = 10
const LITERAL_CODES = /* @__PURE__ */ Uint16Array.from(reversedCodes(FIXED_LITERAL_LENGTHS))
const LITERAL_LENGTHS = /* @__PURE__ */ Uint8Array.from(FIXED_LITERAL_LENGTHS)
const DISTANCE_CODES = /* @__PURE__ */ Uint8Array.from(reversedCodes(FIXED_DISTANCE_LENGTHS))

// Where each three bytes stood last, for all calls: positions go on counting from call to call, so
// that what an earlier call left behind is too old and nothing has to be wiped.
const latest = /* @__PURE__ */ new Int32Array(1 << HASH_BITS)
const FULL = 0x7f000000
let origin = WINDOW + 1

/** Compresses bytes into a zlib stream (RFC 1950). Same input, same output, on every runtime. */
export function zlibDeflate(input: Uint8Array): Uint8Array {
  const out = new BitWriter(2 + Math.ceil((input.length * 9 + 10) / 8) + 4)
  out.bits(0x78, 8) // deflate with a 32 KiB window
  out.bits(0x9c, 8) // default level, no dictionary; makes the pair divisible by 31
  out.bits(0b011, 3) // last block, fixed codes
  writeMatches(out, input)
  writeSymbol(out, END_OF_BLOCK)
  out.align()
  const check = adler32(input)
  for (let shift = 24; shift >= 0; shift -= 8) out.bits((check >>> shift) & 0xff, 8)
  out.align()
  return out.written()
}

function writeMatches(out: BitWriter, input: Uint8Array): void {
  let at = 0
  startTable(input.length)
  while (at < input.length) {
    const candidate = candidateAt(input, at)
    const length = candidate < 0 ? 0 : matchLength(input, candidate, at)
    if (isWorthwhile(length, at - candidate)) {
      writeMatch(out, length, at - candidate)
      for (let i = 1; i < length; i++) candidateAt(input, at + i)
      at += length
    } else {
      writeSymbol(out, input[at++]!)
    }
  }
  origin += input.length + WINDOW + 1
}

function startTable(length: number): void {
  if (origin + length < FULL) return
  latest.fill(0)
  origin = WINDOW + 1
}

/** Where the three bytes at `at` may have stood last, or −1; notes that they stand here now. */
function candidateAt(input: Uint8Array, at: number): number {
  if (at + MIN_MATCH > input.length) return -1
  const three = input[at]! | (input[at + 1]! << 8) | (input[at + 2]! << 16)
  const slot = Math.imul(three, 0x9e3779b1) >>> (32 - HASH_BITS)
  const candidate = latest[slot]! - origin
  latest[slot] = origin + at
  return at - candidate <= WINDOW ? candidate : -1
}

function matchLength(input: Uint8Array, from: number, at: number): number {
  const limit = Math.min(MAX_MATCH, input.length - at)
  let length = 0
  while (length < limit && input[from + length] === input[at + length]) length++
  return length
}

// Three literals cost at least 24 bits; a match of three from further back than 4096 costs as much.
function isWorthwhile(length: number, distance: number): boolean {
  return length > MIN_MATCH || (length === MIN_MATCH && distance <= 4096)
}

function writeMatch(out: BitWriter, length: number, distance: number): void {
  const lengthCode = codeFor(LENGTH_BASE, length)
  writeSymbol(out, 257 + lengthCode)
  out.bits(length - LENGTH_BASE[lengthCode]!, LENGTH_EXTRA[lengthCode]!)
  const distanceCode = codeFor(DISTANCE_BASE, distance)
  out.bits(DISTANCE_CODES[distanceCode]!, 5)
  out.bits(distance - DISTANCE_BASE[distanceCode]!, DISTANCE_EXTRA[distanceCode]!)
}

function writeSymbol(out: BitWriter, symbol: number): void {
  out.bits(LITERAL_CODES[symbol]!, LITERAL_LENGTHS[symbol]!)
}

/** The last code whose shortest value is not above `value`. */
function codeFor(bases: readonly number[], value: number): number {
  let code = 0
  while (code + 1 < bases.length && bases[code + 1]! <= value) code++
  return code
}

/** Canonical Huffman codes (RFC 1951 §3.2.2) with their bits turned round, ready to be written. */
function reversedCodes(lengths: readonly number[]): number[] {
  const codes: number[] = []
  let next = 0
  for (let length = 1; length <= 15; length++) {
    next <<= 1
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] === length) codes[symbol] = reverseBits(next++, length)
    }
  }
  return codes
}
