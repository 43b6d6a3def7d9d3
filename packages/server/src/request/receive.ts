import { checkMediaType, parseBody } from '../http/parse-body.ts'
import { type Body, readBody } from '../http/read-body.ts'
import type { PlainReply } from '../http/reply.ts'
import type { Settings } from '../options/settings.ts'
import { authenticate } from './authenticate.ts'
import { countRequest } from './count-request.ts'
import type { Endpoint, Found, GuardedEndpoint } from './endpoint.ts'
import type { RequestState } from './request-state.ts'

const NO_BODY: Body = { json: undefined }

/**
 * Checks a request and passes it to its endpoint. This is the only place that knows the order of the checks:
 * a foreign page is refused before it is counted, counting comes before reading the body, and the
 * authenticator, which may query a database, comes last.
 *
 * @internal
 * @throws {Refusal} forbidden, unsupported_media_type, rate_limited, limiter_unavailable, body_too_large,
 *   body_timeout, unauthenticated, authenticator_unavailable or policy_timeout; also what a hook or the
 *   endpoint throws
 */
export async function receive<S>(
  settings: Settings<S>,
  state: RequestState,
  endpoint: Endpoint<S>,
  found: Found,
): Promise<PlainReply> {
  const { request, context } = state
  if (endpoint.access !== undefined) {
    if (endpoint.access === 'counted') await countRequest(settings, state, 'ip', context.ip)
    return endpoint.answer(state, found)
  }
  refuseForeign(settings, state, endpoint)
  await countRequest(settings, state, 'ip', context.ip)
  const body = hasBody(request) ? await readBody(request, context, settings.timeoutMs) : NO_BODY
  const subject = await authenticate(state, endpoint.authenticate ?? settings.authenticate)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an endpoint with an authenticator of its own does not read the subject
  return endpoint.answer(state, found, { subject: subject as S, json: () => parseBody(body) })
}

function refuseForeign<S>(
  { cors }: Settings<S>,
  state: RequestState,
  endpoint: GuardedEndpoint<S>,
): void {
  cors.refuseForeignPage(state.request)
  if (!hasBody(state.request)) return
  if (endpoint.checkMediaType) endpoint.checkMediaType(state)
  else checkMediaType(state.request)
}

function hasBody({ method }: Request): boolean {
  return method === 'POST'
}
