import { describe, expect, it } from 'vitest'
import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'

const MALFORMED = expect.objectContaining({ name: 'TokenError', code: 'TOKEN_MALFORMED' })

describe('ByteReader', () => {
  it('reads what ByteWriter writes, at the limits', () => {
    const texts = ['', 'room', 'é', '\ufeff频道🎥', 'a'.repeat(65_535)]
    const writer = new ByteWriter()
      .u16(65_535, '')
      .u32(4_294_967_295, '')
      .i16(-32_768, '')
      .i16(-1, '')
    for (const text of texts) writer.text(text, '')
    const reader = new ByteReader(writer.written())
    expect([reader.u16(''), reader.u32('')]).toEqual([65_535, 4_294_967_295])
    expect([reader.i16(''), reader.i16('')]).toEqual([-32_768, -1])
    expect(texts.map(() => reader.text(''))).toEqual(texts)
    expect(() => reader.refuseRest('')).not.toThrow()
  })

  it.each<[string, number[], (reader: ByteReader) => unknown]>([
    ['a number of 2 bytes', [1], (reader) => reader.u16('')],
    ['a signed number of 2 bytes', [1], (reader) => reader.i16('')],
    ['a number of 4 bytes', [1, 2, 3], (reader) => reader.u32('')],
    ['bytes that are passed over', [1, 2], (reader) => reader.skip(3, '')],
    ['a text', [3, 0, 97, 98], (reader) => reader.text('')],
    ['a text without its length', [], (reader) => reader.text('')],
  ])('refuses to read %s past the end', (_, bytes, read) => {
    expect(() => read(new ByteReader(Uint8Array.from(bytes)))).toThrow(MALFORMED)
  })

  it('ends where it is told to, though memory goes on', () => {
    const reader = new ByteReader(Uint8Array.of(1, 0, 97, 98, 99), 4)
    expect(reader.text('')).toBe('a')
    const rest = reader.rest()
    expect(rest).toEqual(Uint8Array.of(98))
    expect(rest.buffer.byteLength).toBe(1)
    expect(() => reader.skip(1, '')).toThrow(MALFORMED)
  })

  it('refuses what is left over, and text that is no UTF-8', () => {
    expect(() => new ByteReader(Uint8Array.of(1)).refuseRest('')).toThrow(MALFORMED)
    expect(() => new ByteReader(Uint8Array.of(2, 0, 97, 0xff)).text('')).toThrow(MALFORMED)
  })
})
