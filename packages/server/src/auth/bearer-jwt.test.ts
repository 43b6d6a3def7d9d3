import type { Authenticator } from './authenticator.ts'
import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from 'jose'
import { describe, expect, expectTypeOf, it } from 'vitest'

import { bearerJwt, type BearerJwtOptions, type JwtSubject } from './bearer-jwt.ts'

const NOW = 1_795_288_141
const SECRET = 'jwt-secret-0123456789-0123456789'
const ISSUER = 'https://id.example/'
const AUDIENCE = 'https://tokens.example'
const CLAIMS = { iss: ISSUER, aud: AUDIENCE, sub: 'alice', exp: NOW + 60 }
const CHECKS = { issuer: ISSUER, audience: AUDIENCE, clock: () => NOW * 1000 }
const BY_SECRET = { ...CHECKS, secret: SECRET }
const CONTEXT = { signal: new AbortController().signal }

const rsa = await generateKeyPair('RS256', { extractable: true })
const ec = await generateKeyPair('ES256', { extractable: true })
const rsaPem = await exportSPKI(rsa.publicKey)
const rsaJwk = await exportJWK(rsa.publicKey)
const ecJwk = await exportJWK(ec.publicKey)

type SigningKey = Uint8Array | CryptoKeyLike
type CryptoKeyLike = typeof rsa.privateKey

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

function sign(
  claims: JWTPayload = CLAIMS,
  key: SigningKey = bytes(SECRET),
  header: JWTHeaderParameters = { alg: 'HS256' },
): Promise<string> {
  return new SignJWT(claims).setProtectedHeader(header).sign(key)
}

function whoIs(token: string, options: BearerJwtOptions = BY_SECRET): Promise<unknown> {
  const headers = { authorization: `Bearer ${token}` }
  const request = new Request('http://localhost/', { headers })
  return Promise.resolve(bearerJwt(options)(request, CONTEXT))
}

