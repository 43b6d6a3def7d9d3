import type { IncomingMessage, ServerResponse } from 'node:http'
import { isTokenReply } from '@rtc-token/core/contract'
import { tokenFingerprint } from '@rtc-token/edge'
import { allow, createTokenHandler, type Project } from '@rtc-token/server'
import { toNodeListener } from '@rtc-token/server/node'

/** A token endpoint that can be switched off, and remembers what it handed out. */
export interface SwitchedEndpoint {
  isUp: boolean
  /** Fingerprints of the tokens handed out, oldest first. */
  readonly handedOut: readonly string[]
  readonly listener: (request: IncomingMessage, response: ServerResponse) => void
}

/** Creates an endpoint that gives everybody tokens of six seconds, always for uid 7. */
export function createSwitchedEndpoint(project: Project): SwitchedEndpoint {
  const handedOut: string[] = []
  const handler = createTokenHandler({
    project,
    authenticate: () => ({ uid: 7 }),
    authorize: ({ subject }) => allow({ identity: { uid: subject.uid } }),
    ttl: { min: 1, default: 6, max: 6 },
  })
  const listener = toNodeListener({
    ...handler,
    async respond(request, context) {
      const reply = await handler.respond(request, context)
      const body: unknown = JSON.parse(reply.body)
      if (isTokenReply(body)) handedOut.push(tokenFingerprint(body.token))
      return reply
    },
  })
  const endpoint: SwitchedEndpoint = {
    isUp: true,
    handedOut,
    listener(request, response) {
      if (endpoint.isUp) void listener(request, response)
      else response.writeHead(503).end()
    },
  }
  return endpoint
}
