import type { RequestState } from '../request/request-state.ts'
import { NO_HEADERS } from '../http/cors.ts'
import { checkCoding, checkMediaType } from '../http/parse-body.ts'

// Browsers may send any scheme except `Bearer` by themselves.
const BY_BROWSERS = /^(?!bearer )./i

/**
 * Accepts a body of any media type, as agora-token-service does, from programs and from pages that may read the
 * reply. Other pages must declare the body as JSON: a foreign page can send some other types without a preflight
 * request, with the cookies and credentials that its visitor's browser adds.
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
