import { type Authenticator, firstOf } from '../../src/auth/authenticator.ts'
import {
  generateKeyPair,
  type CryptoKey,
  exportSPKI,
  type JWTHeaderParameters,
  SignJWT,
} from 'jose'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'

import { bearerJwt } from '../../src/auth/bearer-jwt.ts'
import { session } from '../../src/auth/session.ts'
import { sharedSecret } from '../../src/auth/shared-secret.ts'
import { createTickets } from '../../src/auth/tickets.ts'
import type { AuthReason } from '../../src/errors/auth-fault.ts'
import { pinoEvents } from '../../src/telemetry/pino-events.ts'
import { prometheus } from '../../src/telemetry/prometheus.ts'
import { combineTelemetry } from '../../src/telemetry/telemetry.ts'
import type { TokenEvent } from '../../src/telemetry/token-event.ts'
import { NOW, testEndpoint, tokenRequest, type User } from '../support/token-endpoint.ts'

const SECRET = 'jwt-secret-0123456789-0123456789'
const ISSUER = 'https://id.example/'
const AUDIENCE = 'https://tokens.example'
const CLAIMS = { iss: ISSUER, aud: AUDIENCE, sub: 'alice', exp: NOW + 60 }
const clock = (): number => NOW * 1000
const CHECKS = { issuer: ISSUER, audience: AUDIENCE, clock }
const rsa = await generateKeyPair('RS256')
const stranger = await generateKeyPair('RS256')
const tickets = createTickets<User>({ secrets: [SECRET], clock })

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const bySecret = bearerJwt({ ...CHECKS, secret: SECRET })
const byKey = bearerJwt({ ...CHECKS, publicKey: await exportSPKI(rsa.publicKey) })

function sign(
  claims: object = {},
  key: Uint8Array | CryptoKey = bytes(SECRET),
  header: JWTHeaderParameters = { alg: 'HS256' },
): Promise<string> {
  return new SignJWT({ ...CLAIMS, ...claims }).setProtectedHeader(header).sign(key)
}

const ticketAt = (at: number): Promise<string> =>
  createTickets<User>({ secrets: [SECRET], clock: () => at * 1000 }).issue({ id: 'alice' }, '1m')

/** The header that is sent, the authenticator, and the reason that events report. */
type Row = readonly [AuthReason, RegExp, Authenticator<User>, () => string | Promise<string>]

const ROWS: readonly Row[] = [
  [
    'wrong_issuer',
    /^The claim iss of the JWT is not https:\/\/id\.example\/$/,
    bySecret,
    () => sign({ iss: 'https://EVIL.example' }),
  ],
  ['wrong_issuer', /^The claim iss of the JWT is not/, bySecret, () => sign({ iss: undefined })],
  [
    'wrong_audience',
    /^The claim aud of the JWT is not https:\/\/tokens\.example$/,
    bySecret,
    () => sign({ aud: 'EVIL' }),
  ],
  ['wrong_audience', /^The claim aud of the JWT is not/, bySecret, () => sign({ aud: undefined })],
  [
    'wrong_audience',
    /^The claim aud of the JWT is not/,
    bySecret,
    () => sign({ aud: ['EVIL', 7] }),
  ],
  [
    'end_missing',
    /^The claim exp of the JWT is missing$/,
    bySecret,
    () => sign({ exp: undefined }),
  ],
  [
    'claim_malformed',
    /^The claim exp of the JWT is not a number$/,
    bySecret,
    () => sign({ exp: 'EVIL' }),
  ],
  [
    'claim_malformed',
    /^The claim nbf of the JWT is not a number$/,
    bySecret,
    () => sign({ nbf: 'EVIL' }),
  ],
  ['expired', /^The JWT expired 61 s ago$/, bySecret, () => sign({ exp: NOW - 61 })],
  [
    'not_yet_valid',
    /^The JWT becomes valid in 61 s \(nbf\)$/,
    bySecret,
    () => sign({ nbf: NOW + 61 }),
  ],
  ['no_subject', /give no subject/, bySecret, () => sign({ sub: undefined })],
  ['no_subject', /give no subject/, bySecret, () => sign({ sub: { EVIL: 1 } })],
  [
    'wrong_signature',
    /^The signature of the JWT does not match the secret$/,
    bySecret,
    () => sign({}, bytes(SECRET.toUpperCase())),
  ],
  [
    'wrong_signature',
    /match the public key$/,
    byKey,
    () => sign({}, stranger.privateKey, { alg: 'RS256' }),
  ],
  ['wrong_algorithm', /^The JWT is not signed with RS256$/, byKey, () => sign()],
  [
    'wrong_algorithm',
    /^The JWT is not signed with HS256$/,
    bySecret,
    async () => `${btoa('{"alg":"none"}').replaceAll('=', '')}.${(await sign()).split('.')[1]}.`,
  ],
  ['malformed', /^The bearer token is not a readable JWT/, bySecret, () => 'EVIL'],
  ['malformed', /^The bearer token is not a readable JWT/, bySecret, () => 'EVIL.EVIL.EVIL'],
  [
    'malformed',
    /^The authorization header does not hold exactly one/,
    bySecret,
    async () => `${await sign()}, Bearer ${await sign()}`,
  ],
  [
    'wrong_signature',
    /^The ticket is not signed with any/,
    tickets.authenticate,
    async () => (await ticketAt(NOW)).slice(0, -1),
  ],
  ['expired', /^The ticket expired 240 s ago$/, tickets.authenticate, () => ticketAt(NOW - 300)],
  ['no_credential', /^The request has no ticket/, tickets.authenticate, () => sign()],
  [
    'wrong_secret',
    /^The secret is not one of those/,
    sharedSecret({ secrets: [SECRET], subject: { id: 'backend' } }),
    () => 'EVIL-secret-0123456789-0123456789',
  ],
  ['no_session', /found no user/, session(() => null), () => 'EVIL'],
  [
    'wrong_audience',
    /^The claim aud of the JWT/,
    firstOf(
      tickets.authenticate,
      bySecret,
      byKey,
      session(() => null),
    ),
    () => sign({ aud: 'EVIL' }),
  ],
  [
    'expired',
    /^The ticket expired/,
    firstOf(bySecret, tickets.authenticate),
    () => ticketAt(NOW - 300),
  ],
]

