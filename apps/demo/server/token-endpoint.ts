import type { IncomingMessage, ServerResponse } from 'node:http'
import { isTokenReply } from '@rtc-token/core/contract'
import { tokenFingerprint } from '@rtc-token/edge'
import { createTokenHandler, type Project, type TokenHandler } from '@rtc-token/server'
import { toNodeListener } from '@rtc-token/server/node'
import { authorize } from './authorize.ts'
import type { Guests } from './guests.ts'

/** The token endpoint with a switch, and a record of what it handed out. */
export interface TokenEndpoint {
  /** While false, it answers like a server that is not there: 503 to everything. */
  isUp: boolean
  /** Fingerprints of the tokens handed out, oldest first. */
  readonly handedOut: readonly string[]
  readonly listener: (request: IncomingMessage, response: ServerResponse) => void
}

/** Creates the endpoint; its tokens live `ttlSeconds`. */
export function createTokenEndpoint(
  project: Project,
  guests: Guests,
  ttlSeconds: number,
): TokenEndpoint {
  const handedOut: string[] = []
  const handler = createTokenHandler({
    project,
    authenticate: guests.find,
    authorize,
    ttl: { min: 1, default: ttlSeconds, max: ttlSeconds },
  })
  const listener = toNodeListener(recording(handler, handedOut))
  const endpoint: TokenEndpoint = {
    isUp: true,
    handedOut,
    listener(request, response) {
      if (endpoint.isUp) void listener(request, response)
      else response.writeHead(503).end()
    },
  }
  return endpoint
}

function recording(handler: TokenHandler, handedOut: string[]): TokenHandler {
  return {
    ...handler,
    async respond(request, context) {
      const reply = await handler.respond(request, context)
      const body: unknown = JSON.parse(reply.body)
      if (isTokenReply(body)) handedOut.push(tokenFingerprint(body.token))
      return reply
    },
  }
}
