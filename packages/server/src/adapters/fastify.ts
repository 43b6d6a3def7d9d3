import type { HostContext } from '../http/request-context.ts'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'

import { NodeRequest } from 'srvx/node'

import { lastReply } from '../request/last-reply.ts'
import { hasBody, type PlainReply } from '../http/reply.ts'
import type { TokenHandler } from '../token-handler.ts'
import { isHeard, isLastReply, itsTurn } from './arrivals.ts'
import { hostOf, readNodeBody } from './node-message.ts'
import { clientAddress, plainAddress } from './trust-proxy.ts'

/** What this plugin uses of a Fastify request. Shaped by hand, so that Fastify is no dependency. */
export interface FastifyRequestLike {
  readonly raw: IncomingMessage
  readonly ip: string
  readonly body: unknown
}

/** What this plugin uses of a Fastify reply. */
export interface FastifyReplyLike {
  readonly raw: ServerResponse
  code(status: number): unknown
  headers(headers: Record<string, string>): unknown
  send(body?: Buffer): unknown
}

/** What this plugin uses of a Fastify instance. */
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
 * Makes a Fastify plugin that answers everything under its prefix. The body comes as it was sent,
 * since the plugin takes the parsers out of its own scope; hooks of the application run as ever. The
 * address of the caller is Fastify's `request.ip`, so its option `trustProxy` decides whom to believe.
 *
 * @example
 * app.register(toFastifyPlugin(handler), { prefix: '/agora' }) // POST /agora/v1/tokens
 */
export function toFastifyPlugin(handler: TokenHandler): FastifyTokenPlugin {
  // Asynchronous, since Fastify waits for the callback of a plugin that is not.
  return async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    scope.all('/*', (request, reply) => answer(handler, request, reply))
  }
}

// For Fastify, which waits for a reply also when the caller has gone.
const NOTHING = Buffer.alloc(0)

async function answer(
  handler: TokenHandler,
  request: FastifyRequestLike,
  reply: FastifyReplyLike,
): Promise<unknown> {
  try {
    await itsTurn(request.raw)
    if (!isHeard(request.raw)) return reply.send(NOTHING)
    const asked = new NodeRequest({ req: request.raw, res: reply.raw })
    const answered = await handler.respond(asked, contextOf(request, reply))
    if (isLastReply(request.raw, answered.status)) reply.raw.shouldKeepAlive = false
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
  // To JSON in text Fastify would add a charset that no other host sends, to bytes without a type one.
  return hasBody(answered) ? reply.send(Buffer.from(answered.body)) : reply.send()
}
