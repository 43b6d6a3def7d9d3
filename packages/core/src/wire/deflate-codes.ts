/** RFC 1951 §3.2.5: the extra bits of each length code, 257 first. The last is only for 258. */
export const LENGTH_EXTRA: readonly number[] = /* @__PURE__ */ extras(28, 2).concat(0)

/** The shortest match of each length code. The last is an exception: 258 instead of 259. */
export const LENGTH_BASE: readonly number[] = /* @__PURE__ */ bases(LENGTH_EXTRA, 3).fill(258, 28)

/** RFC 1951 §3.2.5: the extra bits of each distance code. */
export const DISTANCE_EXTRA: readonly number[] = /* @__PURE__ */ extras(30, 1)

/** The shortest distance of each distance code. */
export const DISTANCE_BASE: readonly number[] = /* @__PURE__ */ bases(DISTANCE_EXTRA, 1)

/** RFC 1951 §3.2.6: the code lengths of a block with fixed codes. Distances 30 and 31 never occur. */
export const FIXED_LITERAL_LENGTHS: readonly number[] = /* @__PURE__ */ Array.from(
  { length: 288 },
  (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8),
)
/** The same for distances: 32 codes of 5 bits. */
export const FIXED_DISTANCE_LENGTHS: readonly number[] = /* @__PURE__ */ Array<number>(32).fill(5)

/** The symbol that ends a block. */
export const END_OF_BLOCK = 256

/** Reverses the lowest `count` bits, because codes are stored with their first bit first. */
export function reverseBits(value: number, count: number): number {
  let reversed = 0
  for (let i = 0; i < count; i++) reversed |= ((value >> i) & 1) << (count - 1 - i)
  return reversed
}

/** The extra bits of codes: none for the first ones, then one more for every two or four. */
function extras(count: number, shift: number): number[] {
  return Array.from({ length: count }, (_, code) => Math.max(0, (code >> shift) - 1))
}

/** The first value of each code, when each covers as many values as its extra bits allow. */
function bases(extras: readonly number[], first: number): number[] {
  let next = first
  return extras.map((extra) => {
    const base = next
    next += 1 << extra
    return base
  })
}
