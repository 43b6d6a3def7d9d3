import type { Authenticator } from './authenticator.ts'
import { inspect } from 'node:util'

import { generateKeyPair, exportPKCS8, SignJWT } from 'jose'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { bearerJwt } from './bearer-jwt.ts'
import { session } from './session.ts'
import { sharedSecret } from './shared-secret.ts'
import { createTickets } from './tickets.ts'

const SECRET = 'TOPSECRET-0123456789-0123456789-abc'
const SHORT = 'TOPSECRET'
const ID = { issuer: 'https://id.example/', audience: 'x' }
const { privateKey } = await generateKeyPair('RS256', { extractable: true })
const pem = (await exportPKCS8(privateKey)).replace('\n', '\nTOPSECRET')
const closed = 'http://127.0.0.1:1/jwks?key=TOPSECRET'
const jwt = await new SignJWT({ sub: 'TOPSECRET' })
  .setProtectedHeader({ alg: 'RS256' })
  .sign(privateKey)

const printers = [vi.spyOn(console, 'log'), vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')]

afterEach(() => {
  for (const printer of printers) expect(printer).not.toHaveBeenCalled()
})

/** All that a log could show of a value: members that do not enumerate, causes and stack included. */
function shown(value: unknown): string {
  const text = inspect(value, { depth: null, showHidden: true })
  return `${text} ${JSON.stringify(value)} ${String(value)}`
}

function send(authenticate: Authenticator<unknown>, token: string): Promise<unknown> {
  const headers = { authorization: `Bearer ${token}` }
  const request = new Request('http://localhost/t/t1.TOPSECRET.x/', { headers })
  return (async () => authenticate(request, { signal: request.signal }))()
}

const STARTS: readonly [string, () => unknown][] = [
  ['a short secret', () => sharedSecret({ secrets: [SHORT], subject: {} })],
  ['a secret that is no list', () => sharedSecret({ secrets: SECRET as never, subject: {} })],
  ['a secret with a space', () => sharedSecret({ secrets: [`${SECRET} `], subject: {} })],
  [
    'a secret as header name',
    () => sharedSecret({ secrets: [SECRET], subject: {}, header: `${SECRET} ` }),
  ],
  ['a short ticket secret', () => createTickets({ secrets: [SHORT] })],
  ['a short secret of an HMAC', () => bearerJwt({ ...ID, secret: SHORT })],
  ['a private key as secret', () => bearerJwt({ ...ID, secret: pem })],
  ['a private key as public key', () => bearerJwt({ ...ID, publicKey: pem })],
  ['a secret as public key', () => bearerJwt({ ...ID, publicKey: SECRET })],
  ['a secret as JWK', () => bearerJwt({ ...ID, publicKey: { kty: 'oct', k: SECRET } })],
  ['a secret as algorithm', () => bearerJwt({ ...ID, secret: SECRET, algorithms: [SECRET] })],
  [
    'a password in an address',
    () => bearerJwt({ ...ID, jwksUrl: 'https://u:TOPSECRET@id.example/' }),
  ],
  ['a secret as address', () => bearerJwt({ ...ID, jwksUrl: SECRET })],
  [
    'a secret as tolerance',
    () => bearerJwt({ ...ID, secret: SECRET, clockToleranceSeconds: SECRET as never }),
  ],
]

const REQUESTS: readonly [string, () => Promise<unknown>][] = [
  ['a key set that is down', () => send(bearerJwt({ ...ID, jwksUrl: closed }), jwt)],
  [
    'a key of another kind',
    () =>
      send(
        bearerJwt({
          ...ID,
          publicKey: `-----BEGIN PUBLIC KEY-----\n${SECRET}\n-----END PUBLIC KEY-----`,
        }),
        jwt,
      ),
  ],
  [
    'an answer that is no user',
    () =>
      send(
        session(() => true),
        SECRET,
      ),
  ],
  [
    'a ticket for a subject too long',
    () => createTickets<object>({ secrets: [SECRET] }).issue({ id: SECRET.repeat(40) }, 60),
  ],
  [
    'a ticket for no object',
    () => createTickets<object>({ secrets: [SECRET] }).issue(SECRET as never, 60),
  ],
]

describe('secrets', () => {
  it.each(STARTS)('are not in the error about %s', (_what, start) => {
    try {
      start()
    } catch (error) {
      expect(error).toBeInstanceOf(TypeError)
      expect(shown(error)).not.toContain('TOPSECRET')
      return
    }
    throw new Error('expected a TypeError')
  })

  it.each(REQUESTS)('are not in the error about %s', async (_what, act) => {
    const error = await act().then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(Error)
    expect(shown(error)).not.toContain('TOPSECRET')
  })

  it.each([
    ['sharedSecret', sharedSecret({ secrets: [SECRET], subject: {} })],
    ['createTickets', createTickets({ secrets: [SECRET] })],
    ['bearerJwt', bearerJwt({ ...ID, secret: SECRET })],
    ['bearerJwt with a key set', bearerJwt({ ...ID, jwksUrl: closed })],
  ])('are not visible in what %s makes', (_what, made) => {
    expect(shown(made)).not.toContain('TOPSECRET')
  })

  it('are not in what is known of a caller who was refused', async () => {
    const authenticators = [
      sharedSecret({ secrets: [SECRET], subject: {} }),
      createTickets({ secrets: [SECRET] }).authenticate,
      bearerJwt({ ...ID, secret: SECRET }),
    ]
    const found = await Promise.all(authenticators.map((authenticate) => send(authenticate, jwt)))
    expect(found).toEqual([null, null, null])
  })
})
