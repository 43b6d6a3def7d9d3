import type { RequestState } from '../request/request-state.ts'
import { NO_HEADERS } from '../http/cors.ts'
import { checkCoding, checkMediaType } from '../http/parse-body.ts'

// Every scheme but `Bearer` is one that a browser may use by itself.
const BY_BROWSERS = /^(?!bearer )./i

/**
 * Lets through a body of any media type, as agora-token-service does, from programs and from pages
 * that may read the reply. All others have to say that it is JSON: a foreign page can send every
 * other type without being asked, together with what its visitor's browser sends by itself.
 *
 * @internal
 * @throws {Refusal} unsupported_media_type
 */
export function checkOldMediaType({ request, corsHeaders }: RequestState): void {
  const { headers } = request
  const isSentAlong = headers.has('cookie') || BY_BROWSERS.test(headers.get('authorization') ?? '')
  const site = headers.get('sec-fetch-site')
  const isPage = site !== null || headers.has('origin')
  const mayRead = site === 'same-origin' || corsHeaders !== NO_HEADERS
  if (isSentAlong || (isPage && !mayRead)) checkMediaType(request)
  else checkCoding(request)
}
