import type { Body } from './read-body.ts'
import { Refusal } from '../errors/refusal.ts'

const UTF_8 = new TextDecoder('utf-8', { fatal: true })
const JSON_TYPE = /^application\/json\s*(?:;|$)/i
const CHARSET = /;\s*charset\s*=\s*("[^"]*"?|[^;\s]*)/gi
const UTF_8_NAME = /^"?utf-?8"?$/i
const NO_CODING = /^\s*(?:identity\s*)?$/i

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
