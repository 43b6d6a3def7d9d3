import { wordAt } from './sha256.ts'

/**
 * Compares words with the bytes from `start` on, without an early exit, so that the time does not reveal where they
 * differ.
 */
export function equalWords(words: Int32Array, bytes: Uint8Array, start: number): boolean {
  let difference = 0
  for (let i = 0; i < words.length; i++) difference |= words[i]! ^ wordAt(bytes, start + 4 * i)
  return difference === 0
}
