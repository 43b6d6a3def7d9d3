import { type Authenticator, firstOf } from '../../src/auth/authenticator.ts'
import { verifyToken } from '@rtc-token/core'
import { type JWTPayload, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'

import { bearerJwt } from '../../src/auth/bearer-jwt.ts'
import type { TokenHandlerOptions } from '../../src/options/handler-options.ts'
import { allow } from '../../src/policy/policy.ts'
import type { TokenEvent } from '../../src/telemetry/token-event.ts'
import {
  granted,
  NOW,
  PROJECT,
  refused,
  testEndpoint,
  tokenRequest,
  type User,
} from '../support/token-endpoint.ts'

const SECRET = 'jwt-secret-0123456789-0123456789'
const OPTIONS = {
  secret: SECRET,
  issuer: 'https://id.example/',
  audience: 'https://tokens.example',
  clock: () => NOW * 1000,
  bindToExpiry: true,
} as const

async function ask(exp: number, body: object = {}, path?: string): Promise<Request> {
  const claims = { iss: OPTIONS.issuer, aud: OPTIONS.audience, sub: 'alice', exp }
  const jwt = new SignJWT(claims).setProtectedHeader({ alg: 'HS256' })
  const token = await jwt.sign(new TextEncoder().encode(SECRET))
  const headers = { authorization: `Bearer ${token}` }
  const wish = { channel: 'room-42', uid: 1234, ttl: '1h', ...body }
  return tokenRequest(wish, { headers, ...(path !== undefined && { path }) })
}

function endpoint(
  authenticate: Authenticator<unknown> = bearerJwt(OPTIONS),
  options: Partial<TokenHandlerOptions<User>> = {},
) {
  const { clock } = OPTIONS
  return testEndpoint({ authenticate: authenticate as Authenticator<User>, clock, ...options })
    .handler
}

describe('bindToExpiry', () => {
  it.each<[string, Authenticator<unknown>]>([
    ['a subject of its own', bearerJwt(OPTIONS)],
    ['an object', bearerJwt({ ...OPTIONS, toSubject: ({ sub }) => ({ id: sub }) })],
    ['a text', bearerJwt({ ...OPTIONS, toSubject: async ({ sub }: JWTPayload) => sub })],
    ['one of several', firstOf(() => null, bearerJwt(OPTIONS))],
    [
      'another that is made of it',
      async (request, context) => ({ user: await bearerJwt(OPTIONS)(request, context) }),
    ],
  ])('ends the token with the JWT of %s', async (_what, authenticate) => {
    const handler = endpoint(authenticate)
    expect(await granted(handler, await ask(NOW + 600))).toMatchObject({ expiresAt: NOW + 600 })
    expect(await granted(handler, await ask(NOW + 9999))).toMatchObject({ expiresIn: 3600 })
  })

  it('ends a renewal with it too', async () => {
    const handler = endpoint()
    const { token: previousToken } = await granted(handler, await ask(NOW + 300))
    const body = { previousToken, ttl: '1h' }
    expect(await granted(handler, await ask(NOW + 700, body))).toMatchObject({
      expiresAt: NOW + 700,
    })
  })

  it('leaves a life that the policy makes shorter as it is', async () => {
    const handler = endpoint(bearerJwt(OPTIONS), { authorize: () => allow({ ttl: 120 }) })
    expect(await granted(handler, await ask(NOW + 600))).toMatchObject({ expiresIn: 120 })
  })

  it('holds where the routes of agora-token-service ask', async () => {
    const handler = endpoint(bearerJwt(OPTIONS), { compat: { routes: 'agora-token-service' } })
    const body = {
      tokenType: 'rtc',
      channel: 'room-42',
      uid: '1234',
      role: 'subscriber',
      expire: 3600,
    }
    const { headers } = await ask(NOW + 600)
    const { status, body: reply } = await handler.respond(
      new Request('http://localhost/getToken', {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      }),
    )
    expect(status).toBe(200)
    const { token } = JSON.parse(reply) as { token: string }
    const expected = { appId: PROJECT.appId, appCertificate: PROJECT.appCertificate, now: NOW }
    expect(verifyToken(token, expected)).toMatchObject({ expiresAt: NOW + 600 })
  })

  it('is not the default', async () => {
    const handler = endpoint(bearerJwt({ ...OPTIONS, bindToExpiry: false }))
    expect(await granted(handler, await ask(NOW + 600))).toMatchObject({ expiresIn: 3600 })
  })

  it.each([59, 30, 1, 0.5, 0, -1, -4])(
    'gives nothing for a JWT that has %d s left, less than a token lives at least',
    async (left) => {
      const events: TokenEvent[] = []
      const handler = endpoint(bearerJwt(OPTIONS), { onEvent: (event) => void events.push(event) })
      const problem = await refused(handler, await ask(NOW + left))
      expect(problem).toMatchObject({ status: 401, code: 'unauthenticated' })
      expect(events).toMatchObject([{ type: 'auth.failed', reason: 'expired' }])
    },
  )

  it('stops the start when it is no yes or no', () => {
    expect(() => bearerJwt({ ...OPTIONS, bindToExpiry: 'yes' as never })).toThrow(
      new TypeError('bearerJwt bindToExpiry: boolean expected'),
    )
  })
})
