/** A salt from the runtime's secure source, 1 to 4294967295. */
export function randomSalt(): number {
  const word = new Uint32Array(1)
  do crypto.getRandomValues(word)
  while (word[0] === 0)
  return word[0]!
}
