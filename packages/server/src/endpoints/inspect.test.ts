import { deflateSync, inflateSync } from 'node:zlib'

import { createToken, rtc, rtm } from '@rtc-token/core'
import { describe, expect, it } from 'vitest'

import {
  expectProblem,
  granted,
  NOW,
  PROJECT,
  testEndpoint,
  tokenRequest,
} from '../../test/support/token-endpoint.ts'
import { certificateKeys } from '../keys/certificate-keys.ts'

const OTHER = { appId: 'a'.repeat(32), appCertificate: 'b'.repeat(32) }
const ROOM = { channel: 'room-42', uid: 1234, role: 'subscriber' } as const
const inspect = {
  authenticate: (request: Request) => request.headers.get('authorization') === 'Bearer support',
}

function inspection(body: unknown): Request {
  const headers = { authorization: 'Bearer support' }
  return tokenRequest(body, { path: '/v1/tokens/inspect', headers })
}

function tokenOf(project = PROJECT): string {
  return createToken({ ...project, issuedAt: NOW, ttl: 600, services: [rtc(ROOM)] })
}

// Behind the signature of 32 bytes, the App ID, three numbers and the count of services.
const COUNT_AT = 2 + 32 + 2 + 32 + 12

function withUnknownService(token: string, bytes: Buffer): string {
  const content = inflateSync(Buffer.from(token.slice(3), 'base64'))
  content.writeUInt16LE(2, COUNT_AT)
  const type = Buffer.from([0xe7, 0x03])
  return `007${deflateSync(Buffer.concat([content, type, bytes])).toString('base64')}`
}

async function inspected(body: object, project: Parameters<typeof testEndpoint>[0] = {}) {
  const reply = await testEndpoint({ inspect, ...project }).handler.respond(inspection(body))
  expect(reply.status).toBe(200)
  expect(reply.body).not.toContain(PROJECT.appCertificate)
  const explanation = JSON.parse(reply.body) as { kind: string; findings: { code: string }[] }
  return { ...explanation, codes: explanation.findings.map(({ code }) => code), body: reply.body }
}

