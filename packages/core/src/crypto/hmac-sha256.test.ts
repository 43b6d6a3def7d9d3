import { createHmac, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { hmacSha256 } from './hmac-sha256.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const ascii = (text: string) => new TextEncoder().encode(text)
const filled = (length: number, byte: number) => new Uint8Array(length).fill(byte)

// RFC 4231 §4.2 to §4.8; the digest of test case 5 is cut there to 128 bits.
const RFC_4231 = [
  [
    '1',
    filled(20, 0x0b),
    ascii('Hi There'),
    'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  ],
  [
    '2',
    ascii('Jefe'),
    ascii('what do ya want for nothing?'),
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  [
    '3',
    filled(20, 0xaa),
    filled(50, 0xdd),
    '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
  ],
  [
    '4',
    Uint8Array.from({ length: 25 }, (_, i) => i + 1),
    filled(50, 0xcd),
    '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
  ],
  ['5', filled(20, 0x0c), ascii('Test With Truncation'), 'a3b6167473100ee06e0c796c2955552b'],
  [
    '6',
    filled(131, 0xaa),
    ascii('Test Using Larger Than Block-Size Key - Hash Key First'),
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  ],
  [
    '7',
    filled(131, 0xaa),
    ascii(
      'This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.',
    ),
    '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
  ],
] as const

describe('hmacSha256', () => {
  it.each(RFC_4231)('gives the answer of RFC 4231, test case %s', (_, key, message, digest) => {
    expect(hex(hmacSha256(key, message)).slice(0, digest.length)).toBe(digest)
  })

  it('is what Node says for 10 000 random keys and messages', () => {
    for (let i = 0; i < 10_000; i++) {
      const [key, message] = [randomBytes(i % 140), randomBytes((i * 7) % 300)]
      if (hex(hmacSha256(key, message)) !== createHmac('sha256', key).update(message).digest('hex'))
        throw new Error(`another HMAC with the key ${hex(key)} for ${hex(message)}`)
    }
  })
})
