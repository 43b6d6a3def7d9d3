import type { TokenReply } from '@rtc-token/core/contract'

import { checkOptions } from './check-options.ts'
import { createHookRunner } from './deadline.ts'
import { isFailure, reportFailure, toRefusal } from './failure.ts'
import { applyDecision } from './grant.ts'
import type { RequestContext, Settings, TokenHandlerOptions } from './handler-options.ts'
import { issueToken } from './issue-token.ts'
import { checkRequest, parseBody } from './parse-request.ts'
import { readBody } from './read-body.ts'
import { Refusal } from './refusal.ts'
import { completeWish } from './renewal.ts'
import { type PlainReply, problemReply, tokenReply } from './respond.ts'
import { readWish } from './token-wish.ts'

/** A token endpoint, for every host that can pass on a `Request`. */
export interface TokenHandler {
  /** Answers a request. Bound, so that it may be handed around by itself. Never rejects. */
  readonly fetch: (request: Request, context?: RequestContext) => Promise<Response>
  /** The same, as data: for adapters, since a `Response` is the dear part on Node. Never rejects. */
  readonly respond: (request: Request, context?: RequestContext) => Promise<PlainReply>
}

interface Asked {
  readonly request: Request
  readonly context: RequestContext
  readonly requestId: string
}

const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/

/**
 * Creates the endpoint `POST …/v1/tokens`. `authenticate` says who asks, `authorize` what they may
 * get; what they grant is signed, and nothing else ever is.
 *
 * @throws {TypeError} when an option is missing, unknown or of the wrong kind
 * @throws {TokenError} APP_ID_INVALID or APP_CERTIFICATE_INVALID
 *
 * @example
 * export default createTokenHandler({
 *   project: projectFromEnv(process.env),
 *   authenticate: (request) => sessions.userOf(request.headers.get('cookie')),
 *   authorize: async ({ subject, wish }) =>
 *     (await rooms.has(wish.channel, subject.id))
 *       ? allow({ identity: { account: subject.id } })
 *       : deny('channel_forbidden'),
 * })
 */
export function createTokenHandler<S>(options: TokenHandlerOptions<S>): TokenHandler {
  const settings = checkOptions(options)
  const respond: TokenHandler['respond'] = (request, context) => answer(settings, request, context)
  const fetch: TokenHandler['fetch'] = async (request, context) => {
    const { body, ...init } = await respond(request, context)
    return new Response(body, init)
  }
  return { fetch, respond }
}

async function answer<S>(
  settings: Settings<S>,
  request: Request,
  context: RequestContext = {},
): Promise<PlainReply> {
  const requestId = requestIdOf(request)
  try {
    return tokenReply(await grantToken(settings, { request, context, requestId }))
  } catch (error) {
    const refusal = toRefusal(error)
    if (isFailure(refusal, request)) void reportFailure(refusal, settings.onError, requestId)
    return problemReply(refusal, requestId)
  }
}

async function grantToken<S>(settings: Settings<S>, asked: Asked): Promise<TokenReply> {
  const { request, context, requestId } = asked
  checkRequest(request)
  const body = await readBody(request, context)
  const hooks = createHookRunner(request, settings.timeoutMs)

  const host = {
    ip: context.ip,
    get signal() {
      return hooks.signal
    },
  }
  const subject = await hooks.run('authenticate', () => settings.authenticate(request, host))
  if (!subject) throw new Refusal('unauthenticated')

  const draft = readWish(parseBody(body), settings.ttl)
  const intent = completeWish(draft, settings)
  const ask = {
    ...intent,
    subject,
    params: draft.params,
    ip: context.ip,
    get signal() {
      return hooks.signal
    },
  }
  const decision = await hooks.run('authorize', () => settings.authorize(ask))

  return issueToken(applyDecision(decision, intent.wish), settings, requestId)
}

// A foreign id is taken over only when it cannot do harm in a header or a log.
function requestIdOf(request: Request): string {
  const sent = request.headers.get('x-request-id')
  return sent !== null && REQUEST_ID.test(sent) ? sent : crypto.randomUUID()
}
