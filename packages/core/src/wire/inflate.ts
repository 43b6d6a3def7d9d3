import { malformed } from '../errors.ts'
import { adler32 } from './adler32.ts'
import { BitReader } from './bit-reader.ts'
import {
  DISTANCE_BASE,
  DISTANCE_EXTRA,
  END_OF_BLOCK,
  FIXED_DISTANCE_LENGTHS,
  FIXED_LITERAL_LENGTHS,
  LENGTH_BASE,
  LENGTH_EXTRA,
} from './deflate-codes.ts'
import { HuffmanTable } from './huffman-table.ts'
import { InflateOutput } from './inflate-output.ts'

// Our own decoder, because the builders of the world write streams of every kind, no runtime's zlib
// is at hand synchronously everywhere, and none refuses what comes after the end.

/** RFC 1951 §3.2.7: the order in which the lengths of the code length code are stored. */
const CODE_LENGTH_ORDER = [
  16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
] as const

/**
 * Expands a zlib stream (RFC 1950) strictly: header, checksum and end must be right, and nothing
 * may follow.
 *
 * @param maxLength - how many bytes may come out, before they are held in memory
 * @throws {TokenError} TOKEN_MALFORMED, or TOKEN_TOO_LARGE past `maxLength`
 */
export function zlibInflate(input: Uint8Array, maxLength: number): Uint8Array {
  const bits = new BitReader(input)
  const out = new InflateOutput(maxLength)
  readHeader(bits)
  for (let last = 0; last === 0;) {
    last = bits.bits(1)
    readBlock(bits, out)
  }
  bits.align()
  const bytes = out.written()
  if (readBigEndian(bits) !== adler32(bytes)) throw malformed('zlib: a wrong checksum')
  if (bits.remaining > 0) throw malformed('zlib: bytes after its end')
  return bytes
}

function readHeader(bits: BitReader): void {
  const method = bits.bits(8)
  const flags = bits.bits(8)
  if ((method & 0x0f) !== 8 || method >> 4 > 7 || (method * 256 + flags) % 31 !== 0) {
    throw malformed('zlib: no zlib header')
  }
  if ((flags & 0x20) !== 0) throw malformed('zlib: a preset dictionary')
}

function readBlock(bits: BitReader, out: InflateOutput): void {
  const kind = bits.bits(2)
  if (kind === 0) readStored(bits, out)
  else if (kind === 1) readCompressed(bits, out, fixedTables())
  else if (kind === 2) readCompressed(bits, out, readTables(bits))
  else throw malformed('zlib: a block of no known kind')
}

function readStored(bits: BitReader, out: InflateOutput): void {
  bits.align()
  const length = bits.bits(16)
  if (bits.bits(16) !== (~length & 0xffff))
    throw malformed('zlib: a stored block of unclear length')
  for (let i = 0; i < length; i++) out.byte(bits.bits(8))
}

interface Tables {
  readonly literals: HuffmanTable
  readonly distances: HuffmanTable
}

function readCompressed(bits: BitReader, out: InflateOutput, tables: Tables): void {
  for (;;) {
    const symbol = tables.literals.read(bits)
    if (symbol === END_OF_BLOCK) return
    if (symbol < END_OF_BLOCK) out.byte(symbol)
    else readMatch(bits, out, symbol - 257, tables.distances)
  }
}

function readMatch(bits: BitReader, out: InflateOutput, code: number, far: HuffmanTable): void {
  const length = readValue(bits, code, LENGTH_BASE, LENGTH_EXTRA)
  out.copy(readValue(bits, far.read(bits), DISTANCE_BASE, DISTANCE_EXTRA), length)
}

function readValue(
  bits: BitReader,
  code: number,
  bases: readonly number[],
  extras: readonly number[],
): number {
  const base = bases[code]
  if (base === undefined) throw malformed('zlib: a length or distance that does not exist')
  return base + bits.bits(extras[code]!)
}

let fixed: Tables | undefined

function fixedTables(): Tables {
  fixed ??= {
    literals: new HuffmanTable(FIXED_LITERAL_LENGTHS, false),
    distances: new HuffmanTable(FIXED_DISTANCE_LENGTHS, false),
  }
  return fixed
}

/** RFC 1951 §3.2.7: a block that brings its own codes, themselves Huffman-coded. */
function readTables(bits: BitReader): Tables {
  const literalCount = bits.bits(5) + 257
  const distanceCount = bits.bits(5) + 1
  if (literalCount > 286 || distanceCount > 30) throw malformed('zlib: too many codes')
  const lengths = readLengths(bits, readCodeLengthTable(bits), literalCount + distanceCount)
  if (lengths[END_OF_BLOCK] === 0) throw malformed('zlib: a block without an end')
  return {
    literals: new HuffmanTable(lengths.slice(0, literalCount), true),
    distances: new HuffmanTable(lengths.slice(literalCount), true),
  }
}

function readCodeLengthTable(bits: BitReader): HuffmanTable {
  const count = bits.bits(4) + 4
  const lengths = Array.from<number>({ length: 19 }).fill(0)
  for (let i = 0; i < count; i++) lengths[CODE_LENGTH_ORDER[i]!] = bits.bits(3)
  return new HuffmanTable(lengths, false)
}

function readLengths(bits: BitReader, table: HuffmanTable, count: number): number[] {
  const lengths: number[] = []
  while (lengths.length < count) {
    const symbol = table.read(bits)
    if (symbol < 16) lengths.push(symbol)
    else repeatLength(bits, lengths, symbol)
  }
  if (lengths.length > count) throw malformed('zlib: more code lengths than codes')
  return lengths
}

function repeatLength(bits: BitReader, lengths: number[], symbol: number): void {
  const previous = symbol === 16 ? lengths.at(-1) : 0
  if (previous === undefined) throw malformed('zlib: a repeated code length with none before it')
  const times =
    symbol === 16 ? 3 + bits.bits(2) : symbol === 17 ? 3 + bits.bits(3) : 11 + bits.bits(7)
  for (let i = 0; i < times; i++) lengths.push(previous)
}

function readBigEndian(bits: BitReader): number {
  let value = 0
  for (let i = 0; i < 4; i++) value = value * 256 + bits.bits(8)
  return value
}
