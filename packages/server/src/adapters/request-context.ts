import type { RequestContext } from '../http/request-context.ts'

/** What {@link bunContext} uses of the server that Bun passes to `fetch`. */
export interface BunServerLike {
  requestIP(request: Request): { readonly address: string } | null
}

/** What {@link denoContext} uses of what Deno passes beside a request. */
export interface DenoServeInfoLike {
  readonly remoteAddr: object
}

/** What {@link cloudflareContext} uses of the third parameter of a worker's `fetch`. */
export interface WorkerExecutionLike {
  waitUntil(promise: Promise<unknown>): void
}

/**
 * Says who calls a Cloudflare Worker: the address in `CF-Connecting-IP`, which Cloudflare sets itself and
 * no caller can forge. Only there: on any other host it is a header like all the others.
 *
 * @param execution keeps the worker alive until what follows the reply is done, such as the audit log
 *
 * @example
 * export default {
 *   fetch: (request, env, execution) =>
 *     handler.fetch(request, cloudflareContext(request, execution)),
 * }
 */
export function cloudflareContext(
  request: Request,
  execution?: WorkerExecutionLike,
): RequestContext {
  const ip = request.headers.get('cf-connecting-ip') ?? undefined
  // Not the method by itself: taken off its object, workerd refuses to call it.
  return execution ? { ip, waitUntil: (promise) => execution.waitUntil(promise) } : { ip }
}

/**
 * Says who calls a server of Deno: the address of the connection; none where that is a Unix socket.
 *
 * @example
 * Deno.serve((request, info) => handler.fetch(request, denoContext(info)))
 */
export function denoContext({ remoteAddr }: DenoServeInfoLike): RequestContext {
  return 'hostname' in remoteAddr ? { ip: String(remoteAddr.hostname) } : {}
}

/**
 * Says who calls a server of Bun: the address of the connection; none where that is a Unix socket.
 *
 * @example
 * Bun.serve({ fetch: (request, server) => handler.fetch(request, bunContext(request, server)) })
 */
export function bunContext(request: Request, server: BunServerLike): RequestContext {
  return { ip: server.requestIP(request)?.address }
}