describe('why a caller was not recognised', () => {
  it.each(ROWS)('is %s: %s', async (reason, detail, authenticate, credential) => {
    const watched = watch(authenticate)
    const token = await credential()
    const body = await watched.send(token)
    expect(watched.events).toEqual([
      expect.objectContaining({
        type: 'auth.failed',
        reason,
        detail: expect.stringMatching(detail),
      }),
    ])
    expect(JSON.parse(watched.lines[0] ?? '')).toMatchObject({ msg: 'auth.failed', reason })
    expect(await watched.metrics()).toContain(`agora_token_auth_failed_total{reason="${reason}"} 1`)
    const told = JSON.stringify(watched.events) + watched.lines.join() + (await watched.metrics())
    expect(told + body).not.toMatch(/EVIL/)
    for (const part of token.split('.')) {
      if (part.length > 9) expect(told + body).not.toContain(part.slice(0, 9))
    }
    expect(watched.failures).toEqual([])
  })

  it('is the same reply for every reason', async () => {
    const bodies = await Promise.all(
      ROWS.map(async ([, , authenticate, credential]) =>
        watch(authenticate).send(await credential()),
      ),
    )
    expect(new Set(bodies.map((body) => body.replace(/"requestId":"[^"]+"/, ''))).size).toBe(1)
  })

  it('is that there is no header', async () => {
    const watched = watch(firstOf(bySecret, tickets.authenticate))
    await watched.send(undefined)
    expect(watched.events).toMatchObject([
      { reason: 'no_credential', detail: 'The request has no authorization header' },
    ])
  })

  it('is told of those who may not inspect as well', async () => {
    const events: TokenEvent[] = []
    const inspect = { authenticate: bySecret }
    const { handler } = testEndpoint({ inspect, onEvent: (event) => void events.push(event) })
    const headers = { authorization: `Bearer ${await sign({ aud: 'EVIL' })}` }
    await handler.respond(tokenRequest({ token: 'x' }, { path: '/v1/tokens/inspect', headers }))
    expect(events).toMatchObject([{ type: 'auth.failed', reason: 'wrong_audience' }])
  })
})

function watch(authenticate: Authenticator<User>) {
  const events: TokenEvent[] = []
  const lines: string[] = []
  const metrics = prometheus()
  const logger = pino({ base: null }, { write: (line) => void lines.push(line) })
  const { handler, failures } = testEndpoint({
    authenticate,
    onEvent: (event) => void events.push(event),
    telemetry: combineTelemetry(metrics, pinoEvents(logger)),
  })
  const send = async (token: string | undefined): Promise<string> => {
    const request = tokenRequest()
    request.headers.delete('authorization')
    if (token !== undefined) request.headers.set('authorization', `Bearer ${token}`)
    const { status, body } = await handler.respond(request)
    expect(status).toBe(401)
    return body
  }
  return { send, events, lines, failures, metrics: () => metrics.metrics() }
}
