// Drawn in batches: one call of the secure source costs as much as a third of a token.
const batch = new Uint32Array(128)
let used = batch.length

/** A salt from the runtime's secure source, 1 to 4294967295. */
export function randomSalt(): number {
  if (used === batch.length) {
    crypto.getRandomValues(batch)
    used = 0
  }
  return batch[used++]! || randomSalt()
}
