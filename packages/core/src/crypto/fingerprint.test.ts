import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fingerprint, sha256Hex } from './fingerprint.ts'
import { hexDigest as node } from './sha256.node.ts'
import { hexDigest as portable } from './sha256.portable.ts'

const loneSurrogates = fc.constantFrom('\ud800', 'a\udc00b', '\ud83d\ud83d')

describe('fingerprint', () => {
  it('is the beginning of the SHA-256 of the text', () => {
    expect(fingerprint('abc')).toBe('ba7816bf')
  })

  it.each([
    ['on Node', node],
    ['elsewhere', portable],
  ])('is that of any text, %s', (_, hexDigest) => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), loneSurrogates), (text) => {
        const expected = createHash('sha256').update(text).digest('hex')
        expect(hexDigest(text)).toBe(expected)
        expect(sha256Hex(text)).toBe(expected)
      }),
    )
  })
})
