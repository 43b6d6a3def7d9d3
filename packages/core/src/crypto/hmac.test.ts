import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hmacSha256 as node } from './hmac.node.ts'
import { hmacSha256 as portable } from './hmac.portable.ts'

describe('hmacSha256', () => {
  it('is the same on Node and elsewhere', () => {
    const bytes = fc.uint8Array({ maxLength: 200 })
    fc.assert(
      fc.property(bytes, bytes, (key, message) => {
        expect(Uint8Array.from(node(key, message))).toEqual(portable(key, message))
      }),
    )
  })

  it('gives the answer of RFC 4231, test case 2', () => {
    const text = (value: string) => new TextEncoder().encode(value)
    const digest = Buffer.from(node(text('Jefe'), text('what do ya want for nothing?')))
    expect(digest.toString('hex')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    )
  })
})
