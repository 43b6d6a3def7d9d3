import type { RequestContext } from './request-context.ts'
import { isThenable, withDeadline } from '../time/deadline.ts'
import { readStream } from './read-stream.ts'
import { Refusal } from '../errors/refusal.ts'

/** Four times the size of a wish with a long previous token. */
const MAX_BODY_BYTES = 8192

/** A body as bytes, or as the host has parsed it. */
export type Body = { readonly bytes: Uint8Array } | { readonly json: unknown }

/**
 * Reads the body of a request, holds at most 8 KiB of it, and waits at most `timeoutMs` for its end.
 *
 * @internal
 * @throws {Refusal} body_too_large or body_timeout
 */
export function readBody(
  request: Request,
  context: RequestContext,
  timeoutMs: number,
): Body | Promise<Body> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) throw tooLarge()
  if (context.parsedBody !== undefined) return takeParsed(context.parsedBody)
  const reader = context.readBody ? undefined : request.body?.getReader()
  const read = context.readBody ?? ((maxBytes: number) => readStream(reader, maxBytes))
  const bytes = read(MAX_BODY_BYTES)
  if (!isThenable(bytes)) return bodyOf(bytes)
  return withDeadline(timeoutMs, bytes, (reject) => {
    reject(new Refusal('body_timeout', `The body did not arrive within ${timeoutMs} ms`))
    void reader?.cancel().catch(() => {})
  }).then(bodyOf)
}

function bodyOf(bytes: Uint8Array | undefined): Body {
  if (bytes === undefined) throw tooLarge()
  return { bytes }
}

// The host may have read a chunked body under a higher limit; the limit must be the same on all hosts.
function takeParsed(parsed: unknown): Body {
  const raw = typeof parsed === 'string' ? new TextEncoder().encode(parsed) : parsed
  const size = raw instanceof Uint8Array ? raw.length : sizeAsJson(raw)
  if (size > MAX_BODY_BYTES) throw tooLarge()
  return raw instanceof Uint8Array ? { bytes: raw } : { json: raw }
}

function sizeAsJson(parsed: unknown): number {
  try {
    return new TextEncoder().encode(JSON.stringify(parsed)).length
  } catch {
    // Nested too deeply for JSON.stringify.
    return Infinity
  }
}

function tooLarge(): Refusal {
  return new Refusal('body_too_large', `At most ${MAX_BODY_BYTES} bytes expected`)
}
