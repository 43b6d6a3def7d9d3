// Drawn in batches, because one call of the secure source takes a third of the time of a token.
const BATCH = 128
const batch = new Uint32Array(BATCH)
let used = BATCH

/** Returns a salt from the runtime's secure source, 1 to 4294967295. */
export function randomSalt(): number {
  if (used === BATCH) {
    crypto.getRandomValues(batch)
    used = 0
  }
  return batch[used++]! || randomSalt()
}
