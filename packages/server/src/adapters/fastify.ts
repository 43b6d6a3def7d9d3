import type { HostedHandler } from '../http/hosted-handler.ts'
import type { HostContext } from '../http/request-context.ts'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'

import { NodeRequest } from 'srvx/node'

import { lastReply } from '../request/answer.ts'
import { hasBody, type PlainReply } from '../http/reply.ts'
import { endFlood, isHeard, itsTurn } from './arrivals.ts'
import { hostOf, readNodeBody } from './node-message.ts'
import { clientAddress, plainAddress } from './trust-proxy.ts'

export type { HostedHandler } from '../http/hosted-handler.ts'

/** The members of a Fastify request that this plugin uses. */
export interface FastifyRequestLike {
  readonly raw: IncomingMessage
  readonly ip: string
  readonly body: unknown
}

/** The members of a Fastify reply that this plugin uses. */
export interface FastifyReplyLike {
  readonly raw: ServerResponse
  code(status: number): unknown
  headers(headers: Record<string, string>): unknown
  send(body?: Buffer): unknown
}

/** The members of a Fastify instance that this plugin uses. */
export interface FastifyLike {
  removeAllContentTypeParsers(): unknown
  addContentTypeParser(
    type: string,
    parser: (
      request: unknown,
      payload: IncomingMessage,
      done: (error: null, body: Readable) => void,
    ) => void,
  ): unknown
  all(
    path: string,
    answer: (request: FastifyRequestLike, reply: FastifyReplyLike) => Promise<unknown>,
  ): unknown
}

/** A plugin for `app.register`. */
export type FastifyTokenPlugin = (scope: FastifyLike) => Promise<void>

/**
 * Creates a Fastify plugin that answers every path under its prefix. The plugin reads the body itself, so Fastify's
 * body parsers do not run in its scope; your hooks do. The address of the caller is Fastify's `request.ip`, so set
 * Fastify's own option `trustProxy`.
 *
 * @example
 * app.register(toFastifyPlugin(handler), { prefix: '/agora' }) // POST /agora/v1/tokens
 */
export function toFastifyPlugin(handler: HostedHandler): FastifyTokenPlugin {
  // Asynchronous, because Fastify waits for a callback from a synchronous plugin.
  return async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    scope.all('/*', (request, reply) => answer(handler, request, reply))
  }
}

// Fastify waits for a reply even when the caller has disconnected.
const NOTHING = Buffer.alloc(0)

async function answer(
  handler: HostedHandler,
  request: FastifyRequestLike,
  reply: FastifyReplyLike,
): Promise<unknown> {
  try {
    await itsTurn(request.raw)
    if (!isHeard(request.raw)) return reply.send(NOTHING)
    const asked = new NodeRequest({ req: request.raw, res: reply.raw })
    const answered = await handler.respond(asked, contextOf(request, reply))
    const waiting = endFlood(request.raw, reply.raw, answered.status)
    if (waiting) await waiting
    return send(reply, answered)
  } catch (error) {
    return send(reply, lastReply(error))
  }
}

function contextOf({ raw, ip, body }: FastifyRequestLike, reply: FastifyReplyLike): HostContext {
  return {
    target: raw.url,
    host: hostOf(raw),
    ip: plainAddress(ip) ?? clientAddress(raw.socket.remoteAddress),
    readBody: (maxBytes) => readNodeBody(body instanceof Readable ? body : raw, maxBytes),
    isGone: () => reply.raw.destroyed || raw.socket.destroyed,
  }
}

function send(reply: FastifyReplyLike, answered: PlainReply): unknown {
  reply.code(answered.status)
  reply.headers(answered.headers)
  // Sent as bytes, because Fastify would add a charset to a JSON string, unlike the other hosts.
  return hasBody(answered) ? reply.send(Buffer.from(answered.body)) : reply.send()
}
