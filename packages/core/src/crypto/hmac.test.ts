import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
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
  it('is the same with keys that take turns, stay, and with messages of any length', () => {
    const keys = [1, 2].map((n) => new Uint8Array(32).fill(n))
    const lengths = fc.array(fc.tuple(fc.nat(1), fc.constantFrom(0, 1, 63, 64, 1024, 1025, 5000)))
    fc.assert(
      fc.property(lengths, (calls) => {
        for (const [which, length] of calls) {
          const message = new Uint8Array(length).fill(length & 0xff)
          const key = keys[which]!
          expect(Uint8Array.from(node(key, message))).toEqual(portable(key, message))
        }
      }),
    )
  })

  it('is right with the same key again, when the second message needs more room', async () => {
    vi.resetModules()
    const { hmacSha256 } = await import('./hmac.node.ts')
    const key = new Uint8Array(32).fill(9)
    for (const length of [10, 5000, 10]) {
      const message = new Uint8Array(length)
      expect(Uint8Array.from(hmacSha256(key, message))).toEqual(portable(key, message))
    }
  })
})
