import type { RequestContext } from './handler-options.ts'
import { Refusal } from './refusal.ts'

/** A wish with a full previous token fits four times. */
const MAX_BODY_BYTES = 8192

/** A body as it arrived, or as the host has parsed it. */
export type Body = { readonly bytes: Uint8Array } | { readonly json: unknown }

/**
 * Reads the body of a request and never holds more than 8 KiB of it.
 *
 * @internal
 * @throws {Refusal} body_too_large
 */
export async function readBody(request: Request, context: RequestContext): Promise<Body> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) throw tooLarge()
  if (context.parsedBody !== undefined) return takeParsed(context.parsedBody)
  const read = context.readBody ?? ((maxBytes: number) => readStream(request.body, maxBytes))
  const bytes = await read(MAX_BODY_BYTES)
  if (bytes === undefined) throw tooLarge()
  return { bytes }
}

// The host may have read a chunked body under a looser limit than ours; all hosts shall agree.
function takeParsed(parsed: unknown): Body {
  const raw = typeof parsed === 'string' ? new TextEncoder().encode(parsed) : parsed
  const size = raw instanceof Uint8Array ? raw.length : JSON.stringify(raw).length
  if (size > MAX_BODY_BYTES) throw tooLarge()
  return raw instanceof Uint8Array ? { bytes: raw } : { json: raw }
}

async function readStream(
  stream: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream ?? []) {
    size += chunk.length
    if (size > maxBytes) return undefined
    chunks.push(chunk)
  }
  return join(chunks, size)
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  if (chunks.length === 1) return chunks[0]!
  const joined = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    joined.set(chunk, offset)
    offset += chunk.length
  }
  return joined
}

function tooLarge(): Refusal {
  return new Refusal('body_too_large', `At most ${MAX_BODY_BYTES} bytes expected`)
}
