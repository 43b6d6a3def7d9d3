import type { IncomingMessage, ServerResponse } from 'node:http'

import { NodeRequest } from 'srvx/node'

import type { PlainReply } from '../respond.ts'
import type { TokenHandler } from '../token-handler.ts'

/** Answers one request of `node:http`, and so of whatever passes on its `req` and `res`. */
export type NodeListener = (req: IncomingMessage, res: ServerResponse) => Promise<void>

/**
 * Makes a listener for `node:http`, Express, Connect and Koa. It may be mounted under any prefix and
 * behind `express.json()`. The address of the caller is that of the socket. Never rejects.
 *
 * @example
 * createServer(toNodeListener(handler)).listen(3000)
 * @example
 * app.use('/agora', toNodeListener(handler))
 */
export function toNodeListener(handler: TokenHandler): NodeListener {
  return async (req, res) => {
    const reply = await handler.respond(new NodeRequest({ req, res }), {
      ip: req.socket.remoteAddress,
      parsedBody: parsedBodyOf(req),
      readBody: (maxBytes) => readBody(req, maxBytes),
    })
    send(res, reply)
  }
}

// Express 4 puts `{}` here also when its parser let a body pass unread.
function parsedBodyOf(req: IncomingMessage & { readonly body?: unknown }): unknown {
  return req.readableDidRead ? req.body : undefined
}

// By events, since a web stream over the request takes longer than everything else together. What
// follows after the limit is thrown away, so that the caller gets to read the reply.
function readBody(req: IncomingMessage, maxBytes: number): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    if (req.readableEnded) reject(new Error('The body was read before and req.body is not set'))
    const chunks: Buffer[] = []
    let size = 0
    req.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= maxBytes) return chunks.push(chunk)
      chunks.length = 0
      return resolve(undefined)
    })
    req.once('end', () => resolve(Buffer.concat(chunks)))
    req.once('error', reject)
    req.once('close', () => {
      if (!req.complete) reject(new DOMException('The caller has gone', 'AbortError'))
    })
  })
}

function send(res: ServerResponse, { status, headers, body }: PlainReply): void {
  if (res.headersSent || res.destroyed) return
  res.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
  res.end(body)
}
