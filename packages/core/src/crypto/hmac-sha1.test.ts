import { describe, expect, it } from 'vitest'
import { hmacSha1Hex } from './hmac-sha1.ts'

const text = (value: string) => new TextEncoder().encode(value)

describe('hmacSha1Hex', () => {
  it('gives the answer of RFC 2202, test case 2', () => {
    expect(hmacSha1Hex(text('Jefe'), text('what do ya want for nothing?'))).toBe(
      'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79',
    )
  })

  it('gives the answer of RFC 2202, test case 7: a key longer than a block', () => {
    const message = 'Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data'
    expect(hmacSha1Hex(new Uint8Array(80).fill(0xaa), text(message))).toBe(
      'e8e99d0f45237d786d6bbaa7965c7808bbff1a91',
    )
  })
})
