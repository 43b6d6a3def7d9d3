import type { RequestContext } from './request-context.ts'
import { isThenable, withDeadline } from '../time/deadline.ts'
import { Refusal } from '../errors/refusal.ts'

/** Four times the size of a wish with a long previous token. */
const MAX_BODY_BYTES = 8192
const UTF_8 = new TextDecoder('utf-8', { fatal: true })
const JSON_TYPE = /^application\/json\s*(?:;|$)/i
const CHARSET = /;\s*charset\s*=\s*("[^"]*"?|[^;\s]*)/gi
const UTF_8_NAME = /^"?utf-?8"?$/i
const NO_CODING = /^\s*(?:identity\s*)?$/i

/** A body as bytes, or as the host has parsed it. */
export type Body = { readonly bytes: Uint8Array } | { readonly json: unknown }

/**
 * Accepts only a body that is declared as JSON. This is a defence: a foreign page can post a form with its
 * visitor's cookies, but this media type makes the browser send a preflight request first.
 *
 * @internal
 * @throws {Refusal} unsupported_media_type
 */
export function checkMediaType(request: Request): void {
  const type = request.headers.get('content-type') ?? ''
  if (!JSON_TYPE.test(type)) refuse('Send the header content-type: application/json')
  checkCoding(request, type)
}

/**
 * Refuses other charsets and content codings, because some hosts decode them before the handler and others do not.
 *
 * @internal
 * @throws {Refusal} unsupported_media_type
 */
export function checkCoding(
  { headers }: Request,
  type: string = headers.get('content-type') ?? '',
): void {
  if (type.includes(';') && !isUtf8(type)) refuse('Send the body in UTF-8')
  if (!NO_CODING.test(headers.get('content-encoding') ?? '')) {
    refuse('Send the body without a content-encoding')
  }
}

// With two charset parameters, parsers disagree on which one counts.
function isUtf8(type: string): boolean {
  const names = Array.from(type.matchAll(CHARSET), ([, name = '']) => name)
  return names.every((name) => UTF_8_NAME.test(name))
}

function refuse(detail: string): never {
  throw new Refusal('unsupported_media_type', detail)
}

/**
 * Reads the body of a request, holds at most `maxBytes` of it, by default 8 KiB, and waits at most `timeoutMs` for its end.
 *
 * @internal
 * @throws {Refusal} body_too_large or body_timeout
 */
export function readBody(
  request: Request,
  context: RequestContext,
  timeoutMs: number,
  maxBytes: number = MAX_BODY_BYTES,
): Body | Promise<Body> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes)
  if (context.parsedBody !== undefined) return takeParsed(context.parsedBody, maxBytes)
  const reader = context.readBody ? undefined : request.body?.getReader()
  const bytes = context.readBody ? context.readBody(maxBytes) : readStream(reader, maxBytes)
  if (!isThenable(bytes)) return bodyOf(bytes, maxBytes)
  return withDeadline(timeoutMs, bytes, (reject) => {
    reject(new Refusal('body_timeout', `The body did not arrive within ${timeoutMs} ms`))
    void reader?.cancel().catch(() => {})
  }).then((read) => bodyOf(read, maxBytes))
}

function bodyOf(bytes: Uint8Array | undefined, maxBytes: number): Body {
  if (bytes === undefined) throw tooLarge(maxBytes)
  return { bytes }
}

// The host may have read a chunked body under a higher limit; the limit must be the same on all hosts.
function takeParsed(parsed: unknown, maxBytes: number): Body {
  const raw = typeof parsed === 'string' ? new TextEncoder().encode(parsed) : parsed
  const size = raw instanceof Uint8Array ? raw.length : sizeAsJson(raw)
  if (size > maxBytes) throw tooLarge(maxBytes)
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

function tooLarge(maxBytes: number): Refusal {
  return new Refusal('body_too_large', `The body is larger than ${maxBytes} bytes`)
}

/**
 * Parses the JSON of a body. Strict about UTF-8, so that two different bodies never name the same channel.
 *
 * @internal
 * @throws {Refusal} invalid_json
 */
export function parseBody(body: Body): unknown {
  if ('json' in body) return body.json
  try {
    return JSON.parse(UTF_8.decode(body.bytes))
  } catch (error) {
    // The parser's message quotes the body, which may contain a token, so it goes only into `cause`.
    throw new Refusal('invalid_json', 'The body is not JSON in UTF-8', { cause: error })
  }
}

/**
 * Reads a stream to its end. Returns `undefined` for more than `maxBytes`, and never holds more than that.
 *
 * @internal
 */
export async function readStream(
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { value } = (await reader?.read()) ?? {}
    if (!value) break
    size += value.length
    if (size > maxBytes) {
      void reader?.cancel().catch(() => {})
      return undefined
    }
    chunks.push(value)
  }
  return chunks.length === 1 ? chunks[0] : joined(chunks, size)
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.length
  }
  return whole
}