describe('bearerJwt', () => {
  it('knows the subject of a token', async () => {
    expect(await whoIs(await sign())).toEqual({ id: 'alice', claims: CLAIMS })
  })

  it.each([
    ['the text of a public key', rsaPem, rsa, 'RS256'],
    ['a JWK with an algorithm', { ...rsaJwk, alg: 'RS256' }, rsa, 'RS256'],
    ['a JWK of RSA', rsaJwk, rsa, 'RS256'],
    ['a JWK of an elliptic curve', ecJwk, ec, 'ES256'],
  ] as const)('verifies by %s', async (_what, publicKey, keys, alg) => {
    const options = { ...CHECKS, publicKey }
    expect(await whoIs(await sign(CLAIMS, keys.privateKey, { alg }), options)).not.toBeNull()
    expect(await whoIs(await sign(), options)).toBeNull()
  })

  it('verifies by a PEM of another algorithm that is named', async () => {
    const token = await sign(CLAIMS, ec.privateKey, { alg: 'ES256' })
    const publicKey = `\n${await exportSPKI(ec.publicKey)}`
    const options = { ...CHECKS, publicKey, algorithms: ['ES256'] }
    expect(await whoIs(token, options)).not.toBeNull()
    await expect(whoIs(token, { ...CHECKS, publicKey })).resolves.toBeNull()
  })

  it('says at a token when a key does not fit its algorithm', async () => {
    const options = { ...CHECKS, publicKey: rsaPem, algorithms: ['ES256'] }
    const token = await sign(CLAIMS, ec.privateKey, { alg: 'ES256' })
    await expect(whoIs(token, options)).rejects.toThrow(
      new TypeError('bearerJwt publicKey: a public key for ES256 expected'),
    )
  })

  it('takes a list of issuers, of audiences and of algorithms', async () => {
    const names = { issuer: ['https://other/', ISSUER], audience: ['x', AUDIENCE] }
    const secret = SECRET.repeat(2)
    const options = { ...CHECKS, ...names, secret, algorithms: ['HS256', 'HS512'] }
    expect(await whoIs(await sign(CLAIMS, bytes(secret), { alg: 'HS512' }), options)).not.toBeNull()
    expect(await whoIs(await sign(CLAIMS, bytes(secret), { alg: 'HS384' }), options)).toBeNull()
  })

  it('does without issuer or audience where that is asked for by name', async () => {
    const { aud: _aud, ...noAudience } = CLAIMS
    const { iss: _iss, ...noIssuer } = CLAIMS
    const { secret, clock, issuer, audience } = BY_SECRET
    const anyAudience = { secret, clock, issuer, unsafeAnyAudience: true } as const
    const anyIssuer = { secret, clock, audience, unsafeAnyIssuer: true } as const
    expect(await whoIs(await sign(noAudience), anyAudience)).not.toBeNull()
    expect(await whoIs(await sign(noIssuer), anyIssuer)).not.toBeNull()
    expect(await whoIs(await sign(noAudience), anyIssuer)).toBeNull()
    expect(await whoIs(await sign(noIssuer), anyAudience)).toBeNull()
  })

  it('makes the subject that it is told to', async () => {
    const options = { ...BY_SECRET, toSubject: async ({ sub }: JWTPayload) => ({ user: sub }) }
    const authenticate = bearerJwt(options)
    expectTypeOf(authenticate).toEqualTypeOf<Authenticator<{ user: string | undefined }>>()
    expectTypeOf(bearerJwt(BY_SECRET)).toEqualTypeOf<Authenticator<JwtSubject>>()
    expect(await whoIs(await sign(), options)).toEqual({ user: 'alice' })
    expect(await whoIs(await sign(), { ...options, toSubject: () => null } as never)).toBeNull()
  })

  it('allows for clocks that differ by a little', async () => {
    const late = await sign({ ...CLAIMS, exp: NOW - 4 })
    expect(await whoIs(late)).not.toBeNull()
    expect(await whoIs(late, { ...BY_SECRET, clockToleranceSeconds: 0 })).toBeNull()
    const early = await sign({ ...CLAIMS, nbf: NOW + 60 })
    expect(await whoIs(early, { ...BY_SECRET, clockToleranceSeconds: 60 })).not.toBeNull()
  })

  it.each([
    ['of another issuer', { iss: 'https://evil.example/' }],
    ['of an issuer that only begins alike', { iss: `${ISSUER}evil` }],
    ['without an issuer', { iss: undefined }],
    ['for another audience', { aud: 'https://mail.example' }],
    ['for a list of other audiences', { aud: ['https://mail.example', 'x'] }],
    ['without an audience', { aud: undefined }],
    ['that is over', { exp: NOW - 6 }],
    ['that never ends', { exp: undefined }],
    ['that ends at a text', { exp: '9999999999' as never }],
    ['that is not valid yet', { nbf: NOW + 6 }],
    ['without a subject', { sub: undefined }],
    ['with a blank subject', { sub: ' ' }],
    ['with a number as subject', { sub: 7 as never }],
  ])('does not accept a token %s', async (_what, spoilt) => {
    expect(await whoIs(await sign({ ...CLAIMS, ...spoilt } as JWTPayload))).toBeNull()
  })

  it('does not accept a token without signature', async () => {
    const none = new UnsecuredJWT(CLAIMS).encode()
    const [, payload, signature] = (await sign()).split('.')
    const headers = ['none', 'None', 'NONE', ''].map((alg) => JSON.stringify({ alg, typ: 'JWT' }))
    const forged = headers.map((text) => Buffer.from(text).toString('base64url'))
    const tokens = forged.flatMap((header) => [
      `${header}.${payload}.`,
      `${header}.${payload}.${signature}`,
    ])
    for (const token of [none, ...tokens]) {
      expect(await whoIs(token)).toBeNull()
      expect(await whoIs(token, { ...CHECKS, publicKey: rsaPem })).toBeNull()
    }
  })

  it('does not take the PEM of the public key for a secret', async () => {
    const jwk = rsaJwk
    for (const text of [rsaPem, rsaPem.trim(), `${rsaPem}\n`, JSON.stringify(jwk), jwk.n ?? '']) {
      const token = await sign(CLAIMS, bytes(text))
      expect(await whoIs(token, { ...CHECKS, publicKey: rsaPem })).toBeNull()
      expect(await whoIs(token, { ...CHECKS, publicKey: jwk })).toBeNull()
    }
  })

  it.each([
    ['another secret', async () => sign(CLAIMS, bytes(SECRET.toUpperCase()))],
    ['a stronger algorithm', async () => sign(CLAIMS, bytes(SECRET.repeat(2)), { alg: 'HS512' })],
    ['a private key', async () => sign(CLAIMS, rsa.privateKey, { alg: 'RS256' })],
    ['a key of its own', async () => sign(CLAIMS, rsa.privateKey, { alg: 'RS256', jwk: rsaJwk })],
    [
      'a key from its own address',
      async () =>
        sign(CLAIMS, rsa.privateKey, { alg: 'RS256', jku: 'http://127.0.0.1:1/', kid: 'x' }),
    ],
  ])('does not accept a token signed by %s', async (_what, make) => {
    expect(await whoIs(await make())).toBeNull()
  })

  it('does not accept a token with an extension that it does not know', async () => {
    const token = await new SignJWT(CLAIMS)
      .setProtectedHeader({ alg: 'HS256', crit: ['x'], x: 1 })
      .sign(bytes(SECRET), { crit: { x: true } })
    expect(await whoIs(token)).toBeNull()
  })

  it('does not accept a token with any character changed', async () => {
    const token = await sign()
    for (let at = 0; at < token.length; at += 3) {
      const changed = token[at] === 'A' ? 'B' : 'A'
      // The last character of a part holds spare bits, which some readers ignore.
      if (token[at] === '.' || token[at + 1] === '.' || at === token.length - 1) continue
      expect(await whoIs(token.slice(0, at) + changed + token.slice(at + 1))).toBeNull()
    }
  })

  it.each([
    '',
    'x',
    '.',
    '..',
    'a.b',
    'a.b.c',
    'a.b.c.d',
    'e30.e30.',
    'bnVsbA.bnVsbA.AAAA',
    'a'.repeat(9999),
  ])('knows nobody by %j', async (token) => {
    expect(await whoIs(token)).toBeNull()
    expect(await whoIs(token, { ...CHECKS, publicKey: rsaPem })).toBeNull()
  })

  it('refuses a request with two tokens, and one without a token', async () => {
    const token = await sign()
    expect(await whoIs(`${token}, Bearer ${token}`)).toBeNull()
    const request = new Request('http://localhost/', { headers: { cookie: token } })
    expect(await bearerJwt(BY_SECRET)(request, CONTEXT)).toBeNull()
  })
})
