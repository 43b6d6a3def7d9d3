import { generateKeyPairSync } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { testEndpoint, tokenRequest } from '../../test/support/token-endpoint.ts'
import { AuthenticatorUnavailable } from '../errors/refusal.ts'
import { bearerJwt } from './bearer-jwt.ts'

const ISSUER = 'https://id.example/'
const AUDIENCE = 'https://tokens.example'
// What a handler leaves to a hook by default.
const HOOK_MS = 5000
const CONTEXT = { signal: new AbortController().signal }

const first = await generateKeyPair('RS256')
const second = await generateKeyPair('RS256')
const stranger = await generateKeyPair('RS256')
const jwkOf = async (keys: typeof first, kid?: string): Promise<JWK> => ({
  ...(await exportJWK(keys.publicKey)),
  ...(kid !== undefined && { kid }),
})

/** What the identity provider answers with, and how often it was asked. */
const provider = { status: 200, body: '', hangs: false, asked: 0 }
let server: Server
let jwksUrl: string

beforeEach(async () => {
  Object.assign(provider, { status: 200, hangs: false, asked: 0 })
  provider.body = JSON.stringify({ keys: [await jwkOf(first, 'first')] })
  server = createServer((_req, res) => {
    provider.asked++
    if (provider.hangs) return
    res.writeHead(provider.status, { 'content-type': 'application/json' }).end(provider.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks?key=hidden`
})

afterEach(stopProvider)

async function stopProvider(): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

function sign(
  keys = first,
  header: { kid?: string; alg?: string } = { kid: 'first' },
): Promise<string> {
  return new SignJWT({ sub: 'alice' })
    .setProtectedHeader({ alg: 'RS256', ...header })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setExpirationTime('1h')
    .sign(keys.privateKey)
}

function verifier(jwksOptions = {}): (token: string) => Promise<unknown> {
  const authenticate = bearerJwt({ jwksUrl, jwksOptions, issuer: ISSUER, audience: AUDIENCE })
  return async (token) => {
    const headers = { authorization: `Bearer ${token}` }
    return authenticate(new Request('http://localhost/', { headers }), CONTEXT)
  }
}

describe('bearerJwt with a key set', () => {
  it('fetches the keys once, and at the first token only', async () => {
    const whoIs = verifier()
    expect(provider.asked).toBe(0)
    const tokens = await Promise.all([sign(), sign(), sign()])
    const found = await Promise.all(tokens.map(whoIs))
    expect(found).toEqual(Array(3).fill(expect.objectContaining({ id: 'alice' })))
    await whoIs(await sign())
    expect(provider.asked).toBe(1)
  })

  it('does not accept what another key signed, even if it names a known key', async () => {
    const whoIs = verifier()
    expect(await whoIs(await sign(stranger))).toBeNull()
    expect(await whoIs(await sign(stranger, { kid: 'unknown' }))).toBeNull()
    expect(await whoIs(await sign(stranger, { kid: '../../dev/null' }))).toBeNull()
    expect(await whoIs(await sign(stranger, { kid: "' OR 1=1 --" }))).toBeNull()
    expect(await whoIs(await sign(stranger, { kid: '__proto__' }))).toBeNull()
    expect(await whoIs(await sign(stranger, {}))).toBeNull()
  })

  it('does not let unknown key ids make it fetch again and again', async () => {
    const whoIs = verifier()
    for (let count = 0; count < 5; count++) {
      expect(await whoIs(await sign(stranger, { kid: `unknown-${count}` }))).toBeNull()
    }
    expect(provider.asked).toBe(1)
  })

  it('does not take a public key of the set for a secret', async () => {
    const { n = '' } = await jwkOf(first)
    const secret = new TextEncoder().encode(n)
    const token = await new SignJWT({ sub: 'alice', iss: ISSUER, aud: AUDIENCE, exp: 9e9 })
      .setProtectedHeader({ alg: 'HS256', kid: 'first' })
      .sign(secret)
    expect(await verifier()(token)).toBeNull()
    expect(provider.asked).toBe(0)
  })

  it('fetches a key that is new, once the pause is over', async () => {
    const whoIs = verifier({ cooldownDuration: 0 })
    await whoIs(await sign())
    provider.body = JSON.stringify({ keys: [await jwkOf(second, 'second')] })
    expect(await whoIs(await sign(second, { kid: 'second' }))).not.toBeNull()
    expect(await whoIs(await sign(first))).toBeNull()
  })

  it('tries every key of the set for a token that names none', async () => {
    provider.body = JSON.stringify({ keys: [await jwkOf(first), await jwkOf(second)] })
    const whoIs = verifier()
    expect(await whoIs(await sign(second, {}))).toMatchObject({ id: 'alice' })
    expect(await whoIs(await sign(first, {}))).toMatchObject({ id: 'alice' })
    expect(await whoIs(await sign(stranger, {}))).toBeNull()
  })

  it.each([
    ['answers with 500', { status: 500 }],
    ['sends it elsewhere', { status: 302 }],
    ['answers with HTML', { body: '<html>' }],
    ['answers with another document', { body: '{"key":[]}' }],
    ['does not answer', { hangs: true }],
  ])('says that it is unavailable when the provider %s', async (_what, state) => {
    Object.assign(provider, state)
    await expect(verifier({ timeoutDuration: 50 })(await sign())).rejects.toThrow(
      AuthenticatorUnavailable,
    )
  })

  it('waits for the provider for less time than a hook has, so that the reason gets known', async () => {
    provider.hangs = true
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort())
    const asked = verifier()(await sign())
    await expect(asked).rejects.toThrow(AuthenticatorUnavailable)
    const [waitMs] = timeout.mock.lastCall ?? []
    timeout.mockRestore()
    expect(waitMs).toBeLessThan(HOOK_MS)
  })

  it('is unavailable while no server listens, and no longer', async () => {
    const { port } = server.address() as AddressInfo
    const whoIs = verifier()
    await stopProvider()
    const unavailable = expect.objectContaining({
      name: 'AuthenticatorUnavailable',
      code: 'AUTHENTICATOR_UNAVAILABLE',
      message: `bearerJwt: the key set at 127.0.0.1:${port} cannot be read`,
    })
    await expect(whoIs(await sign())).rejects.toThrow(unavailable)
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    expect(await whoIs(await sign())).toMatchObject({ id: 'alice' })
  })

  describe('of which a key is too short', () => {
    // 1024 bits: read without complaint, and refused by jose when it comes to verifying.
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 })
    const weakJwk = { ...(weak.publicKey.export({ format: 'jwk' }) as JWK), kid: 'weak' }

    it('says that it is unavailable to a token of that key', async () => {
      provider.body = JSON.stringify({ keys: [weakJwk, await jwkOf(first, 'first')] })
      const whoIs = verifier()
      const unavailable = expect.objectContaining({
        name: 'AuthenticatorUnavailable',
        message: expect.stringMatching(/^bearerJwt: the key set at 127\.0\.0\.1:\d+ has a key/),
        cause: expect.any(TypeError),
      })
      const token = await sign(first, { kid: 'weak' })
      await expect(whoIs(token)).rejects.toThrow(unavailable)
      expect(await whoIs(await sign())).toMatchObject({ id: 'alice' })
      expect(await whoIs(token.slice(token.indexOf('.')))).toBeNull()
      expect(await whoIs(await sign(stranger))).toBeNull()
    })

    it('is a 503 of the endpoint, and no fault of a token of another key', async () => {
      provider.body = JSON.stringify({ keys: [weakJwk, await jwkOf(first, 'first')] })
      const authenticate = bearerJwt({ jwksUrl, issuer: ISSUER, audience: AUDIENCE })
      const { handler } = testEndpoint({ authenticate })
      const send = async (token: string) =>
        handler.respond(tokenRequest(undefined, { headers: { authorization: `Bearer ${token}` } }))
      const { status, body } = await send(await sign(first, { kid: 'weak' }))
      expect(status).toBe(503)
      expect(body).toContain('authenticator_unavailable')
      expect((await send(await sign(stranger))).status).toBe(401)
      expect((await send(await sign())).status).toBe(200)
    })

    it('tries the others for a token that names none', async () => {
      const { kid: _kid, ...unnamed } = weakJwk
      provider.body = JSON.stringify({ keys: [unnamed, await jwkOf(first)] })
      const whoIs = verifier()
      expect(await whoIs(await sign(first, {}))).toMatchObject({ id: 'alice' })
      await expect(whoIs(await sign(stranger, {}))).rejects.toThrow(AuthenticatorUnavailable)
    })
  })

  it('goes on with the keys it has while the provider is down', async () => {
    const whoIs = verifier()
    await whoIs(await sign())
    provider.status = 503
    expect(await whoIs(await sign())).toMatchObject({ id: 'alice' })
    expect(await whoIs(await sign(stranger))).toBeNull()
  })
})
