// A small, lenient reader of DEFLATE (RFC 1951): it only has to find out when a token expires and what
// it is for. The strict reader of @rtc-token/core, which says what is wrong with a token, would make
// this part of every page three times as large. A property test holds the two together.

/** Reads the next bits as a number, least significant bit first. */
type ReadBits = (count: number) => number

/** Reads one symbol of a Huffman code. */
type ReadSymbol = () => number

/** The code lengths of literals and lengths, and those of distances. */
type Lengths = readonly [literals: readonly number[], distances: readonly number[]]

/**
 * Expands the DEFLATE data of a zlib stream.
 *
 * @throws {Error} when the stream is damaged or expands to more than 64 KiB
 */
export function inflate(input: readonly number[]): readonly number[] {
  // No token that an SDK accepts expands to as much.
  const MAX_LENGTH = 65_536
  const output: number[] = []
  // Position in bits. zlib puts a header of two bytes in front.
  let at = 16
  let isLast = 0
  while (!isLast) {
    isLast = bits(1)
    const type = bits(2)
    if (type > 0) readCompressed(bits, output, type > 1 ? readLengths(bits) : fixedLengths())
    else {
      at = (at + 7) & ~7
      for (let left = bits(32) & 0xffff; left > 0; left--) output.push(bits(8))
    }
  }
  return output

  function bits(count: number): number {
    let value = 0
    for (let i = 0; i < count; i++, at++) value += ((input[at >> 3]! >> (at & 7)) & 1) << i
    if (at > input.length * 8 || output.length > MAX_LENGTH) throw new RangeError()
    return value
  }
}

function readCompressed(bits: ReadBits, output: number[], [literals, distances]: Lengths): void {
  const END_OF_BLOCK = 256
  const literal = huffmanReader(bits, literals)
  const distance = huffmanReader(bits, distances)
  for (let symbol = literal(); symbol !== END_OF_BLOCK; symbol = literal()) {
    if (symbol < END_OF_BLOCK) output.push(symbol)
    else {
      const length = symbol === 285 ? 258 : 3 + readSteps(bits, symbol - 257, 2)
      const from = -1 - readSteps(bits, distance(), 1)
      // A distance from before the start yields undefined, which makes the life of the token NaN.
      for (let i = 0; i < length; i++) output.push(output.at(from)!)
    }
  }
}

/** RFC 1951, 3.2.5: lengths and distances grow in steps that double after every `2 ** group` codes. */
function readSteps(bits: ReadBits, code: number, group: number): number {
  const extra = (code >> group) - 1
  if (extra < 0) return code
  const step = (1 << group) + (code & ((1 << group) - 1))
  return (step << extra) + bits(extra)
}

/** RFC 1951, 3.2.7: the code lengths of both codes, which are Huffman-coded themselves. */
function readLengths(bits: ReadBits): Lengths {
  const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
  const literals = bits(5) + 257
  const count = literals + bits(5) + 1
  const own: number[] = []
  for (const symbol of ORDER.slice(0, bits(4) + 4)) own[symbol] = bits(3)
  const next = huffmanReader(bits, own)
  const lengths: number[] = []
  while (lengths.length < count) {
    const symbol = next()
    const length = symbol < 16 ? symbol : symbol > 16 ? 0 : lengths.at(-1)!
    const times = symbol < 16 ? 1 : symbol > 17 ? 11 + bits(7) : 3 + bits(symbol - 14)
    for (let i = 0; i < times; i++) lengths.push(length)
  }
  return [lengths.slice(0, literals), lengths.slice(literals)]
}

/**
 * RFC 1951, 3.2.2: the lengths of its symbols define a canonical Huffman code. Code words are stored
 * with a 1 in front, so that words of different lengths are different numbers.
 */
function huffmanReader(bits: ReadBits, lengths: readonly number[]): ReadSymbol {
  const symbols: number[] = []
  let word = 2
  for (let length = 1; length < 16; length++, word *= 2) {
    lengths.forEach((it, symbol) => it === length && (symbols[word++] = symbol))
  }
  return () => {
    let read = 1
    while (!(read in symbols)) read = read * 2 + bits(1)
    return symbols[read]!
  }
}

/** RFC 1951, 3.2.6: the code lengths of the two fixed codes. */
function fixedLengths(): Lengths {
  const literals = { length: 288 }
  return [
    Array.from(literals, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)),
    Array<number>(30).fill(5),
  ]
}
