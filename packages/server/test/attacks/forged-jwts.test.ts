import { type Authenticator, firstOf } from '../../src/auth/authenticator.ts'
import { createHmac, generateKeyPairSync, type KeyObject, sign as signBy } from 'node:crypto'

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { bearerJwt } from '../../src/auth/bearer-jwt.ts'
import { createTickets } from '../../src/auth/tickets.ts'
import { IdentityProvider } from '../support/identity-provider.ts'
import type { User } from '../support/token-endpoint.ts'
import { attackedEndpoint, TARGET } from './attacked-endpoint.ts'

const RUNS = 3000 * Number(process.env['RANDOM_SHARE'])
const SEED = Number(process.env['RANDOM_SEED'])

const SECRET = 'jwt-secret-0123456789-0123456789'
const NAMES = { issuer: 'https://id.example/', audience: 'https://tokens.example' }
const CLAIMS = { iss: NAMES.issuer, aud: NAMES.audience, sub: 'alice', exp: TARGET.now + 60 }
const genuine = generateKeyPairSync('rsa', { modulusLength: 2048 })
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 })
const jwk = genuine.publicKey.export({ format: 'jwk' })
const pem = genuine.publicKey.export({ format: 'pem', type: 'spki' }).toString()

let provider: IdentityProvider
let authenticators: Readonly<Record<string, Authenticator<User>>> = {}

beforeAll(async () => {
  provider = await IdentityProvider.start()
  provider.send(
    JSON.stringify({
      keys: [
        { ...jwk, kid: 'genuine' },
        { ...jwk, kid: 'other' },
      ],
    }),
  )
  const bySecret = bearerJwt({ ...NAMES, secret: SECRET })
  const byKey = bearerJwt({ ...NAMES, publicKey: pem })
  const bySet = bearerJwt({ ...NAMES, jwksUrl: provider.jwksUrl, bindToExpiry: true })
  const tickets = createTickets<User>({ secrets: [SECRET] })
  const all = firstOf(bySet, tickets.authenticate, bySecret, byKey)
  authenticators = { bySecret, byKey, bySet, all }
})
afterAll(() => provider.stop())

const base64url = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

/** What an attacker can sign with: nothing, their own key, or what is public of ours. */
const SIGNERS: Readonly<Record<string, (input: string) => string>> = {
  nothing: () => '',
  'something else': () => base64url('EVIL'),
  'their own key': (input) => rsa(stranger.privateKey, input),
  'the text of the public key': (input) => hmac(pem, input),
  'its text without the break': (input) => hmac(pem.trim(), input),
  'the number of the public key': (input) => hmac(jwk.n ?? '', input),
  'an empty secret': (input) => hmac('', input),
}

const rsa = (key: KeyObject, input: string): string =>
  signBy('sha256', Buffer.from(input), key).toString('base64url')
const hmac = (secret: string, input: string): string =>
  createHmac('sha256', secret).update(input).digest('base64url')

const EVIL = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>('EVIL', ['EVIL'], { EVIL: 1 }, -1, 1e308, '', '\u2028EVIL\r\nEVIL'),
)
const HEADER = fc.record(
  {
    alg: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('RS256', 'HS256') },
      fc.constantFrom('none', 'None', 'nOnE', 'HS512', 'PS256', 'ES256', 'EdDSA', 'RSA-OAEP', ''),
      EVIL,
    ),
    kid: fc.oneof(fc.constantFrom('genuine', 'other', '__proto__', '../genuine', 'EVIL'), EVIL),
    typ: EVIL,
    cty: EVIL,
    crit: fc.oneof(fc.constantFrom(['exp'], ['b64'], ['EVIL'], []), EVIL),
    b64: EVIL,
    jwk: fc.constant(stranger.publicKey.export({ format: 'jwk' })),
    jku: fc.constant('http://127.0.0.1:1/EVIL'),
    x5u: fc.constant('http://127.0.0.1:1/EVIL'),
    x5c: EVIL,
  },
  { requiredKeys: ['alg'] },
)
const PAYLOAD = fc.oneof(
  { weight: 3, arbitrary: fc.constant<unknown>(CLAIMS) },
  fc.record(
    { iss: EVIL, aud: EVIL, sub: EVIL, exp: EVIL, nbf: EVIL, iat: EVIL },
    { requiredKeys: [] },
  ),
  fc.constantFrom<unknown>('null', '[]', '7', '"EVIL"', '{', '{"exp":1e999}', '\u0000', ''),
)
const FORGED = fc.record({
  header: fc.oneof({ weight: 9, arbitrary: HEADER }, EVIL),
  payload: PAYLOAD,
  signer: fc.constantFrom(...Object.keys(SIGNERS)),
  tail: fc.constantFrom('', '', '', '', '.', '.EVIL', '='),
})

describe('forged JWTs', () => {
  it('are told from genuine ones', async () => {
    const { send } = attackedEndpoint({ authenticate: authenticators['all']! })
    const input = `${base64url({ alg: 'RS256', kid: 'genuine' })}.${base64url(CLAIMS)}`
    const authorization = `Bearer ${input}.${rsa(genuine.privateKey, input)}`
    expect((await send(ask(authorization))).status).toBe(200)
  })

  it.each(['bySecret', 'byKey', 'bySet', 'all'])(
    `open nothing %s, and get into no log, ${RUNS} times from the seed ${SEED}`,
    { timeout: 60_000 + RUNS * 50 },
    async (name) => {
      const authenticate = authenticators[name]!
      const property = fc.asyncProperty(FORGED, async ({ header, payload, signer, tail }) => {
        const input = `${base64url(header)}.${base64url(payload)}`
        const token = `${input}.${SIGNERS[signer]!(input)}${tail}`
        const { send, signatures, events, output } = attackedEndpoint({ authenticate })
        const { status, body } = await send(ask(`Bearer ${token}`))
        expect([401, 503]).toContain(status)
        expect(signatures()).toBe(0)
        expect(events).toEqual([expect.objectContaining({ type: 'auth.failed' })])
        const [event] = events
        if (event?.type !== 'auth.failed') return
        expect(event.reason).not.toBe('unspecified')
        expect(status === 503).toBe(event.reason === 'key_not_yet_known')
        expect(event.detail).toMatch(/^[ -~]{10,300}$/)
        expect(body + output()).not.toMatch(/EVIL|RVZJTC/)
        expect(body).not.toContain(event.detail)
      })
      await fc.assert(property, { numRuns: RUNS, seed: SEED })
    },
  )
})

function ask(authorization: string) {
  const headers = { 'content-type': 'application/json', authorization }
  const body = '{"channel":"room-42","uid":1234}'
  return { method: 'POST', path: '/v1/tokens', headers, body }
}
