import { describe, expect, it } from 'vitest'
import { allocate } from './allocate.ts'

describe('allocate', () => {
  it.each([0, 1, 100, 1024, 1025])('gives %i zeroed bytes of its own', (length) => {
    const pieces = Array.from({ length: 30 }, () => allocate(length))
    for (const [i, piece] of pieces.entries()) {
      expect(piece).toEqual(new Uint8Array(length))
      piece.fill(i + 1)
    }
    for (const [i, piece] of pieces.entries()) {
      expect(piece).toEqual(new Uint8Array(length).fill(i + 1))
    }
  })
})
