import { describe, expect, it } from 'vitest'

import { decodeBase64url, encodeBase64url } from './ticket-payload.ts'

describe('base64url', () => {
  it.each([0, 1, 2, 3, 4, 32, 255])('agrees with Node about %i bytes', (length) => {
    const bytes = Uint8Array.from({ length }, (_, index) => 255 - index)
    const text = Buffer.from(bytes).toString('base64url')
    expect(encodeBase64url(bytes)).toBe(text)
    expect(decodeBase64url(text)).toEqual(bytes)
  })

  it('refuses a string that is not base64url', () => {
    expect(() => decodeBase64url('a$b')).toThrow()
  })
})
