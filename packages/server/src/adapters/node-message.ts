import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'

// An empty body.
const NO_BYTES = new Uint8Array()

/** The host of a request, for HTTP/1 and HTTP/2. @internal */
export function hostOf({ headers }: IncomingMessage): string {
  return headers.host ?? String(headers[':authority'] ?? '')
}

/**
 * Reads a body with the stream's events, because a web stream over it takes longer than all other steps together.
 * Bytes beyond the limit are discarded, so that the caller can read the reply. Rejects when the caller has
 * disconnected before the end, even before this call.
 *
 * @internal
 */
export function readNodeBody(
  stream: Message,
  maxBytes: number,
): Uint8Array | undefined | Promise<Uint8Array | undefined> {
  if (!isHere(stream)) return collect(stream, maxBytes)
  const bytes: Buffer | null = stream.read()
  // Only the end is left; other listeners must still get it.
  stream.resume()
  if (bytes === null) return NO_BYTES
  return bytes.length <= maxBytes ? bytes : undefined
}

/** A request of `node:http`, or another stream used in its place. */
type Message = Readable & Partial<Pick<IncomingMessage, 'complete' | 'headers'>>

// Nearly every body arrives together with its headers, so there is nothing to wait for.
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
    // Every request emits `close`; creating an error for each would take as long as signing.
    return stream.once('close', () => stream.readableEnded || reject(callerGone()))
  })
}

// A middleware has called `setEncoding`, so the stream emits strings.
function encoded(chunk: string, { readableEncoding }: Readable): Buffer {
  return Buffer.from(chunk, readableEncoding ?? 'utf8')
}

function kept(): Error {
  return new Error('The body was already read, and req.body is not set')
}

function callerGone(): DOMException {
  return new DOMException('The caller has disconnected', 'AbortError')
}
