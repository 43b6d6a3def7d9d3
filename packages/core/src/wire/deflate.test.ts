import { deflateSync, inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByteReader } from './byte-reader.ts'
import { deflatedBound, zlibDeflate } from './deflate.ts'
import { zlibInflate } from './inflate.ts'

const CAP = 1 << 20
/** Three thousand streams take a busy machine longer than five seconds. */
const LONG_MS = 60_000

// Token-like and repetitive inputs, so that matches of every length and distance occur.
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc
    .array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 5 })
    .chain((words) => fc.array(fc.constantFrom(...words), { maxLength: 200 }))
    .map((words) => Uint8Array.from(words.flatMap((word) => [...word]))),
)

function deflated(input: Uint8Array): Uint8Array {
  const out = new Uint8Array(deflatedBound(input.length))
  return out.subarray(0, zlibDeflate(input, input.length, out))
}

function inflated(stream: Uint8Array): Uint8Array {
  return zlibInflate(new ByteReader(stream), CAP).rest()
}

describe('zlibDeflate', () => {
  it('is expanded by zlib to what went in', () => {
    fc.assert(
      fc.property(bytes, (input) => {
        expect(inflateSync(deflated(input))).toEqual(Buffer.from(input))
      }),
      { numRuns: 500 },
    )
  })

  it.each([0, 1, 2, 3, 258, 259, 40_000, 70_000])('handles %i equal bytes', (length) => {
    const input = new Uint8Array(length).fill(7)
    expect(inflateSync(deflated(input))).toEqual(Buffer.from(input))
  })

  it('finds matches up to 32 KiB back and no further', () => {
    const word = Uint8Array.from({ length: 64 }, (_, i) => (i * 89) & 0xff)
    for (const gap of [32_768, 32_769, 40_000]) {
      const input = new Uint8Array(gap + 64)
      input.set(word)
      input.set(word, gap)
      expect(inflateSync(deflated(input))).toEqual(Buffer.from(input))
    }
  })

  it('makes text with repetitions smaller', () => {
    const input = new TextEncoder().encode('room-42 '.repeat(50))
    expect(deflated(input).length).toBeLessThan(40)
  })
})

describe('zlibInflate', () => {
  it('expands what zlib makes, at every level and strategy', () => {
    fc.assert(
      fc.property(
        bytes,
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 0, max: 4 }),
        (...it) => {
          const [input, level, strategy] = it
          expect(inflated(deflateSync(input, { level, strategy }))).toEqual(input)
        },
      ),
      { numRuns: 500 },
    )
  })

  it(
    'accepts exactly the damaged streams that zlib accepts, with the same content',
    { timeout: LONG_MS },
    () => {
      const damaged = fc.record({
        stream: bytes.map((input) => deflateSync(input)),
        flips: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { maxLength: 3 }),
        cut: fc.option(fc.nat()),
      })
      fc.assert(
        fc.property(damaged, ({ stream, flips, cut }) => {
          const copy = Uint8Array.from(stream)
          for (const [at, mask] of flips) copy[at % copy.length]! ^= mask
          const input = cut === null ? copy : copy.subarray(0, cut % copy.length)
          expect(attempt(() => inflated(input))).toEqual(attempt(() => inflateStrictly(input)))
        }),
        { numRuns: 3000 },
      )
    },
  )

  it('refuses a stream that expands past the cap', () => {
    const bomb = deflateSync(new Uint8Array(CAP + 1))
    expect(() => inflated(bomb)).toThrow(expect.objectContaining({ code: 'TOKEN_TOO_LARGE' }))
    expect(inflated(deflateSync(new Uint8Array(CAP)))).toHaveLength(CAP)
  })

  it('refuses bytes after the end', () => {
    const stream = [...deflateSync(new Uint8Array(3)), 0]
    expect(() => inflated(Uint8Array.from(stream))).toThrow(
      expect.objectContaining({ code: 'TOKEN_MALFORMED' }),
    )
  })
})

/** zlib, which says nothing of bytes after the end, with that one rule added. */
function inflateStrictly(input: Uint8Array): Uint8Array {
  const { buffer, engine } = inflateSync(input, { info: true }) as unknown as {
    buffer: Buffer
    engine: { bytesWritten: number }
  }
  if (engine.bytesWritten !== input.length) throw new Error('bytes after the end')
  return Uint8Array.from(buffer)
}

function attempt(expand: () => Uint8Array): Uint8Array | 'refused' {
  try {
    return expand()
  } catch {
    return 'refused'
  }
}
