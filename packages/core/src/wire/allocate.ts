const SLAB_LENGTH = 8192
const LARGEST_SLICE = 1024

let slab = /* @__PURE__ */ new Uint8Array(0)
let used = 0

/**
 * Returns zeroed memory that nothing else uses: a slice of a larger piece, since an array of its own
 * takes Node half a microsecond. What a caller of this package may keep must be a copy: a slice keeps
 * its whole piece alive, and its `buffer` shows what else is there.
 *
 * @internal
 */
export function allocate(length: number): Uint8Array {
  if (length > LARGEST_SLICE) return new Uint8Array(length)
  if (used + length > slab.length) {
    slab = new Uint8Array(SLAB_LENGTH)
    used = 0
  }
  used += length
  return slab.subarray(used - length, used)
}
