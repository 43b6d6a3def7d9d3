import { describe, expect, it } from 'vitest'
import { decodeMessage, encodeMessage } from './protobuf.ts'

describe('protobuf', () => {
  it('writes what the format’s own documentation shows', () => {
    expect([...encodeMessage([1, 150])]).toEqual([0x08, 0x96, 0x01])
    expect([...encodeMessage([2, 'testing'])]).toEqual([18, 7, 116, 101, 115, 116, 105, 110, 103])
  })

  it('reads what it has written, and leaves out what is undefined', () => {
    const now = 1_795_000_000_123
    const message = decodeMessage(
      encodeMessage(
        [1, 0],
        [3, undefined],
        [8, now],
        [18, '{"ü":1}'],
        [9, encodeMessage([1, 'a'])],
      ),
    )
    expect([message.number(8), message.text(18), message.number(3)]).toEqual([now, '{"ü":1}', 0])
    expect(decodeMessage(message.bytes(9)).text(1)).toBe('a')
  })

  it('refuses a message that is cut short', () => {
    expect(() => decodeMessage(encodeMessage([1, 300]).subarray(0, 2))).toThrow(RangeError)
  })
})
