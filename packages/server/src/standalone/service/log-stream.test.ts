import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { LogStream } from './log-stream.ts'

const MIB = 1024 * 1024

/** An output that fails while `fault` is set, and that accepts at most `size` bytes at a time. */
function createOutput() {
  const output = { text: '', fault: undefined as string | undefined, size: Infinity }
  const told: string[] = []
  const stream = new LogStream({
    write(bytes) {
      if (output.fault !== undefined) throw Object.assign(new Error('no'), { code: output.fault })
      const taken = bytes.subarray(0, output.size)
      output.text += Buffer.from(taken).toString('latin1')
      return taken.length
    },
    onStuck: (reason) => void told.push(reason),
    onLost: (lines) => void told.push(`${lines} lost`),
  })
  return { output, stream, told }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('LogStream', () => {
  it('writes a line at once, and leaves no timer', () => {
    const { output, stream } = createOutput()
    stream.write('a\n')
    expect(output.text).toBe('a\n')
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each(['EAGAIN', 'ENOSPC', 'EPIPE', 'EIO'])('writes later, in order, after %s', (code) => {
    const { output, stream, told } = createOutput()
    output.fault = code
    for (const line of ['a\n', 'b\n', 'c\n']) stream.write(line)
    vi.advanceTimersByTime(50)
    expect(output.text).toBe('')
    output.fault = undefined
    vi.advanceTimersByTime(10)
    stream.write('d\n')
    expect(output.text).toBe('a\nb\nc\nd\n')
    expect([told, vi.getTimerCount()]).toEqual([[], 0])
  })

  it('never tears a line, also where an output takes it bit by bit', () => {
    const { output, stream } = createOutput()
    output.size = 2
    stream.write('häuser\n')
    expect(Buffer.from(output.text, 'latin1').toString()).toBe('häuser\n')
  })

  it('holds 1 MiB at most, counts what is lost, and says so when it can', () => {
    const { output, stream, told } = createOutput()
    output.fault = 'ENOSPC'
    const line = `${'x'.repeat(1023)}\n`
    for (let i = 0; i < 5000; i += 1) stream.write(line)
    output.fault = undefined
    vi.advanceTimersByTime(10)
    expect(output.text).toHaveLength(MIB)
    expect(told).toEqual(['3976 lost'])
    stream.write(line)
    expect(told).toHaveLength(1)
  })

  it('writes a line that is longer than what it holds', () => {
    const { output, stream } = createOutput()
    stream.write('x'.repeat(2 * MIB))
    expect(output.text).toHaveLength(2 * MIB)
  })

  it('says once that it is stuck, after a second, and once more when that begins anew', () => {
    const { output, stream, told } = createOutput()
    const fail = (code: string) => {
      output.fault = code
      stream.write('a\n')
      vi.advanceTimersByTime(980)
      const before = told.length
      vi.advanceTimersByTime(60_000)
      output.fault = undefined
      vi.advanceTimersByTime(10)
      return told.slice(before)
    }
    expect(fail('ENOSPC')).toEqual(['ENOSPC'])
    expect(fail('EPIPE')).toEqual(['EPIPE'])
  })

  it('is not stuck while its reader is slow', () => {
    const { output, stream, told } = createOutput()
    for (let i = 0; i < 300; i += 1) {
      output.fault = 'EAGAIN'
      stream.write('a\n')
      vi.advanceTimersByTime(500)
      output.fault = undefined
      vi.advanceTimersByTime(10)
    }
    expect(told).toEqual([])
  })

  it('takes an output that takes nothing for one that fails', () => {
    const { output, stream } = createOutput()
    output.size = 0
    stream.write('a\n')
    output.size = 9
    vi.advanceTimersByTime(10)
    expect(output.text).toBe('a\n')
  })

  it('tries once more in the end, and says that it is in vain', () => {
    const { output, stream, told } = createOutput()
    output.fault = 'EAGAIN'
    stream.write('a\n')
    output.fault = undefined
    stream.end()
    expect([output.text, told]).toEqual(['a\n', []])
    output.fault = 'EPIPE'
    stream.write('b\n')
    stream.flushSync()
    expect(told).toEqual([])
    stream.end()
    stream.end()
    expect(told).toEqual(['EPIPE'])
  })
})
