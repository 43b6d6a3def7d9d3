import { describe, expect, it } from 'vitest'

import { readBody } from './body.ts'

const LIMIT = 8192
const TOO_LARGE: unknown = expect.objectContaining({ code: 'body_too_large' })

describe('readBody', () => {
  it.each([0, 1, LIMIT - 1, LIMIT])('takes %i bytes', async (size) => {
    expect(await readBody(streamed(size), {}, 1000)).toEqual({
      bytes: new Uint8Array(size).fill(32),
    })
  })

  it('takes the absence of a body for an empty one', async () => {
    const request = new Request('http://localhost/', { method: 'POST' })
    expect(await readBody(request, {}, 1000)).toEqual({ bytes: new Uint8Array(0) })
  })

  it('refuses by the declared length and reads nothing', async () => {
    const counter = { bytes: 0 }
    const request = streamed(LIMIT + 1, counter, { 'content-length': String(LIMIT + 1) })
    expect(() => readBody(request, {}, 1000)).toThrow(TOO_LARGE)
    expect(request.bodyUsed).toBe(false)
  })

  it.each([{}, { 'content-length': '10' }])(
    'stops reading an endless body soon after the limit, with headers %j',
    async (headers) => {
      const counter = { bytes: 0 }
      const request = streamed(Infinity, counter, headers)
      await expect(readBody(request, {}, 1000)).rejects.toMatchObject({ code: 'body_too_large' })
      expect(counter.bytes).toBeLessThan(LIMIT + 4096)
    },
  )

  it('takes a body that the host has parsed', async () => {
    const parsedBody = { channel: 'room-42' }
    expect(await readBody(streamed(0), { parsedBody }, 1000)).toEqual({ json: parsedBody })
  })

  it('takes text and bytes that the host has read', async () => {
    const bytes = new TextEncoder().encode('{}')
    expect(await readBody(streamed(0), { parsedBody: '{}' }, 1000)).toEqual({ bytes })
    expect(await readBody(streamed(0), { parsedBody: bytes }, 1000)).toEqual({ bytes })
  })

  it.each([['x'.repeat(LIMIT + 1)], [new Uint8Array(LIMIT + 1)], [{ x: 'x'.repeat(LIMIT) }]])(
    'applies the limit to what the host has read',
    (parsedBody) => {
      expect(() => readBody(streamed(0), { parsedBody }, 1000)).toThrow(TOO_LARGE)
    },
  )

  it('takes at once what the host has whole, within the limit', () => {
    const bytes = new Uint8Array(LIMIT)
    expect(readBody(streamed(0), { readBody: () => bytes }, 1000)).toEqual({ bytes })
    expect(() => readBody(streamed(0), { readBody: () => undefined }, 1000)).toThrow(TOO_LARGE)
  })
})

/** A request whose body comes in pieces of a kilobyte, and that counts what was taken of it. */
function streamed(
  size: number,
  counter: { bytes: number } = { bytes: 0 },
  headers: Record<string, string> = {},
): Request {
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const next = Math.min(1024, size - counter.bytes)
        if (next <= 0) return controller.close()
        counter.bytes += next
        controller.enqueue(new Uint8Array(next).fill(32))
      },
    },
    { highWaterMark: 0 },
  )
  return new Request('http://localhost/', { method: 'POST', headers, body, duplex: 'half' })
}
