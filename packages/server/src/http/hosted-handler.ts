import type { PlainReply } from './reply.ts'
import type { ForeignContext, HostContext, RequestContext } from './request-context.ts'

/** A handler of this package, for tokens or for notifications. Every adapter accepts both. */
export interface HostedHandler {
  /** Answers a request. Never rejects. Works without its object, as a callback. */
  readonly fetch: (request: Request, context?: RequestContext | ForeignContext) => Promise<Response>
  /** Like `fetch`, but returns plain data, for adapters: on Node, a `Response` is expensive. Never rejects. */
  readonly respond: (request: Request, context?: HostContext) => Promise<PlainReply>
  /** Whether this handler has an endpoint for a request target (a path with query, or a URL). */
  readonly serves: (target: string) => boolean
}
