import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeText as node } from './decode-text.node.ts'
import { decodeText as portable } from './decode-text.portable.ts'

describe.each([
  ['on Node', node],
  ['elsewhere', portable],
])('decodeText %s', (_, decodeText) => {
  it('reads UTF-8 from a place to a place', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 })
    fc.assert(
      fc.property(text, text, text, (before, between, after) => {
        const [start, length] = [Buffer.byteLength(before), Buffer.byteLength(between)]
        const bytes = new TextEncoder().encode(before + between + after)
        expect(decodeText(bytes, start, start + length)).toBe(between)
        expect(decodeText(bytes.subarray(start), 0, length)).toBe(between)
      }),
    )
  })

  it.each([
    ['a byte that begins nothing', [97, 0xff]],
    ['a character that ends too early', [0xe9, 0xa2]],
    ['half a surrogate pair', [0xed, 0xa0, 0x80]],
    ['a longer spelling than needed', [0xc1, 0x81]],
  ])('refuses %s', (_what, bytes) => {
    expect(() => decodeText(Uint8Array.from(bytes), 0, bytes.length)).toThrow(TypeError)
  })

  it('keeps a byte order mark', () => {
    expect(decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, 97), 0, 4)).toBe('\ufeffa')
  })
})
