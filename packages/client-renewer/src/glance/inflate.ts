// A small, lenient reader of DEFLATE (RFC 1951), for a look at what a token says of its own life. The
// strict one of @rtc-token/core, which says what is wrong, would cost every page three times as much.

/** More than any token an SDK takes can hold in earnest. */
const MAX_LENGTH = 65_536
const END_OF_BLOCK = 256
/** §3.2.7: the order in which the lengths of the code length code are stored. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

/** Reads one symbol of a Huffman code. */
type Code = () => number

/**
 * Expands the DEFLATE data that starts at `start`.
 *
 * @throws {Error} on a stream that is damaged or expands past 64 KiB
 */
export function inflate(input: readonly number[], start: number): readonly number[] {
  const output: number[] = []
  let at = start * 8
  while (!readBlock()) if (output.length > MAX_LENGTH) throw new Error('too long')
  return output

  function bits(count: number): number {
    let value = 0
    for (let i = 0; i < count; i++, at++) value += ((input[at >> 3]! >> (at & 7)) & 1) << i
    if (at > input.length * 8) throw new Error('too short')
    return value
  }

  function readBlock(): boolean {
    const isLast = bits(1) > 0
    const kind = bits(2)
    if (kind > 0) readCompressed(...(kind > 1 ? ownCodes() : fixedCodes()))
    else readStored()
    return isLast
  }

  function readStored(): void {
    at = (at + 7) & ~7
    for (let left = bits(32) & 0xffff; left > 0; left--) output.push(bits(8))
  }

  function readCompressed(literals: Code, distances: Code): void {
    for (let symbol = literals(); symbol !== END_OF_BLOCK; symbol = literals()) {
      if (symbol < END_OF_BLOCK) output.push(symbol)
      else copy(symbol === 285 ? 258 : 3 + reach(symbol - 257, 2), 1 + reach(distances(), 1))
      if (output.length > MAX_LENGTH) throw new Error('too long')
    }
  }

  /** §3.2.5: lengths and distances in steps that double after every `2 ** group` codes. */
  function reach(code: number, group: number): number {
    const extra = (code >> group) - 1
    if (extra < 0) return code
    const step = (1 << group) + (code & ((1 << group) - 1))
    return (step << extra) + bits(extra)
  }

  function copy(length: number, distance: number): void {
    if (distance > output.length) throw new Error('too far')
    for (let i = 0; i < length; i++) output.push(output.at(-distance)!)
  }

  function fixedCodes(): [Code, Code] {
    const literals = Array.from({ length: 288 }, (_, i) =>
      i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8,
    )
    return [code(literals), code(Array.from({ length: 30 }, () => 5))]
  }

  function ownCodes(): [Code, Code] {
    const literalCount = bits(5) + 257
    const count = literalCount + bits(5) + 1
    const orders = ORDER.slice(0, bits(4) + 4)
    const lengths = Array.from({ length: 19 }, () => 0)
    for (const order of orders) lengths[order] = bits(3)
    const all = readLengths(code(lengths), count)
    return [code(all.slice(0, literalCount)), code(all.slice(literalCount))]
  }

  function readLengths(next: Code, count: number): number[] {
    const lengths: number[] = []
    while (lengths.length < count) {
      const symbol = next()
      const length = symbol < 16 ? symbol : symbol > 16 ? 0 : lengths.at(-1)!
      const times = symbol < 16 ? 1 : symbol > 17 ? 11 + bits(7) : 3 + bits(symbol - 14)
      for (let i = 0; i < times; i++) lengths.push(length)
    }
    return lengths
  }

  /** §3.2.2: a canonical code is told by the lengths of its symbols. */
  function code(lengths: readonly number[]): Code {
    const symbols = [...lengths.keys()]
    const byLength = ORDER.map((_, length) => symbols.filter((it) => lengths[it] === length))
    return () => {
      let first = 0
      let code = 0
      for (const group of byLength.slice(1)) {
        code += bits(1)
        const symbol = group[code - first]
        if (symbol !== undefined) return symbol
        first = (first + group.length) * 2
        code *= 2
      }
      throw new Error('no such code')
    }
  }
}
