import { adler32 } from './adler32.ts'
import {
  END_OF_BLOCK,
  FIXED_DISTANCE_LENGTHS,
  FIXED_LITERAL_LENGTHS,
  LENGTH_BASE,
  LENGTH_EXTRA,
  reverseBits,
} from './deflate-codes.ts'

// Our own encoder, because zlib's output differs between platforms and releases. With it, equal claims give equal
// tokens everywhere. For inputs of a token's size, zlib itself chooses one block with fixed codes.

const MIN_MATCH = 3
const MAX_MATCH = 258
const WINDOW = 32_768
const HASH_BITS = 10

// The bits for a literal, or for the length of a match with its extra bits, and above them their number. One look-up and
// one write take a fifth of the time of looking up code, length, base and extra bits.
const COUNT_SHIFT = 16
const BITS = 0xffff
const LITERALS = /* @__PURE__ */ literalEntries()
const LENGTHS = /* @__PURE__ */ lengthEntries()
const DISTANCE_CODES = /* @__PURE__ */ Uint8Array.from(
  /* @__PURE__ */ reversedCodes(FIXED_DISTANCE_LENGTHS),
)

// The last position of each three bytes, for all calls: positions keep counting from call to call, so that entries of an
// earlier call are too old, and nothing has to be cleared.
const latest = /* @__PURE__ */ new Int32Array(1 << HASH_BITS)
const FULL = 0x7f000000
let origin = WINDOW + 1

/** Returns how many bytes {@link zlibDeflate} writes at most for an input of this length. */
export function deflatedBound(length: number): number {
  return 2 + Math.ceil((length * 9 + 10) / 8) + 4
}

/**
 * Compresses the first `length` bytes of the input into a zlib stream (RFC 1950), the same on every runtime.
 *
 * @param out - has room for {@link deflatedBound} bytes
 * @returns how many bytes it wrote
 */
export function zlibDeflate(input: Uint8Array, length: number, out: Uint8Array): number {
  out[0] = 0x78 // deflate with a 32 KiB window
  out[1] = 0x9c // default level, no dictionary; makes the pair divisible by 31
  startTable(length)
  const end = writeBlock(input, length, out)
  origin += length + WINDOW + 1
  const check = adler32(input, length)
  for (let i = 0; i < 4; i++) out[end + i] = check >>> (24 - 8 * i)
  return end + 4
}

/**
 * Writes the only block, with fixed codes. Pending bits are in local variables, and the three bytes to look up shift by
 * one: with members of an object and three reads, it takes twice as long.
 */
function writeBlock(input: Uint8Array, length: number, out: Uint8Array): number {
  const lastThree = length - MIN_MATCH
  let to = 2
  let held = 0b011 // last block, fixed codes
  let count = 3
  let three = (input[0]! << 8) | (input[1]! << 16)
  for (let at = 0; at < length;) {
    let matched = 0
    let distance = 0
    if (at <= lastThree) {
      three = (three >>> 8) | (input[at + 2]! << 16)
      distance = origin + at - note(three, at)
      if (distance <= WINDOW && distance <= at) matched = matchLength(input, at, distance, length)
    }
    if (matched === 0) {
      const literal = LITERALS[input[at++]!]!
      held |= (literal & BITS) << count
      count += literal >>> COUNT_SHIFT
    } else {
      held |= (LENGTHS[matched]! & BITS) << count
      count += LENGTHS[matched]! >>> COUNT_SHIFT
      for (; count >= 8; count -= 8, held >>>= 8) out[to++] = held
      const extra = distanceExtra(distance)
      held |= distanceBits(distance, extra) << count
      count += 5 + extra
      for (const end = at++ + matched; at < end; at++) {
        if (at > lastThree) continue
        three = (three >>> 8) | (input[at + 2]! << 16)
        note(three, at)
      }
    }
    for (; count >= 8; count -= 8, held >>>= 8) out[to++] = held
  }
  held |= (LITERALS[END_OF_BLOCK]! & BITS) << count
  count += LITERALS[END_OF_BLOCK]! >>> COUNT_SHIFT
  for (; count > 0; count -= 8, held >>>= 8) out[to++] = held
  return to
}

/** Records the position of three bytes, counted from `origin`, and returns the last position of these or similar ones. */
function note(three: number, at: number): number {
  const slot = Math.imul(three, 0x9e3779b1) >>> (32 - HASH_BITS)
  const before = latest[slot]!
  latest[slot] = origin + at
  return before
}

function startTable(length: number): void {
  if (origin + length < FULL) return
  latest.fill(0)
  origin = WINDOW + 1
}

/** Returns how many bytes equal those `distance` before; 0 if literals are as short. */
function matchLength(input: Uint8Array, at: number, distance: number, end: number): number {
  const limit = Math.min(MAX_MATCH, end - at)
  let length = 0
  while (length < limit && input[at - distance + length] === input[at + length]) length++
  // Three literals cost at least 24 bits; a match of three from further back than 4096 costs as much.
  return length > MIN_MATCH || (length === MIN_MATCH && distance <= 4096) ? length : 0
}

/** Returns the number of extra bits for a distance (RFC 1951 §3.2.5): two codes for each number of binary digits. */
function distanceExtra(distance: number): number {
  return distance < 3 ? 0 : 30 - Math.clz32(distance - 1)
}

/** Returns the code of a distance, with its extra bits above. */
function distanceBits(distance: number, extra: number): number {
  const code = distance < 3 ? distance - 1 : 2 * extra + ((distance - 1) >> extra)
  return DISTANCE_CODES[code]! | (((distance - 1) & ((1 << extra) - 1)) << 5)
}

function literalEntries(): Int32Array {
  const codes = reversedCodes(FIXED_LITERAL_LENGTHS)
  return Int32Array.from(codes, (code, i) => code | (FIXED_LITERAL_LENGTHS[i]! << COUNT_SHIFT))
}

/** The bits for each length of a match: the last code that starts at or below it, and the difference. */
function lengthEntries(): Int32Array {
  const entries = new Int32Array(MAX_MATCH + 1)
  for (const [i, base] of LENGTH_BASE.entries()) {
    const code = LITERALS[257 + i]!
    const [bits, count] = [code & BITS, code >>> COUNT_SHIFT]
    const extra = LENGTH_EXTRA[i]!
    for (let more = 0; more < 1 << extra && base + more <= MAX_MATCH; more++) {
      entries[base + more] = bits | (more << count) | ((count + extra) << COUNT_SHIFT)
    }
  }
  return entries
}

/** Canonical Huffman codes (RFC 1951 §3.2.2) with reversed bits, ready to write. */
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
