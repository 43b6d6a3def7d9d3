import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc32 } from '../wire/crc32.ts'
import { crc32OfText } from './signed-names.ts'

// Every length of UTF-8, and no half surrogate pairs.
const codePoint = fc.oneof(
  fc.integer({ min: 0, max: 0x7ff }),
  fc.integer({ min: 0x800, max: 0xd7ff }),
  fc.integer({ min: 0xe000, max: 0x10ffff }),
)

describe('crc32OfText', () => {
  it('is the checksum of the text in UTF-8, which the small reader counts as well', () => {
    fc.assert(
      fc.property(
        fc.array(codePoint, { maxLength: 80 }).map((codes) => String.fromCodePoint(...codes)),
        (text) => {
          expect(crc32OfText(text)).toBe(crc32(new TextEncoder().encode(text)))
        },
      ),
    )
  })

  it.each([
    ['', 0],
    ['123456789', 0xcbf43926],
  ])('of %j is the known one', (text, checksum) => {
    expect(crc32OfText(text)).toBe(checksum)
  })
})
