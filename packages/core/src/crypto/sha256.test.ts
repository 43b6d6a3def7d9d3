import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { sha256 } from './sha256.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const ascii = (text: string) => new TextEncoder().encode(text)

// FIPS 180-4 examples of NIST: one block, two blocks, the empty message, and a million letters.
const NIST = [
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
  [
    'abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu',
    'cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1',
  ],
  ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
] as const

describe('sha256', () => {
  it.each(NIST)('gives the answer of NIST for %.20s', (text, digest) => {
    expect(hex(sha256(ascii(text)))).toBe(digest)
  })

  it('is what Node says for 10 000 messages, of every length up to four blocks and beyond', () => {
    let state = 1
    for (let i = 0; i < 10_000; i++) {
      const bytes = Uint8Array.from({ length: i < 1000 ? i % 260 : i % 777 }, () => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) | 0
        return state >>> 16
      })
      if (hex(sha256(bytes)) !== createHash('sha256').update(bytes).digest('hex')) {
        throw new Error(`another digest for ${hex(bytes)}`)
      }
    }
  })

  it('hashes a view of a larger buffer, wherever it begins', () => {
    const whole = Uint8Array.from({ length: 300 }, (_, i) => i)
    for (let start = 0; start < 70; start++) {
      const part = whole.subarray(start, start + 200)
      expect(hex(sha256(part))).toBe(createHash('sha256').update(part).digest('hex'))
    }
  })
})
