import type { HostContext } from '../http/request-context.ts'
import type { IncomingMessage, ServerResponse } from 'node:http'

import { NodeRequest } from 'srvx/node'

import { lastReply } from '../request/last-reply.ts'
import { hasBody, type PlainReply } from '../http/reply.ts'
import { isA } from '../errors/thrown.ts'
import type { TokenHandler } from '../token-handler.ts'
import { isHeard, isLastReply, itsTurn } from './arrivals.ts'
import { hostOf, readNodeBody } from './node-message.ts'
import { checkTrustProxy, clientAddress, type ProxyTrust, type TrustProxy } from './trust-proxy.ts'

export type { TrustProxy } from './trust-proxy.ts'

/**
 * Answers one request of `node:http`, and so of all that pass on its `req` and `res`. Where there is a
 * `next`, requests for other paths than the handler's go there.
 */
export type NodeListener = (
  req: IncomingMessage,
  res: ServerResponse,
  next?: () => void | Promise<void>,
) => Promise<void>

/** What {@link toNodeListener} can be told about the host. */
export interface NodeListenerOptions {
  /** Whom to believe about the address of the caller. Default `false`: only the socket. */
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
  handler: TokenHandler,
  options: NodeListenerOptions = {},
): NodeListener {
  const trust = checkTrustProxy(options.trustProxy ?? false)
  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    try {
      await itsTurn(req)
      if (!isHeard(req) || res.writableEnded) return
      // srvx is not told of proxies: it would make a URL of what they say, and throw where that is none.
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

// Express 4 puts `{}` here also when its parser let a body pass unread.
function parsedBodyOf(req: IncomingMessage & { readonly body?: unknown }): unknown {
  return req.readableDidRead ? req.body : undefined
}

function send(res: ServerResponse, reply: PlainReply): void {
  if (!res.headersSent && !res.destroyed) write(res, reply)
}

// Such as a middleware that has put itself in front of `res` and fails.
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
  // Of a reply that cannot have a body HTTP wants no length either. Not by setHeader: with that,
  // writeHead takes its slow way.
  const length = { 'content-length': Buffer.byteLength(body) }
  res.writeHead(status, hasBody(reply) ? Object.assign(length, headers) : headers).end(body)
}
