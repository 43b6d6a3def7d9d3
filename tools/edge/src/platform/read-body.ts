import type { IncomingMessage } from 'node:http'

/** The longest body the edge reads, in bytes; the SDK's requests are a few kilobytes. */
export const BODY_LIMIT = 1_048_576

/**
 * Reads a request's body; `undefined` when it is longer than {@link BODY_LIMIT}, or the client went
 * away, as the SDK does to the slower one of two access points.
 */
export async function readBody(
  request: IncomingMessage,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length
      if (length > BODY_LIMIT) return undefined
      chunks.push(chunk)
    }
  } catch {
    return undefined
  }
  return new Uint8Array(Buffer.concat(chunks))
}
