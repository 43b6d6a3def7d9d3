import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fingerprint, sha256Hex } from './fingerprint.ts'

describe('fingerprint', () => {
  it('is the beginning of the SHA-256 of the text', () => {
    expect(fingerprint('abc')).toBe('ba7816bf')
  })

  it('agrees with Node on every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(sha256Hex(text)).toBe(createHash('sha256').update(text).digest('hex'))
      }),
    )
  })
})
