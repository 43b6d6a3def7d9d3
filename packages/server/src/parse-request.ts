import type { Body } from './read-body.ts'
import { Refusal } from './refusal.ts'

const UTF_8 = new TextDecoder('utf-8', { fatal: true })
const JSON_TYPE = /^application\/json\s*(?:;|$)/i

/**
 * Lets through only a body that says it is JSON. Not for tidiness: a form post from a foreign page
 * could ride on the visitor's cookies, whereas this media type makes the browser ask first.
 *
 * @internal
 * @throws {Refusal} unsupported_media_type
 */
export function checkMediaType(request: Request): void {
  if (JSON_TYPE.test(request.headers.get('content-type') ?? '')) return
  throw new Refusal('unsupported_media_type', 'Send the header content-type: application/json')
}

/**
 * Reads the JSON of a body. Strict about UTF-8, so that two different bodies never mean the same channel.
 *
 * @internal
 * @throws {Refusal} invalid_json
 */
export function parseBody(body: Body): unknown {
  if ('json' in body) return body.json
  try {
    return JSON.parse(UTF_8.decode(body.bytes))
  } catch (error) {
    // The parser's message quotes the body, which may hold a token.
    throw new Refusal('invalid_json', 'The body is not JSON in UTF-8', { cause: error })
  }
}
