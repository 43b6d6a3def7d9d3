import { exportJWK, exportSPKI, generateKeyPair } from 'jose'
import { describe, expect, expectTypeOf, it } from 'vitest'

import { bearerJwt, type BearerJwtOptions } from './bearer-jwt.ts'

const SECRET = 'jwt-secret-0123456789-0123456789'
const AUDIENCE = 'https://tokens.example'
const BY_SECRET = { secret: SECRET, issuer: 'https://id.example/', audience: AUDIENCE }

const rsa = await generateKeyPair('RS256', { extractable: true })
const rsaPem = await exportSPKI(rsa.publicKey)
const privateJwk = await exportJWK(rsa.privateKey)

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('the options of bearerJwt', () => {
  it.each([
    [{ secret: undefined }, 'bearerJwt: exactly one of jwksUrl, secret, publicKey expected'],
    [{ publicKey: rsaPem }, 'bearerJwt: exactly one of jwksUrl, secret, publicKey expected'],
    [{ jwksOptions: {} }, 'bearerJwt jwksOptions: expected only with jwksUrl'],
    [{ secret: 'x'.repeat(31) }, 'bearerJwt secret: at least 32 bytes expected, got 31'],
    [{ algorithms: ['HS512'] }, 'bearerJwt secret: at least 64 bytes expected, got 32'],
    [{ secret: 42 }, 'bearerJwt secret: string or bytes expected'],
    [
      { secret: rsaPem },
      'bearerJwt secret: string or bytes expected, got a key in PEM; pass it as publicKey',
    ],
    [
      { secret: bytes(rsaPem) },
      'bearerJwt secret: string or bytes expected, got a key in PEM; pass it as publicKey',
    ],
    [{ algorithms: ['RS256'] }, 'bearerJwt algorithms: a list from HS256, HS384, HS512 expected'],
    [{ algorithms: ['none'] }, 'bearerJwt algorithms: a list from HS256, HS384, HS512 expected'],
    [{ algorithms: [] }, 'bearerJwt algorithms: a list from HS256, HS384, HS512 expected'],
    [{ algorithms: 'HS256' }, 'bearerJwt algorithms: a list from HS256, HS384, HS512 expected'],
    [
      { secret: undefined, publicKey: rsaPem, algorithms: ['HS256'] },
      /^bearerJwt algorithms: a list from RS256/,
    ],
    [
      { secret: undefined, publicKey: rsaPem, algorithms: ['RS256', 'PS256'] },
      'bearerJwt algorithms: exactly one expected with publicKey',
    ],
    [
      { secret: undefined, publicKey: SECRET },
      'bearerJwt publicKey: PEM or JWK of a public key expected',
    ],
    [
      { secret: undefined, publicKey: privateJwk },
      'bearerJwt publicKey: PEM or JWK of a public key expected',
    ],
    [
      { secret: undefined, publicKey: { kty: 'oct', k: SECRET } },
      'bearerJwt publicKey: PEM or JWK of a public key expected',
    ],
    [
      { secret: undefined, publicKey: { kty: 'EC', crv: 'X', x: '', y: '' } },
      /^bearerJwt algorithms: a list from RS256/,
    ],
    [
      { issuer: undefined },
      'bearerJwt issuer: string or list of strings expected, or unsafeAnyIssuer: true',
    ],
    [
      { issuer: '' },
      'bearerJwt issuer: string or list of strings expected, or unsafeAnyIssuer: true',
    ],
    [
      { issuer: null },
      'bearerJwt issuer: string or list of strings expected, or unsafeAnyIssuer: true',
    ],
    [
      { unsafeAnyIssuer: true },
      'bearerJwt issuer: string or list of strings expected, or unsafeAnyIssuer: true',
    ],
    [
      { audience: undefined },
      'bearerJwt audience: string or list of strings expected, or unsafeAnyAudience: true',
    ],
    [
      { audience: [] },
      'bearerJwt audience: string or list of strings expected, or unsafeAnyAudience: true',
    ],
    [
      { audience: [AUDIENCE, 7] },
      'bearerJwt audience: string or list of strings expected, or unsafeAnyAudience: true',
    ],
    [
      { audience: undefined, unsafeAnyAudience: 'yes' },
      'bearerJwt audience: string or list of strings expected, or unsafeAnyAudience: true',
    ],
    [{ clockToleranceSeconds: -1 }, 'bearerJwt clockToleranceSeconds: 0 to 300 expected, got -1'],
    [
      { clockToleranceSeconds: Infinity },
      'bearerJwt clockToleranceSeconds: 0 to 300 expected, got Infinity',
    ],
    [{ clock: 0 }, 'bearerJwt clock: function expected'],
    [{ toSubject: 'sub' }, 'bearerJwt toSubject: function expected'],
    [{ audiance: AUDIENCE }, /^bearerJwt options: only .* expected, got audiance$/],
    [{ secret: undefined, jwksUrl: 'id.example' }, /^bearerJwt jwksUrl: https URL/],
    [{ secret: undefined, jwksUrl: 'http://id.example/jwks' }, /^bearerJwt jwksUrl: https URL/],
    [{ secret: undefined, jwksUrl: 'http://evillocalhost/jwks' }, /^bearerJwt jwksUrl: https URL/],
    [
      { secret: undefined, jwksUrl: 'http://127.0.0.1.evil.example/jwks' },
      /^bearerJwt jwksUrl: https URL/,
    ],
    [{ secret: undefined, jwksUrl: 'file:///etc/jwks' }, /^bearerJwt jwksUrl: https URL/],
    [
      { secret: undefined, jwksUrl: 'https://user:pass@id.example/' },
      /^bearerJwt jwksUrl: https URL/,
    ],
    [
      { secret: undefined, jwksUrl: 'https://id.example/', algorithms: ['HS256'] },
      /^bearerJwt algorithms: a list from RS256/,
    ],
  ])('stops the start at %o', (spoilt, message) => {
    const options = { ...BY_SECRET, ...spoilt } as unknown as BearerJwtOptions
    expect(() => bearerJwt(options)).toThrow(TypeError)
    expect(() => bearerJwt(options)).toThrow(
      typeof message === 'string' ? new TypeError(message) : message,
    )
  })

  it('does not compile without issuer and audience', () => {
    const { issuer, audience, secret } = BY_SECRET
    expectTypeOf({ secret, issuer }).not.toMatchTypeOf<BearerJwtOptions>()
    expectTypeOf({ secret, audience }).not.toMatchTypeOf<BearerJwtOptions>()
    expectTypeOf({ secret, issuer, audience }).toMatchTypeOf<BearerJwtOptions>()
  })
})
