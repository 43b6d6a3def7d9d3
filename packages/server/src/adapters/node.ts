import type { HostedHandler } from '../http/hosted-handler.ts'
import type { HostContext } from '../http/request-context.ts'
import type { IncomingMessage, ServerResponse } from 'node:http'

import { NodeRequest } from 'srvx/node'

import { lastReply } from '../request/answer.ts'
import { hasBody, type PlainReply } from '../http/reply.ts'
import { isA } from '../errors/thrown.ts'
import { isHeard, isLastReply, itsTurn } from './arrivals.ts'
import { hostOf, readNodeBody } from './node-message.ts'
import { checkTrustProxy, clientAddress, type ProxyTrust, type TrustProxy } from './trust-proxy.ts'

export type { HostedHandler } from '../http/hosted-handler.ts'
export type { TrustProxy } from './trust-proxy.ts'

/**
 * Answers one request of `node:http`, or of a framework that passes on Node's `req` and `res`. With `next`,
 * requests for paths that the handler does not serve go there.
 */
export type NodeListener = (
  req: IncomingMessage,
  res: ServerResponse,
  next?: () => void | Promise<void>,
) => Promise<void>

/** Options of {@link toNodeListener}. */
export interface NodeListenerOptions {
  /** Which proxies to trust for the address of the caller. Default `false`: only the socket counts. */
  readonly trustProxy?: TrustProxy
}

/**
 * Makes a listener for `node:http`, Express, Connect, Koa and Nest. It may be mounted under any prefix
 * and behind `express.json()`. The address of the caller is that of the socket, unless `trustProxy`
 * names the proxies in front. Never rejects.
 *
 * @throws {TypeError} when `trustProxy` is of the wrong kind
 *
 * @example
 * createServer(toNodeListener(handler)).listen(3000)
 * @example
 * app.use('/agora', toNodeListener(handler, { trustProxy: 'loopback' }))
 */
export function toNodeListener(
  handler: HostedHandler,
  options: NodeListenerOptions = {},
): NodeListener {
  const trust = checkTrustProxy(options.trustProxy ?? false)
  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    try {
      // Also when it is alone: by then the parser has read the body that came with the headers.
      await itsTurn(req)
      if (!isHeard(req) || res.writableEnded) return
      // A middleware has begun another reply: nothing is signed for it, and the caller must not wait.
      if (res.headersSent) return void res.destroy()
      // srvx gets no proxy settings: it would build a URL from forwarded headers, and throw if it is invalid.
      const request = new NodeRequest({ req, res })
      const reply = await handler.respond(request, contextOf(req, res, trust))
      if (isLastReply(req, reply.status)) res.shouldKeepAlive = false
      send(res, reply)
    } catch (error) {
      fail(res, error)
    }
  }
  return (req, res, next) =>
    next && !handler.serves(req.url ?? '') ? Promise.resolve(next()) : answer(req, res)
}

function contextOf(
  req: IncomingMessage,
  res: ServerResponse,
  trust: ProxyTrust | undefined,
): HostContext {
  const { headers, socket, url } = req
  return {
    target: url,
    host: hostOf(req),
    ip: clientAddress(socket.remoteAddress, trust, headers['x-forwarded-for']),
    parsedBody: parsedBodyOf(req),
    readBody: (maxBytes) => readNodeBody(req, maxBytes),
    isGone: () => res.destroyed || socket.destroyed,
  }
}

// Express 4 sets `{}` here even when its parser has not read the body.
function parsedBodyOf(req: IncomingMessage & { readonly body?: unknown }): unknown {
  return req.readableDidRead ? req.body : undefined
}

function send(res: ServerResponse, reply: PlainReply): void {
  if (!res.headersSent && !res.destroyed) write(res, reply)
}

// For example when a middleware that wraps `res` throws.
function fail(res: ServerResponse, error: unknown): void {
  try {
    if (res.headersSent) res.destroy()
    else send(res, lastReply(error))
  } catch {
    res.destroy(isA(error, Error) ? error : undefined)
  }
}

function write(res: ServerResponse, reply: PlainReply): void {
  const { status, headers, body } = reply
  // A reply without a body has no length either. Not set with `setHeader`, after which
  // `writeHead` takes a slower path.
  const length = { 'content-length': Buffer.byteLength(body) }
  res.writeHead(status, hasBody(reply) ? Object.assign(length, headers) : headers).end(body)
}
