import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { md5Hex } from './md5-hex.ts'

describe('md5Hex', () => {
  // The test suite of RFC 1321, A.5.
  it.each([
    ['', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['abc', '900150983cd24fb0d6963f7d28e17f72'],
  ])('gives the digest of RFC 1321 for %j', (text, digest) => {
    expect(md5Hex(text)).toBe(digest)
  })

  it("gives the digest that Node's crypto gives, for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        expect(md5Hex(text)).toBe(createHash('md5').update(text).digest('hex'))
      }),
    )
  })

  it('refuses half a surrogate pair, which runtimes replace in different ways', () => {
    expect(() => md5Hex('\uD800')).toThrow(expect.objectContaining({ code: 'CLAIM_INVALID' }))
  })
})
