import { inspect } from 'node:util'

import { describe, expect, it } from 'vitest'

import { granted, PROJECT, testEndpoint, tokenRequest } from '../../test/support/token-endpoint.ts'

describe('a reply', () => {
  const HEADERS = {
    'cache-control': 'no-store',
    vary: 'Origin, Authorization, Cookie',
    'x-content-type-options': 'nosniff',
  }

  it('has the same headers whether it grants or refuses', async () => {
    const { handler } = testEndpoint()
    const yes = await handler.respond(tokenRequest())
    const no = await handler.respond(tokenRequest({}))
    expect(yes.headers).toEqual({
      ...HEADERS,
      'content-type': 'application/json',
      'x-request-id': JSON.parse(yes.body).requestId,
    })
    expect(no.headers).toEqual({
      ...HEADERS,
      'content-type': 'application/problem+json',
      'x-request-id': JSON.parse(no.body).requestId,
    })
  })

  it.each([
    ['abc-1_2.3', true],
    ['x'.repeat(64), true],
    ['x'.repeat(65), false],
    ['', false],
    ['a b', false],
    ['a"b', false],
    ['<script>', false],
  ])('takes over the request id "%s": %s', async (sent, taken) => {
    const request = tokenRequest(undefined, { headers: { 'x-request-id': sent } })
    const { requestId } = await granted(testEndpoint().handler, request)
    expect(requestId === sent).toBe(taken)
    expect(requestId).toMatch(/^[A-Za-z0-9._-]{1,64}$/)
  })

  it('is a Response with the same content when it comes from fetch', async () => {
    const { handler } = testEndpoint()
    const init = { headers: { 'x-request-id': 'id-1' } }
    const { fetch } = handler
    const response = await fetch(tokenRequest({ channel: '*' }, init))
    const plain = await handler.respond(tokenRequest({ channel: '*' }, init))
    expect(response).toBeInstanceOf(Response)
    expect(response.status).toBe(plain.status)
    expect(Object.fromEntries(response.headers)).toEqual(plain.headers)
    expect(await response.text()).toBe(plain.body)
  })

  it.each([
    ['refuses a body', {}],
    ['trips over its policy', { channel: 'room-42', uid: 1 }],
    ['is sent the certificate', { channel: PROJECT.appCertificate.repeat(2), uid: 1 }],
  ])('holds neither certificate nor credentials when it %s', async (_name, body) => {
    const { handler, failures } = testEndpoint({ authorize: () => ({ allow: 1 }) as never })
    const reply = await handler.respond(tokenRequest(body))
    expect(JSON.stringify(reply)).not.toMatch(/5CFd2fd1|Bearer alice/)
    expect(inspect(failures, { depth: 9 })).not.toMatch(/5CFd2fd1|Bearer/)
    expect(inspect(handler, { depth: 9, showHidden: true })).not.toContain('5CFd2fd1')
  })
})
