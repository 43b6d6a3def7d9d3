import type { HostedHandler } from '../http/hosted-handler.ts'
import type { HostContext } from '../http/request-context.ts'
import type { IncomingMessage, ServerResponse } from 'node:http'

import { NodeRequest } from 'srvx/node'

import { lastReply } from '../request/answer.ts'
import { hasBody, type PlainReply } from '../http/reply.ts'
import { isA } from '../errors/thrown.ts'
import { endFlood, isHeard, itsTurn } from './arrivals.ts'
import { hostOf, readNodeBody } from './node-message.ts'
import { checkTrustProxy, clientAddress, type ProxyTrust, type TrustProxy } from './trust-proxy.ts'

export type { HostedHandler } from '../http/hosted-handler.ts'
export type { TrustProxy } from './trust-proxy.ts'

/**
 * Answers one request of `node:http`, or of a framework that passes on Node's `req` and `res`. If there is a `next`,
 * it gets the requests that the handler does not serve.
 */
export type NodeListener = (
  req: IncomingMessage,
  res: ServerResponse,
  next?: () => void | Promise<void>,
) => Promise<void>

/** Options of {@link toNodeListener}. */
export interface NodeListenerOptions {
  /** Which proxies to trust for the address of the caller. Default `false`: it is the address of the connection. */
  readonly trustProxy?: TrustProxy
}

/**
 * Creates a listener for `node:http`, Express, Connect, Koa and Nest. Mount it under any prefix, before or after
 * `express.json()`. The address of the caller is the address of the connection, unless `trustProxy` names the proxies
 * in front of it. Never rejects.
 *
 * @throws {TypeError} when `trustProxy` is malformed
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
      // Even for a single request: by then the parser has read the body that came with the headers.
      await itsTurn(req)
      if (!isHeard(req) || res.writableEnded) return
      // A middleware has begun another reply. Nothing is signed, and the caller must not wait.
      if (res.headersSent) return void res.destroy()
      // srvx gets no proxy settings: it would build a URL from forwarded headers, and throw if it is invalid.
      const request = new NodeRequest({ req, res })
      const reply = await handler.respond(request, contextOf(req, res, trust))
      const waiting = endFlood(req, res, reply.status)
      if (waiting) await waiting
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
  if (!hasBody(reply)) return void res.writeHead(status, headers).end()
  const length = Buffer.byteLength(body)
  res.writeHead(status, Object.assign({ 'content-length': length }, headers))
  // In one chunk: `end(body)` adds an empty one, and several take a slower call, 1.2 µs a request. A body of
  // ASCII, as nearly every body is, needs no encoder.
  res.cork()
  res.write(body, length === body.length ? 'latin1' : 'utf8')
  res.uncork()
  res.end()
}
