// A small, lenient reader of DEFLATE (RFC 1951), for a look at what a token says of its own life. The
// strict one of @rtc-token/core, which says what is wrong, would cost every page three times as much.

/** Reads one symbol of a Huffman code. */
type Code = () => number

/**
 * Expands the DEFLATE data of a zlib stream.
 *
 * @throws {Error} on a stream that is damaged or expands past 64 KiB
 */
export function inflate(input: readonly number[]): readonly number[] {
  // More than any token an SDK takes can hold in earnest.
  const MAX_LENGTH = 65_536
  const output: number[] = []
  // In bits, behind the two bytes that zlib puts before it.
  let at = 16
  let isLast = 0
  while (!isLast) {
    isLast = bits(1)
    const kind = bits(2)
    if (kind > 1) readCompressed(...readLengths())
    else if (kind > 0) readCompressed(fixedLengths(), 288)
    else readStored()
  }
  return output

  function bits(count: number): number {
    let value = 0
    for (let i = 0; i < count; i++, at++) value += ((input[at >> 3]! >> (at & 7)) & 1) << i
    if (at > input.length * 8 || output.length > MAX_LENGTH) throw new Error('not a token')
    return value
  }

  function readStored(): void {
    at = (at + 7) & ~7
    for (let left = bits(32) & 0xffff; left > 0; left--) output.push(bits(8))
  }

  /** The first `literals` lengths are of the code for literals and lengths, the others for distances. */
  function readCompressed(lengths: readonly number[], literals: number): void {
    const END_OF_BLOCK = 256
    const literal = toCode(lengths.slice(0, literals))
    const distance = toCode(lengths.slice(literals))
    for (let symbol = literal(); symbol !== END_OF_BLOCK; symbol = literal()) {
      if (symbol < END_OF_BLOCK) output.push(symbol)
      else copy(symbol === 285 ? 258 : 3 + reach(symbol - 257, 2), 1 + reach(distance(), 1))
    }
  }

  /** §3.2.5: lengths and distances in steps that double after every `2 ** group` codes. */
  function reach(code: number, group: number): number {
    const extra = (code >> group) - 1
    if (extra < 0) return code
    const step = (1 << group) + (code & ((1 << group) - 1))
    return (step << extra) + bits(extra)
  }

  // From before the start of the output comes what is no number, and no life can be read from that.
  function copy(length: number, distance: number): void {
    for (let i = 0; i < length; i++) output.push(output.at(-distance)!)
  }

  /** §3.2.7: the lengths of both codes, themselves in a code. */
  function readLengths(): [lengths: readonly number[], literals: number] {
    const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    const literals = bits(5) + 257
    const count = literals + bits(5) + 1
    const own: number[] = []
    for (const symbol of ORDER.slice(0, bits(4) + 4)) own[symbol] = bits(3)
    const next = toCode(own)
    const lengths: number[] = []
    while (lengths.length < count) {
      const symbol = next()
      const length = symbol < 16 ? symbol : symbol > 16 ? 0 : lengths.at(-1)!
      const times = symbol < 16 ? 1 : symbol > 17 ? 11 + bits(7) : 3 + bits(symbol - 14)
      for (let i = 0; i < times; i++) lengths.push(length)
    }
    return [lengths, literals]
  }

  /** §3.2.2: a canonical code is told by the lengths of its symbols. Its words are kept after a 1. */
  function toCode(lengths: readonly number[]): Code {
    const symbols = new Map<number, number>()
    let word = 2
    for (let length = 1; length < 16; length++, word *= 2) {
      lengths.forEach((it, symbol) => it === length && symbols.set(word++, symbol))
    }
    return () => {
      let read = 1
      while (!symbols.has(read)) read = read * 2 + bits(1)
      return symbols.get(read)!
    }
  }
}

/** §3.2.6: the lengths of the two fixed codes. */
function fixedLengths(): readonly number[] {
  return Array.from({ length: 318 }, (_, i) =>
    i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : i < 288 ? 8 : 5,
  )
}
