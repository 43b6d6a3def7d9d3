import type { Body } from './read-body.ts'
import { Refusal } from './refusal.ts'

const ROUTE = '/v1/tokens'
const JSON_TYPE = /^application\/json\s*(?:;|$)/i

/**
 * Lets through only what asks this endpoint for a token in the right form.
 *
 * JSON is demanded not for tidiness: a form post from a foreign page could ride on the visitor's
 * cookies, whereas this media type makes the browser ask first.
 *
 * @internal
 * @throws {Refusal} not_found, method_not_allowed or unsupported_media_type
 */
export function checkRequest(request: Request): void {
  if (!pathOf(request.url).endsWith(ROUTE)) throw new Refusal('not_found')
  if (request.method !== 'POST') throw new Refusal('method_not_allowed')
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
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body.bytes))
  } catch (error) {
    // The parser's message quotes the body, which may hold a token.
    throw new Refusal('invalid_json', 'The body is not JSON in UTF-8', { cause: error })
  }
}

// Of the path only the end counts, because frameworks differ in whether they take off the prefix
// they mount at; of the host nothing does. The URL of a request is always absolute.
function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('://') + 3)
  const end = url.slice(start).search(/[?#]/)
  return end === -1 ? url.slice(start) : url.slice(start, start + end)
}
