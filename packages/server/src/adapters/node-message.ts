import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'

// What a parser leaves that has waited for the end of a body without a byte.
const NO_BYTES = new Uint8Array()

/** The host that a request is for, in HTTP/2 also. @internal */
export function hostOf({ headers }: IncomingMessage): string {
  return headers.host ?? String(headers[':authority'] ?? '')
}

/**
 * Reads a body by the stream's events, since a web stream over it takes longer than everything else
 * together. What follows after the limit is thrown away, so that the caller gets to read the reply.
 * Rejects when the caller goes before the end, also when that was before this call.
 *
 * @internal
 */
export function readNodeBody(
  stream: Message,
  maxBytes: number,
): Uint8Array | undefined | Promise<Uint8Array | undefined> {
  if (!isHere(stream)) return collect(stream, maxBytes)
  const bytes: Buffer | null = stream.read()
  // Nothing more comes but the end, which whoever else listens shall hear of.
  stream.resume()
  if (bytes === null) return NO_BYTES
  return bytes.length <= maxBytes ? bytes : undefined
}

/** A request of `node:http`, or a stream in its place. */
type Message = Readable & Partial<Pick<IncomingMessage, 'complete' | 'headers'>>

// Nearly every wish arrives together with its headers, and then there is nothing to wait for.
function isHere(stream: Message): boolean {
  if (stream.destroyed || stream.readableEnded) return false
  if (stream.readableFlowing || stream.readableEncoding) return false
  const declared = stream.headers?.['content-length']
  return stream.complete === true || stream.readableLength === Number(declared)
}

function collect(stream: Readable, maxBytes: number): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    if (stream.readableEnded) return stream.readableDidRead ? reject(kept()) : resolve(NO_BYTES)
    if (stream.destroyed) return reject(callerGone())
    const chunks: Buffer[] = []
    let size = 0
    stream.on('data', (chunk: Buffer | string) => {
      const bytes = typeof chunk === 'string' ? encoded(chunk, stream) : chunk
      size += bytes.length
      if (size <= maxBytes) return chunks.push(bytes)
      chunks.length = 0
      return resolve(undefined)
    })
    stream.once('end', () => resolve(Buffer.concat(chunks)))
    stream.once('error', reject)
    // Every request closes, and an exception for each would take as long as a signature.
    return stream.once('close', () => stream.readableEnded || reject(callerGone()))
  })
}

// A middleware has asked for text.
function encoded(chunk: string, { readableEncoding }: Readable): Buffer {
  return Buffer.from(chunk, readableEncoding ?? 'utf8')
}

function kept(): Error {
  return new Error('The body was read before and req.body is not set')
}

function callerGone(): DOMException {
  return new DOMException('The caller has disconnected', 'AbortError')
}
