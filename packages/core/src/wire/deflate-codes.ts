/** RFC 1951 §3.2.5: the shortest match of each length code, 257 first, and its extra bits. */
export const LENGTH_BASE: readonly number[] = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
  163, 195, 227, 258,
]
export const LENGTH_EXTRA: readonly number[] = [
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
]

/** RFC 1951 §3.2.5: the shortest distance of each distance code and its extra bits. */
export const DISTANCE_BASE: readonly number[] = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
  3073, 4097, 6145, 8193, 12289, 16385, 24577,
]
export const DISTANCE_EXTRA: readonly number[] = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
]

/** RFC 1951 §3.2.6: the code lengths of a block with fixed codes. Distances 30 and 31 never occur. */
export const FIXED_LITERAL_LENGTHS: readonly number[] = /* @__PURE__ */ Array.from(
  { length: 288 },
  (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8),
)
export const FIXED_DISTANCE_LENGTHS: readonly number[] = /* @__PURE__ */ Array.from(
  { length: 32 },
  () => 5,
)

/** The symbol that ends a block. */
export const END_OF_BLOCK = 256
