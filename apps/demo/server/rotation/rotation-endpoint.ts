import { isTokenReply } from '@rtc-token/core/contract'
import { createTokenHandler, type KeyRing } from '@rtc-token/server'
import { createDirectory, type Person } from '../policy-lab/directory.ts'
import { labPolicy } from '../policy-lab/policy-lab-rules.ts'

/** How a request for a token went. */
export interface EndpointAnswer {
  readonly status: number
  /** Of the problem document; absent after a grant. */
  readonly code?: string
  /** Absent after a refusal. Secret. */
  readonly token?: string
}

/** Asks a token handler of its own, as the host of a tenant. */
export interface RotationEndpoint {
  /** @param previousToken - makes it a renewal */
  readonly ask: (previousToken?: string) => Promise<EndpointAnswer>
}

/** The channel and user of the tokens of a rotation endpoint. */
export const ROTATION_SEAT = { channel: 'tenant-acme-stage', user: { uid: 1001 } } as const

/** What the handler of a rotation endpoint is made from. */
export interface RotationEndpointOptions {
  readonly appId: string
  readonly keys: KeyRing
  readonly ttlSeconds: number
  /** Unix milliseconds. */
  readonly clock: () => number
}

/** Creates an endpoint whose handler signs with the keys given. */
export function createRotationEndpoint(options: RotationEndpointOptions): RotationEndpoint {
  const { appId, keys, ttlSeconds, clock } = options
  const directory = createDirectory()
  const handler = createTokenHandler<Person>({
    project: { appId, keys },
    authenticate: directory.find,
    authorize: labPolicy,
    ttl: { min: 1, default: ttlSeconds, max: ttlSeconds },
    onError: () => undefined,
    clock,
  })
  const headers = { 'content-type': 'application/json', ...directory.credentialsOf('hana') }
  return {
    async ask(previousToken) {
      const wish =
        previousToken === undefined ? { channel: ROTATION_SEAT.channel } : { previousToken }
      const init = { method: 'POST', headers, body: JSON.stringify(wish) }
      const request = new Request('http://localhost/v1/tokens', init)
      const { status, body } = await handler.respond(request)
      return { status, ...contentOf(JSON.parse(body)) }
    },
  }
}

function contentOf(reply: { readonly code?: string }): Omit<EndpointAnswer, 'status'> {
  if (isTokenReply(reply)) return { token: reply.token }
  return reply.code === undefined ? {} : { code: reply.code }
}
