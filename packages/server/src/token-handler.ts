import type { Explanation } from '@rtc-token/core'
import type { TokenReply, TokenRequestBody } from '@rtc-token/core/contract'

import { type Asked, startAsked } from './asked.ts'
import { checkOptions } from './check-options.ts'
import type { Endpoint } from './endpoints/endpoint.ts'
import { endpointsOf } from './endpoints/endpoints.ts'
import { type Inspection, inspectToken } from './endpoints/inspect.ts'
import { isFailure, reportFailure, toRefusal } from './failure.ts'
import { finishReply } from './finish-reply.ts'
import type { ForeignContext, RequestContext, TokenHandlerOptions } from './handler-options.ts'
import { type IssueContext, issueDirectly } from './issue-directly.ts'
import { countRequest } from './mint.ts'
import type { OpenApiDocument } from './openapi/document.ts'
import { lazyOpenApiDocument } from './openapi/lazy-document.ts'
import { ownContext } from './own-context.ts'
import { checkReadiness, type Readiness } from './readiness.ts'
import { recordRefused } from './record.ts'
import { Refusal } from './refusal.ts'
import { type PlainReply, problemReply } from './respond.ts'
import { findRoute, type Match } from './routes.ts'
import type { Settings } from './settings.ts'

/** A token endpoint, for every host that can pass on a `Request`. */
export interface TokenHandler<S = never> {
  /** Answers a request. Bound, so that it may be handed around by itself. Never rejects. */
  readonly fetch: (request: Request, context?: RequestContext | ForeignContext) => Promise<Response>
  /** The same, as data: for adapters, since a `Response` is the dear part on Node. Never rejects. */
  readonly respond: (request: Request, context?: RequestContext) => Promise<PlainReply>
  /**
   * Gives a token to someone whom the application knows already, without HTTP but by the same rules:
   * limits, policy, audit.
   *
   * @throws {Refusal} with the code that a caller over HTTP would get
   */
  readonly issue: (
    subject: S,
    wish: TokenRequestBody,
    context?: IssueContext,
  ) => Promise<TokenReply>
  /** Says why a token is refused, comparing its signature with the keys of this handler. */
  readonly inspect: (inspection: Inspection) => Promise<Explanation>
  /** Whether this handler can serve, and if not, which part of it cannot. */
  readonly readiness: () => Promise<Readiness>
  /** The contract of this endpoint, as `GET …/v1/openapi.json` gives it. */
  readonly openapi: OpenApiDocument
  /** From now on `…/readyz` says `draining`, so that balancers look elsewhere. Requests are served. */
  readonly drain: () => void
  /** From now on no request gets a token; those that this handler has begun with do. Implies `drain`. */
  readonly close: () => void
}

/** How far a handler is on its way out. */
interface Life {
  isDraining: boolean
  isClosed: boolean
}

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
 *       ? allow({ identity: { account: subject.id }, role: 'publisher' })
 *       : deny('channel_forbidden'),
 * })
 */
export function createTokenHandler<S>(options: TokenHandlerOptions<S>): TokenHandler<S> {
  const settings = checkOptions(options)
  const life: Life = { isDraining: false, isClosed: false }
  const openapi = lazyOpenApiDocument(settings)
  const readiness = (): Promise<Readiness> => checkReadiness(settings, life.isDraining)
  const routes = endpointsOf(settings, { openapi, readiness })
  const respond: TokenHandler['respond'] = (request, context = {}) => {
    const match = findRoute(routes, request.url)
    return answer(settings, life, match, startAsked(settings, request, context, nameOf(match)))
  }
  return {
    respond,
    fetch: async (request, context) => toResponse(await respond(request, ownContext(context))),
    issue: (subject, wish, context = {}) =>
      issueDirectly(settings, subject, wish, context, () => life.isClosed),
    inspect: (inspection) => inspectToken(settings, inspection),
    readiness,
    get openapi() {
      return openapi()
    },
    drain: () => {
      life.isDraining = true
    },
    close: () => {
      life.isDraining = true
      life.isClosed = true
    },
  }
}

function answer<S>(
  settings: Settings<S>,
  life: Life,
  match: Match<Endpoint> | undefined,
  asked: Asked,
): Promise<PlainReply> {
  const run = (): Promise<PlainReply> => replyTo(settings, life, match, asked)
  if (!settings.telemetry?.request) return run()
  const { requestId, route, request } = asked
  const header = (name: string): string | null => request.headers.get(name)
  return settings.telemetry.request({ requestId, route, method: request.method, header }, run)
}

async function replyTo<S>(
  settings: Settings<S>,
  life: Life,
  match: Match<Endpoint> | undefined,
  asked: Asked,
): Promise<PlainReply> {
  try {
    asked.corsHeaders = settings.cors.headersFor(asked.request)
    if (!match) throw new Refusal('not_found')
    return finishReply(settings, asked, await dispatch(settings, life, match, asked))
  } catch (error) {
    return finishReply(settings, asked, await refuse(settings, asked, toRefusal(error)))
  }
}

function dispatch<S>(
  settings: Settings<S>,
  life: Life,
  { endpoint, values }: Match<Endpoint>,
  asked: Asked,
): PlainReply | Promise<PlainReply> {
  const { request } = asked
  if (endpoint.methods.includes(request.method)) {
    if (life.isClosed && endpoint.mints) throw new Refusal('draining')
    return endpoint.answer(asked, values)
  }
  return answerPreflight(settings, asked, endpoint.methods.join(', '))
}

async function answerPreflight<S>(
  settings: Settings<S>,
  asked: Asked,
  methods: string,
): Promise<PlainReply> {
  const { request, context } = asked
  if (request.method !== 'OPTIONS' || !settings.answersPreflights) {
    throw new Refusal('method_not_allowed', undefined, { headers: { allow: methods } })
  }
  await countRequest({ settings, asked }, 'ip', context.ip)
  return settings.cors.preflight(request, methods)
}

async function refuse<S>(
  settings: Settings<S>,
  asked: Asked,
  refusal: Refusal,
): Promise<PlainReply> {
  const { request, requestId } = asked
  const isOurs = isFailure(refusal, request)
  if (isOurs) void reportFailure(refusal, settings.onError, requestId)
  const isGone = refusal.code === 'internal_error' && !isOurs
  if (asked.route !== NO_ROUTE && !isGone) await recordRefused(settings, asked, refusal)
  return problemReply(refusal, requestId)
}

function toResponse({ body, ...init }: PlainReply): Response {
  return new Response(init.status === 204 ? null : body, init)
}

const NO_ROUTE = 'none'

function nameOf(match: Match<Endpoint> | undefined): string {
  return match?.endpoint.name ?? NO_ROUTE
}
