import { describe, expect, it } from 'vitest'
import { ByteWriter, takeWriter } from './byte-writer.ts'

const bytesOf = (writer: ByteWriter) => [...writer.written()]

describe('ByteWriter', () => {
  it('has memory of its own while another one writes', () => {
    takeWriter().text('before', 'text').release()
    const [first, second] = [takeWriter(), takeWriter()]
    for (let i = 0; i < 3; i++) {
      first.u16(i, 'number')
      second.u16(0xffff - i, 'number')
    }
    expect(bytesOf(first)).toEqual([0, 0, 1, 0, 2, 0])
    expect(bytesOf(second)).toEqual([255, 255, 254, 255, 253, 255])
  })

  it('starts empty when it was released', () => {
    const done = takeWriter().text('x'.repeat(500), 'text')
    done.release()
    const writer = takeWriter()
    expect(writer).toBe(done)
    expect(writer.length).toBe(0)
    expect(bytesOf(writer.u32(0x04030201, 'number'))).toEqual([1, 2, 3, 4])
  })

  it('is given out once, also when released twice', () => {
    const done = takeWriter().u16(1, 'number')
    done.release()
    done.release()
    const [first, second] = [takeWriter().u16(2, 'number'), takeWriter().u16(3, 'number')]
    expect([bytesOf(first), bytesOf(second)]).toEqual([
      [2, 0],
      [3, 0],
    ])
  })

  it('is not kept when it has grown large', () => {
    const done = takeWriter().raw(new Uint8Array(5000))
    done.release()
    expect(takeWriter()).not.toBe(done)
  })

  it('writes a number where room was left, and goes on at the end', () => {
    const writer = new ByteWriter().skip(2).u16(7, 'number')
    writer.u16At(0, 0x0201, 'number')
    expect(bytesOf(writer.u16(8, 'number'))).toEqual([1, 2, 7, 0, 8, 0])
    expect(() => writer.u16At(0, 65_536, 'number')).toThrow(
      expect.objectContaining({ code: 'CLAIM_INVALID' }),
    )
  })

  it('grows', () => {
    const writer = new ByteWriter()
    for (let i = 0; i < 5000; i++) writer.u16(i, 'number')
    expect(writer.length).toBe(10_000)
    expect(bytesOf(writer).slice(-2)).toEqual([4999 & 0xff, 4999 >> 8])
  })
})
