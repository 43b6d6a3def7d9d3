import type { PlainReply } from './reply.ts'
import type { ForeignContext, HostContext, RequestContext } from './request-context.ts'

/** What every handler of this package is to a host: the adapters mount any of them. */
export interface HostedHandler {
  /** Answers a request. It is bound, so that it can be passed around on its own. Never rejects. */
  readonly fetch: (request: Request, context?: RequestContext | ForeignContext) => Promise<Response>
  /** Like `fetch`, but returns plain data: for adapters, because a `Response` is expensive on Node. Never rejects. */
  readonly respond: (request: Request, context?: HostContext) => Promise<PlainReply>
  /** Whether a request target matches an endpoint of this handler, to tell its requests from the app's. */
  readonly serves: (target: string) => boolean
}
