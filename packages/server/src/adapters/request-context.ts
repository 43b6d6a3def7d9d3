import type { RequestContext } from '../http/request-context.ts'

/** The method of Bun's server that {@link bunContext} uses. */
export interface BunServerLike {
  requestIP(request: Request): { readonly address: string } | null
}

/** The member of Deno's second argument that {@link denoContext} uses. */
export interface DenoServeInfoLike {
  readonly remoteAddr: object
}

/** The method of a Worker's execution context that {@link cloudflareContext} uses. */
export interface WorkerExecutionLike {
  waitUntil(promise: Promise<unknown>): void
}

/**
 * Creates the context of a request on Cloudflare Workers. The caller's address is `CF-Connecting-IP`, which Cloudflare
 * sets itself. Do not use it on other hosts, where callers can send that header.
 *
 * @param execution - keeps the Worker alive for work after the reply, such as the audit log
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
 * Creates the context of a request on Deno: the address of the connection, or `undefined` for a Unix socket.
 *
 * @example
 * Deno.serve((request, info) => handler.fetch(request, denoContext(info)))
 */
export function denoContext({ remoteAddr }: DenoServeInfoLike): RequestContext {
  return 'hostname' in remoteAddr ? { ip: String(remoteAddr.hostname) } : {}
}

/**
 * Creates the context of a request on Bun: the address of the connection, or `undefined` for a Unix socket.
 *
 * @example
 * Bun.serve({ fetch: (request, server) => handler.fetch(request, bunContext(request, server)) })
 */
export function bunContext(request: Request, server: BunServerLike): RequestContext {
  return { ip: server.requestIP(request)?.address }
}