describe('inspection', () => {
  it('finds nothing wrong with a token that fits', async () => {
    const { kind, codes, body } = await inspected({
      token: tokenOf(),
      channel: 'room-42',
      uid: 1234,
    })
    expect(kind).toBe('token')
    expect(codes).not.toContain('SIGNATURE_MISMATCH')
    expect(body).not.toContain(tokenOf().slice(0, 40))
  })

  it.each([
    [{ channel: 'room-43' }, 'CHANNEL_MISMATCH'],
    [{ uid: 7 }, 'USER_MISMATCH'],
    [{ account: 'bob' }, 'USER_MISMATCH'],
  ])('says what does not fit to %j', async (names, code) => {
    expect((await inspected({ token: tokenOf(), ...names })).codes).toContain(code)
  })

  it.each([
    [{ service: 'rtm', userId: 'alice' }, 'SERVICE_MISMATCH'],
    [{ userId: 'alice' }, 'SERVICE_MISMATCH'],
    [{ service: 'rtc', channel: 'room-42', uid: null }, 'USER_MISMATCH'],
    [{ service: 'rtc', channel: 'room-42', uid: 1234, userId: 'alice' }, 'NOT_COMPARED'],
    [{ service: 'rtc', channel: 'room-42', uid: 1234 }, 'NO_FAULT_FOUND'],
  ])('compares with the door at which it is used: %j', async (names, code) => {
    expect((await inspected({ token: tokenOf(), ...names })).codes).toContain(code)
  })

  it('compares the users of messaging, of 006 by checksum and signature', async () => {
    const services = [rtm({ userId: 'alice' })]
    for (const version of ['006', '007'] as const) {
      const token = createToken({ ...PROJECT, issuedAt: NOW, ttl: 600, services, version })
      expect((await inspected({ token, userId: 'bob' })).codes[0]).toBe('USER_MISMATCH')
      const { codes } = await inspected({ token, userId: 'alice' })
      expect(codes).toContain('NO_FAULT_FOUND')
    }
  })

  it('tells a foreign signature by every key of the ring', async () => {
    const keys = certificateKeys(OTHER.appCertificate, PROJECT.appCertificate)
    const project = { appId: PROJECT.appId, keys }
    expect((await inspected({ token: tokenOf() }, { project })).codes).not.toContain(
      'SIGNATURE_MISMATCH',
    )
    const forged = tokenOf({ ...PROJECT, appCertificate: 'c'.repeat(32) })
    expect((await inspected({ token: forged }, { project })).codes).toContain('SIGNATURE_MISMATCH')
  })

  it('compares with the project that the token is for', async () => {
    const project = { eu: PROJECT, us: OTHER }
    const { codes } = await inspected({ token: tokenOf(OTHER) }, { project })
    expect(codes).not.toContain('SIGNATURE_MISMATCH')
    expect(codes).not.toContain('APP_ID_MISMATCH')
  })

  it.each([
    ['the only project', PROJECT, PROJECT],
    ['the second of several', OTHER, { eu: PROJECT, us: OTHER }],
  ])('says that App ID and certificate were swapped: %s', async (_, swapped, project) => {
    const { appId: appCertificate, appCertificate: appId } = swapped
    const { codes, body } = await inspected(
      { token: tokenOf({ appId, appCertificate }) },
      { project },
    )
    expect(codes[0]).toBe('APP_ID_IS_CERTIFICATE')
    expect(body).not.toContain(appId)
  })

  it.each(['', 'nonsense', '007', '006x', 'x'.repeat(7000), '007\u0000'])(
    'explains what is no token: %j',
    async (token) => {
      expect((await inspected({ token })).kind).toBe('not-a-token')
    },
  )

  it.each([
    { channel: '*' },
    { channel: '' },
    { uid: 0 },
    { uid: -1 },
    { uid: 1.5 },
    { uid: 1e21 },
    { uid: 1, account: 'a' },
    { account: '\ud800' },
  ])('survives the expectation %j', async (names) => {
    expect((await inspected({ token: tokenOf(), ...names })).codes).not.toEqual([])
  })

  it.each([
    [{}, 'invalid_request'],
    [{ token: 7 }, 'invalid_request'],
    [{ token: 'x', uid: '7' }, 'invalid_request'],
    [{ token: 'x', certificate: 'y' }, 'invalid_request'],
    [{ token: 'x', service: 'video' }, 'invalid_request'],
    [{ token: 'x', service: '__proto__' }, 'invalid_request'],
    [{ token: 'x', userId: 7 }, 'invalid_request'],
    ['[]', 'invalid_request'],
    ['{', 'invalid_json'],
    [{ token: 'x'.repeat(8192) }, 'body_too_large'],
  ])('refuses %j', async (body, code) => {
    await expectProblem(testEndpoint({ inspect }).handler, inspection(body), code)
  })

  it('shows the bytes of an unknown service, also where they are many', async () => {
    const bytes = Buffer.alloc(200_000, 7)
    const { body } = await inspected({ token: withUnknownService(tokenOf(), bytes) })
    expect(body).toContain(bytes.toString('base64'))
  })

  it('is closed to the users of the endpoint, and to all unless it is opened', async () => {
    const { handler } = testEndpoint({ inspect })
    const { token } = await granted(handler, tokenRequest())
    const request = () => tokenRequest({ token }, { path: '/v1/tokens/inspect' })
    await expectProblem(handler, request(), 'unauthenticated')
    await expectProblem(testEndpoint().handler, request(), 'not_found')
  })

  it('is closed to a caller that an asynchronous authenticator does not know', async () => {
    const { handler } = testEndpoint({ inspect: { authenticate: async () => null } })
    await expectProblem(handler, inspection({ token: tokenOf() }), 'unauthenticated')
  })
})
