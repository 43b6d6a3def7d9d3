import { describe, expect, it } from 'vitest'
import { ByteWriter } from './byte-writer.ts'

const bytesOf = (writer: ByteWriter) => [...writer.written()]

describe('ByteWriter', () => {
  it('has memory of its own while another one writes', () => {
    new ByteWriter().text('before', 'text').release()
    const [first, second] = [new ByteWriter(), new ByteWriter()]
    for (let i = 0; i < 3; i++) {
      first.u16(i, 'number')
      second.u16(0xffff - i, 'number')
    }
    expect(bytesOf(first)).toEqual([0, 0, 1, 0, 2, 0])
    expect(bytesOf(second)).toEqual([255, 255, 254, 255, 253, 255])
  })

  it('starts empty on memory that was released', () => {
    new ByteWriter().text('x'.repeat(500), 'text').release()
    const writer = new ByteWriter()
    expect(writer.length).toBe(0)
    expect(bytesOf(writer.u32(0x04030201, 'number'))).toEqual([1, 2, 3, 4])
  })

  it('gives memory to one other only, also when released twice', () => {
    const done = new ByteWriter().u16(1, 'number')
    done.release()
    done.release()
    const [first, second] = [new ByteWriter().u16(2, 'number'), new ByteWriter().u16(3, 'number')]
    expect([bytesOf(first), bytesOf(second)]).toEqual([
      [2, 0],
      [3, 0],
    ])
  })

  it('writes on after its release, on other memory', () => {
    const done = new ByteWriter().u16(1, 'number')
    done.release()
    const other = new ByteWriter().u16(2, 'number')
    expect(bytesOf(done.u16(3, 'number'))).toEqual([3, 0])
    expect(bytesOf(other)).toEqual([2, 0])
  })

  it('grows', () => {
    const writer = new ByteWriter()
    for (let i = 0; i < 5000; i++) writer.u16(i, 'number')
    expect(writer.length).toBe(10_000)
    expect(bytesOf(writer).slice(-2)).toEqual([4999 & 0xff, 4999 >> 8])
  })
})
