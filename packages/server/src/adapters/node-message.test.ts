import { once } from 'node:events'
import { Readable } from 'node:stream'
import { setImmediate as nextRound } from 'node:timers/promises'

import { describe, expect, it } from 'vitest'

import { readNodeBody } from './node-message.ts'

describe('readNodeBody', () => {
  it('gives up on a stream that is closed before its end', async () => {
    const stream = new Readable({ read: () => {} })
    const body = readNodeBody(stream, 10)
    stream.destroy()
    await expect(body).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('gives up at once on a stream that was closed before its end', async () => {
    const stream = new Readable({ read: () => {} }).destroy()
    await once(stream, 'close')
    const body = Promise.race([readNodeBody(stream, 10), nextRound()])
    await expect(body).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('passes on why a stream has failed', async () => {
    const stream = new Readable({ read: () => {} })
    const body = readNodeBody(stream, 10)
    stream.destroy(new Error('reset'))
    await expect(body).rejects.toThrow('reset')
  })

  it.each([{ complete: true }, { headers: { 'content-length': '10' } }])(
    'takes what is there as a whole at once, and lets the stream end: %j',
    async (message) => {
      const bytes = Buffer.from('0123456789')
      expect(await whole(message, bytes, (stream) => readNodeBody(stream, 10))).toEqual(bytes)
      expect(await whole(message, bytes, (stream) => readNodeBody(stream, 9))).toBeUndefined()
    },
  )

  it.each([{ complete: true }, { headers: { 'content-length': '0' } }])(
    'knows at once that there is nothing: %j',
    async (message) => {
      const nothing = new Uint8Array()
      expect(await whole(message, nothing, (stream) => readNodeBody(stream, 9))).toEqual(nothing)
    },
  )

  it('reads up to the limit and not a byte more', async () => {
    const bytes = Buffer.from('0123456789')
    expect(await readNodeBody(Readable.from([bytes]), 10)).toEqual(bytes)
    expect(await readNodeBody(Readable.from([bytes]), 9)).toBeUndefined()
  })
})

/** What is read at once of a message that is there but for its end, which is waited for. */
async function whole<T>(
  message: object,
  bytes: Uint8Array,
  read: (stream: Readable) => T,
): Promise<T> {
  const stream = Object.assign(new Readable({ read: () => {} }), message)
  const ended = once(stream, 'end')
  if (bytes.length > 0) stream.push(bytes)
  const result = read(stream)
  expect(result).not.toBeInstanceOf(Promise)
  stream.push(null)
  await ended
  return result
}
