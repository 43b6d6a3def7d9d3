import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64 as read } from './decode-base64.ts'
import { encodeBase64 as node } from './encode-base64.node.ts'
import { encodeBase64 as portable } from './encode-base64.portable.ts'

function decodeBase64(text: string, start?: number): Uint8Array {
  return read(text, start).rest()
}

describe.each([
  ['on Node', node],
  ['elsewhere', portable],
])('encodeBase64 %s', (_, encodeBase64) => {
  it('writes what RFC 4648 says', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20_000 }), (bytes) => {
        expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
      }),
    )
  })
})

describe('decodeBase64', () => {
  it('reads what Node writes, with padding and without', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64')
        expect(decodeBase64(text)).toEqual(bytes)
        expect(decodeBase64(text.replace(/=+$/, ''))).toEqual(bytes)
      }),
    )
  })

  it.each([
    ['a single character', 'A'],
    ['padding in the middle', 'QQ==QQ=='],
    ['one padding character too few', 'QQ='],
    ['nothing but padding', '=='],
    ['three padding characters', 'Q==='],
    ['white space', 'QUJD\n'],
    ['the URL-safe alphabet', '-_-_'],
    ['stray bits in the last character', 'QR=='],
    ['text outside ASCII', 'QUJé'],
    ['a character whose low byte is in the alphabet', 'QUJ\u0141'],
    ['long text outside ASCII', `${'A'.repeat(2039)}\u0141`],
    ['long text that ends outside ASCII', `${'A'.repeat(4095)}\u0141`],
  ])('refuses %s', (_, text) => {
    expect(() => decodeBase64(text)).toThrow(expect.objectContaining({ code: 'TOKEN_MALFORMED' }))
  })

  it('reads from a place on, and refuses one behind the end', () => {
    expect(decodeBase64('007QUJD', 3)).toEqual(Uint8Array.of(65, 66, 67))
    expect(decodeBase64('QUJD', 4)).toEqual(new Uint8Array(0))
    expect(() => decodeBase64('QUJD', 8)).toThrow(
      expect.objectContaining({ code: 'TOKEN_MALFORMED' }),
    )
  })
})
