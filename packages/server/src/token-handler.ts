import {
  type ForeignContext,
  type HostContext,
  type RequestContext,
  ownContext,
} from './http/request-context.ts'
import type { Explanation } from '@rtc-token/core'
import type { TokenReply, TokenRequestBody } from '@rtc-token/core/contract'

import { answer, lastReply, type Life } from './request/answer.ts'
import { checkOptions } from './options/resolve-options.ts'
import { endpointsOf } from './endpoints/endpoints.ts'
import { type Inspection, inspectToken } from './endpoints/inspect.ts'
import type { TokenHandlerOptions } from './options/handler-options.ts'
import { type IssueContext, issueDirectly } from './mint/issue-directly.ts'
import type { OpenApiDocument } from './openapi/document.ts'
import { lazyOpenApiDocument } from './openapi/document.ts'
import { checkReadiness, type Readiness } from './endpoints/readiness.ts'
import { hasBody, type PlainReply } from './http/reply.ts'
import type { Readmission, Removal } from './removal/read-removal.ts'
import {
  type ReadmissionReport,
  readmitUser,
  type RemovalReport,
  removeUser,
} from './removal/remove-user.ts'
import { findRoute, readTarget } from './http/routes.ts'

/** A token endpoint for every host that can provide a `Request`. */
export interface TokenHandler<S = never> {
  /** Answers a request. Never rejects: errors become problem documents. Works without its object, as a callback. */
  readonly fetch: (request: Request, context?: RequestContext | ForeignContext) => Promise<Response>
  /** Like `fetch`, but returns plain data, for adapters: on Node, a `Response` is expensive. Never rejects. */
  readonly respond: (request: Request, context?: HostContext) => Promise<PlainReply>
  /** Whether this handler has an endpoint for a request target (a path with query, or a URL). */
  readonly serves: (target: string) => boolean
  /**
   * Issues a token to a user whom the app has already authenticated, without HTTP. The same limits, policy and audit
   * apply.
   *
   * @throws {Refusal} the code that a caller over HTTP would get
   */
  readonly issue: (
    subject: S,
    wish: TokenRequestBody,
    context?: IssueContext,
  ) => Promise<TokenReply>
  /**
   * Removes a user: every process that shares the store refuses new tokens and renewals with `removed`, until the
   * removal ends. Tokens already issued stay valid; pass `rest` to have Agora disconnect the user and block these
   * tokens too. Replaces an earlier removal of the same user from the same channel or services.
   *
   * @throws {TypeError} when a member is missing or malformed, or the option `removals` is not set
   * @throws {TokenError} UID_INVALID, ACCOUNT_INVALID or CHANNEL_INVALID
   * @throws {Refusal} removals_unavailable when the store fails, and so does `rest` if it is given
   *
   * @example
   * await handler.remove({ uid: 7, channel: 'room-42', seconds: 3600, reason: 'spam', rest })
   */
  readonly remove: (removal: Removal<S>) => Promise<RemovalReport>
  /**
   * Readmits a removed user. A removal from one channel and a removal from all channels are separate: lift each with
   * the arguments that made it.
   *
   * @throws {TypeError} when a member is missing or malformed, or the option `removals` is not set
   * @throws {TokenError} UID_INVALID, ACCOUNT_INVALID or CHANNEL_INVALID
   * @throws {Refusal} removals_unavailable when the store fails
   */
  readonly readmit: (readmission: Readmission<S>) => Promise<ReadmissionReport>
  /**
   * Explains what a token grants and why it is refused. Checks its signature with the keys of this handler.
   *
   * @throws {Refusal} not_configured when the keys cannot be read
   */
  readonly inspect: (inspection: Inspection) => Promise<Explanation>
  /** Reports whether this handler can serve, and which part fails if not. Never rejects. */
  readonly readiness: () => Promise<Readiness>
  /** The contract of this endpoint, as served at `GET …/v1/openapi.json`. */
  readonly openapi: OpenApiDocument
  /**
   * Makes `…/readyz` report `draining` (503), so that load balancers choose other servers. Requests are still served.
   */
  readonly drain: () => void
  /** Refuses new requests for tokens with `draining`; requests in progress still get one. Includes `drain`. */
  readonly close: () => void
}

/**
 * Creates the endpoint `POST …/v1/tokens`. `authenticate` identifies the caller, `authorize` decides what the caller
 * gets, and the handler signs that and nothing more.
 *
 * @throws {TypeError} when an option is missing, unknown, of the wrong type or out of range
 * @throws {TokenError} APP_ID_INVALID or APP_CERTIFICATE_INVALID
 *
 * @example
 * import { allow, createTokenHandler, deny, projectFromEnv } from '@rtc-token/server'
 *
 * // `sessions` and `rooms` are your own: who is signed in, and who may enter a room.
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
  const answering = { settings, routes, life }
  return {
    respond: (request, context = {}) => answer(answering, request, context),
    async fetch(request, context) {
      try {
        return toResponse(await answer(answering, request, ownContext(context)))
      } catch (error) {
        return toResponse(lastReply(error, settings.onError))
      }
    },
    serves: (target) => findRoute(routes, readTarget(target)) !== undefined,
    issue: (subject, wish, context = {}) =>
      issueDirectly(settings, subject, wish, context, () => life.isClosed),
    remove: (removal) => removeUser(settings, removal),
    readmit: (readmission) => readmitUser(settings, readmission),
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

function toResponse(reply: PlainReply): Response {
  const { body, ...init } = reply
  return new Response(hasBody(reply) ? body : null, init)
}
