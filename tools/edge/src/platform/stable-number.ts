import { createHash } from 'node:crypto'

/** Gives a text a number from 1 to 2147483647, the same in every run: for accounts and channels. */
export function stableNumber(text: string): number {
  const digest = createHash('sha256').update(text).digest()
  return (digest.readUInt32BE(0) % 0x7fff_ffff) + 1
}
