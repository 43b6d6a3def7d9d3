import { type Body, checkMediaType, parseBody, readBody } from '../http/body.ts'
import type { PlainReply } from '../http/reply.ts'
import type { Settings } from '../options/settings.ts'
import { countRequest } from './count-request.ts'
import type { Endpoint, Found } from './endpoint.ts'
import type { RequestState } from './request-state.ts'
import type { Authenticator } from '../auth/authenticator.ts'
import { faultOf } from '../errors/auth-fault.ts'
import { Refusal } from '../errors/refusal.ts'
import { isThenable } from '../time/deadline.ts'
import { HookContext } from './hooks.ts'

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
  settings.cors.refuseForeignPage(request)
  const hasBody = request.method === 'POST'
  if (hasBody && endpoint.checkMediaType) endpoint.checkMediaType(state)
  else if (hasBody) checkMediaType(request)
  const counting = countRequest(settings, state, 'ip', context.ip)
  if (counting) await counting
  const reading = hasBody ? readBody(request, context, settings.timeoutMs) : NO_BODY
  const body = isThenable(reading) ? await reading : reading
  const asking = authenticate(state, endpoint.authenticate ?? settings.authenticate)
  const subject = isThenable(asking) ? await asking : asking
  if (!subject) throw notRecognised(request)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an endpoint with an authenticator of its own does not read the subject
  return endpoint.answer(state, found, { subject: subject as S, json: () => parseBody(body) })
}

function authenticate<A>(
  { request, context, hooks, timer }: RequestState,
  hook: Authenticator<A>,
): ReturnType<Authenticator<A>> {
  return timer.run('authenticate', () =>
    hooks.run('authenticate', () => hook(request, new HookContext(context.ip, hooks))),
  )
}

function notRecognised(request: Request): Refusal {
  const why = faultOf(request)
  const retryAfter = why?.retryAfter
  if (retryAfter === undefined) return new Refusal('unauthenticated', undefined, { why })
  return new Refusal('authenticator_unavailable', undefined, { why, retryAfter })
}
