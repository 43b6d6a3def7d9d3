import { malformed } from '../errors.ts'
import { adler32 } from './adler32.ts'
import type { ByteReader } from './byte-reader.ts'
import {
  DISTANCE_BASE,
  DISTANCE_EXTRA,
  END_OF_BLOCK,
  FIXED_DISTANCE_LENGTHS,
  FIXED_LITERAL_LENGTHS,
  LENGTH_BASE,
  LENGTH_EXTRA,
} from './deflate-codes.ts'
import { damagedBlock, type HuffmanTable, huffmanTable } from './huffman-table.ts'
import { InflateState } from './inflate-state.ts'

// Our own decoder, because other builders write every kind of stream, no zlib is available synchronously on every
// runtime, and none refuses bytes after the end.

/** RFC 1951 §3.2.7: the order in which the lengths of the code length code are stored. */
const CODE_LENGTH_ORDER = [
  16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
] as const

/**
 * Expands a zlib stream (RFC 1950) strictly: header, checksum and end must be right, and nothing
 * may follow.
 *
 * @param maxLength - the maximum length of the output, checked before it is held in memory
 * @returns the bytes, valid until the next call
 * @throws {TokenError} TOKEN_MALFORMED, or TOKEN_TOO_LARGE past `maxLength`
 */
export function zlibInflate(input: ByteReader, maxLength: number): ByteReader {
  const state = new InflateState(input, maxLength)
  readHeader(state)
  for (let last = 0; last === 0;) {
    last = state.bits(1)
    readBlock(state)
  }
  state.align()
  const content = state.written()
  if (readBigEndian(state) !== adler32(content.memory, content.end))
    throw malformed('zlib: a wrong checksum')
  if (state.remaining > 0) {
    throw malformed(`zlib: nothing more expected, got ${state.remaining} bytes`)
  }
  return content
}

function readHeader(state: InflateState): void {
  const header = state.bits(16)
  // Deflate, a window of at most 32 KiB, and no preset dictionary.
  if ((header & 0x208f) !== 8 || ((header & 0xff) * 256 + (header >> 8)) % 31 !== 0) {
    throw malformed('zlib: no zlib header')
  }
}

function readBlock(state: InflateState): void {
  const kind = state.bits(2)
  if (kind === 0) readStored(state)
  else if (kind === 1) readCompressed(state, fixedTables())
  else if (kind === 2) readCompressed(state, readTables(state))
  else throw damagedBlock()
}

function readStored(state: InflateState): void {
  state.align()
  const length = state.bits(16)
  if (state.bits(16) !== (~length & 0xffff)) throw damagedBlock()
  for (let i = 0; i < length; i++) state.byte(state.bits(8))
}

interface Tables {
  readonly literals: HuffmanTable
  readonly distances: HuffmanTable
}

function readCompressed(state: InflateState, tables: Tables): void {
  for (;;) {
    state.literals(tables.literals)
    const symbol = state.symbol(tables.literals)
    if (symbol === END_OF_BLOCK) return
    if (symbol < END_OF_BLOCK) state.byte(symbol)
    else readMatch(state, symbol - 257, tables.distances)
  }
}

function readMatch(state: InflateState, code: number, far: HuffmanTable): void {
  const length = readValue(state, code, LENGTH_BASE, LENGTH_EXTRA)
  state.copy(readValue(state, state.symbol(far), DISTANCE_BASE, DISTANCE_EXTRA), length)
}

function readValue(
  state: InflateState,
  code: number,
  bases: readonly number[],
  extras: readonly number[],
): number {
  const base = bases[code]
  if (base === undefined) throw damagedBlock()
  return base + state.bits(extras[code]!)
}

let fixed: Tables | undefined

function fixedTables(): Tables {
  fixed ??= {
    literals: huffmanTable(FIXED_LITERAL_LENGTHS, false),
    distances: huffmanTable(FIXED_DISTANCE_LENGTHS, false),
  }
  return fixed
}

/** RFC 1951 §3.2.7: a block with its own codes, which are Huffman-coded too. */
function readTables(state: InflateState): Tables {
  const literalCount = state.bits(5) + 257
  const distanceCount = state.bits(5) + 1
  if (literalCount > 286 || distanceCount > 30) throw damagedBlock()
  const lengths = readLengths(state, readCodeLengthTable(state), literalCount + distanceCount)
  if (lengths[END_OF_BLOCK] === 0) throw damagedBlock()
  return {
    literals: huffmanTable(lengths.slice(0, literalCount), true),
    distances: huffmanTable(lengths.slice(literalCount), true),
  }
}

function readCodeLengthTable(state: InflateState): HuffmanTable {
  const count = state.bits(4) + 4
  const lengths: number[] = CODE_LENGTH_ORDER.map(() => 0)
  for (let i = 0; i < count; i++) lengths[CODE_LENGTH_ORDER[i]!] = state.bits(3)
  return huffmanTable(lengths, false)
}

function readLengths(state: InflateState, table: HuffmanTable, count: number): number[] {
  const lengths: number[] = []
  while (lengths.length < count) {
    const symbol = state.symbol(table)
    if (symbol < 16) lengths.push(symbol)
    else repeatLength(state, lengths, symbol)
  }
  if (lengths.length > count) throw damagedBlock()
  return lengths
}

function repeatLength(state: InflateState, lengths: number[], symbol: number): void {
  const previous = symbol === 16 ? lengths.at(-1) : 0
  if (previous === undefined) throw damagedBlock()
  const times =
    symbol === 16 ? 3 + state.bits(2) : symbol === 17 ? 3 + state.bits(3) : 11 + state.bits(7)
  for (let i = 0; i < times; i++) lengths.push(previous)
}

function readBigEndian(state: InflateState): number {
  let value = 0
  for (let i = 0; i < 4; i++) value = value * 256 + state.bits(8)
  return value
}
