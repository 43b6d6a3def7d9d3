import type { RequestContext } from '../http/request-context.ts'

/** The members of Bun's server that {@link bunContext} uses. */
export interface BunServerLike {
  requestIP(request: Request): { readonly address: string } | null
}

/** The members of Deno's second argument that {@link denoContext} uses. */
export interface DenoServeInfoLike {
  readonly remoteAddr: object
}

/** The members of a Worker's execution context that {@link cloudflareContext} uses. */
export interface WorkerExecutionLike {
  waitUntil(promise: Promise<unknown>): void
}

/**
 * Makes the context of a request on Cloudflare Workers. The caller's address is `CF-Connecting-IP`, which
 * Cloudflare sets itself and callers cannot forge. Do not use it on other hosts, where callers can send that header.
 *
 * @param execution - keeps the Worker alive until work after the reply is done, such as the audit log
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
  // Called as a method, because workerd refuses to call it detached from its object.
  return execution ? { ip, waitUntil: (promise) => execution.waitUntil(promise) } : { ip }
}

/**
 * Makes the context of a request on Deno: the address of the connection, `undefined` for a Unix socket.
 *
 * @example
 * Deno.serve((request, info) => handler.fetch(request, denoContext(info)))
 */
export function denoContext({ remoteAddr }: DenoServeInfoLike): RequestContext {
  return 'hostname' in remoteAddr ? { ip: String(remoteAddr.hostname) } : {}
}

/**
 * Makes the context of a request on Bun: the address of the connection, `undefined` for a Unix socket.
 *
 * @example
 * Bun.serve({ fetch: (request, server) => handler.fetch(request, bunContext(request, server)) })
 */
export function bunContext(request: Request, server: BunServerLike): RequestContext {
  return { ip: server.requestIP(request)?.address }
}
