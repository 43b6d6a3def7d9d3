import { type Authenticator, firstOf } from './auth/authenticator.ts'
import { describe, expect, expectTypeOf, it, vi } from 'vitest'

import {
  expectProblem,
  granted,
  NOW,
  PROJECT,
  testEndpoint,
  tokenRequest,
  type User,
} from '../test/support/token-endpoint.ts'
import { session } from './auth/session.ts'
import { allow, type Ask, type Decision, deny } from './policy/policy.ts'
import { rules } from './policy/rules.ts'
import { createTokenHandler, type TokenHandler } from './token-handler.ts'

describe('createTokenHandler', () => {
  it('answers with the token and what it grants', async () => {
    const { handler } = testEndpoint()
    const reply = await granted(
      handler,
      tokenRequest({ channel: 'room-42', uid: '1234', ttl: '15m' }),
    )
    expect(reply).toEqual({
      token: expect.stringMatching(/^007/),
      appId: PROJECT.appId,
      services: ['rtc'],
      channel: 'room-42',
      uid: 1234,
      role: 'subscriber',
      issuedAt: NOW,
      expiresAt: NOW + 900,
      expiresIn: 900,
      renewIn: 675,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  })

  it('has the first renewal of a session drawn from a wide part of its life, later ones from a narrow one', async () => {
    const { handler } = testEndpoint({ random: () => 0.5 })
    const first = await granted(handler, tokenRequest({ channel: 'room-42', uid: 7, ttl: 3600 }))
    expect(first.renewIn).toBe(2070)
    const previousToken = first.token
    const renewed = await granted(
      handler,
      tokenRequest({ channel: 'room-42', uid: 7, ttl: 3600, previousToken }),
    )
    expect(renewed.renewIn).toBe(2610)
    const more = { channel: 'room-42', uid: 7, ttl: 3600, previousToken, role: 'publisher' }
    expect(await granted(handler, tokenRequest(more))).toMatchObject({ renewIn: 2610 })
  })

  it('asks the policy for exactly what will be signed', async () => {
    const asked: Ask<User>[] = []
    const { handler } = testEndpoint({
      authorize: (ask) => {
        asked.push(ask)
        return allow({ identity: { account: ask.subject.id } })
      },
    })
    await handler.respond(
      tokenRequest('{"channel":"a","channel":"room-42","role":"publisher","params":{"seat":3}}'),
      { ip: '203.0.113.7' },
    )
    const [ask] = asked
    expect({ ...ask, signal: ask?.signal }).toEqual({
      subject: { id: 'alice' },
      intent: 'mint',
      wish: { services: ['rtc'], channel: 'room-42', role: 'publisher', ttl: 3600 },
      params: { seat: 3 },
      ip: '203.0.113.7',
      signal: expect.any(AbortSignal),
    })
  })

  it('does not let the policy change the wish that its grant is compared with', async () => {
    const { handler, failures } = testEndpoint({
      authorize: ({ wish }) => {
        ;(wish as { role: string }).role = 'publisher'
        return allow()
      },
    })
    await expectProblem(handler, tokenRequest(), 'internal_error')
    expect(failures[0]?.error).toBeInstanceOf(TypeError)
  })

  it('is not misled by a policy that puts another wish in the place of the one it was asked', async () => {
    const { handler } = testEndpoint({
      authorize: (ask) => {
        Object.assign(ask, { wish: { ...ask.wish, role: 'publisher', ttl: 86_400 } })
        return allow()
      },
    })
    const reply = await granted(handler, tokenRequest())
    expect(reply).toMatchObject({ role: 'subscriber', expiresIn: 3600 })
  })

  it('passes the address and a signal to authenticate', async () => {
    const authenticate = vi.fn<Authenticator<User>>(() => null)
    const { handler } = testEndpoint({ authenticate })
    const request = tokenRequest()
    await handler.respond(request, { ip: '203.0.113.7' })
    const [asked, context] = authenticate.mock.calls[0] ?? []
    expect(asked).toBe(request)
    expect(context?.ip).toBe('203.0.113.7')
    expect(context?.signal).toBeInstanceOf(AbortSignal)
  })

  it('mints version 006 when asked to at construction', async () => {
    const { token } = await granted(testEndpoint({ version: '006' }).handler, tokenRequest())
    expect(token).toMatch(/^006970CA35de60c44645bbae8a215061b33/)
  })

  it.each([
    '/v1/tokens',
    '/api/agora/v1/tokens',
    '/v1/tokens?channel=other',
    '/v1/tokens#/x',
    '//v1/tokens',
    '/x/../v1/tokens',
  ])('is found at %s', async (path) => {
    const { handler } = testEndpoint()
    expect(await granted(handler, tokenRequest(undefined, { path }))).toMatchObject({
      channel: 'room-42',
    })
  })

  it.each([
    ['/', 'not_found'],
    ['/v1/tokens/', 'not_found'],
    ['/v1/token', 'not_found'],
    ['/v1/tokens/inspect', 'not_found'],
    ['/x?/v1/tokens', 'not_found'],
    ['/x#/v1/tokens', 'not_found'],
    ['/v1%2Ftokens', 'not_found'],
    ['/xv1/tokens', 'not_found'],
  ])('is not found at %s', async (path) => {
    await expectProblem(testEndpoint().handler, tokenRequest(undefined, { path }), 'not_found')
  })

  it('does not take the host for a part of the path', async () => {
    const request = new Request('http://v1/tokens', tokenRequest())
    await expectProblem(testEndpoint().handler, request, 'not_found')
  })

  it.each(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH'])('refuses %s', async (method) => {
    const { handler } = testEndpoint()
    const { status, headers } = await handler.respond(tokenRequest(undefined, { method }))
    expect(status).toBe(405)
    expect(headers).toMatchObject({ allow: 'POST' })
  })

  it.each([
    'application/json',
    'application/json;charset=utf-8',
    'Application/JSON ; charset="UTF-8"',
  ])('takes content of type %s', async (type) => {
    const request = tokenRequest(undefined, { headers: { 'content-type': type } })
    expect((await testEndpoint().handler.respond(request)).status).toBe(200)
  })

  it.each([
    '',
    'text/plain',
    'text/plain; application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=application/json',
    'application/jsonp',
    'application/json, text/plain',
    'application/problem+json',
  ])('refuses content of type "%s"', async (type) => {
    const request = tokenRequest(undefined, { headers: { 'content-type': type } })
    await expectProblem(testEndpoint().handler, request, 'unsupported_media_type')
  })

  it.each([
    ['nothing', ''],
    ['no JSON', '{channel: "room-42"}'],
    ['half of it', '{"channel":"room-'],
    ['two documents', '{}{}'],
    ['a form', 'channel=room-42'],
    ['invalid UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x7b, 0, 0x7d, 0])],
  ])('refuses a body that is %s', async (_name, body) => {
    const problem = await expectProblem(testEndpoint().handler, tokenRequest(body), 'invalid_json')
    expect(problem.detail).toBe('The body is not JSON in UTF-8')
  })

  it.each([
    ['8 KiB of brackets', '['.repeat(4096) + ']'.repeat(4096), 'invalid_request'],
    [
      'nested params',
      `{"channel":"r","params":{"a":${'['.repeat(4000)}${']'.repeat(4000)}}}`,
      'invalid_request',
    ],
    ['a null', 'null', 'invalid_request'],
    ['a uid too large for a number', '{"channel":"r","uid":1e400}', 'identity_invalid'],
    ['a ttl too large for a number', '{"channel":"r","uid":1,"ttl":1e400}', 'ttl_looks_absolute'],
    ['a lone surrogate', String.raw`{"channel":"\ud800","uid":1}`, 'channel_invalid'],
    ['8193 bytes', `{"channel":"r"${' '.repeat(8193 - 15)}}`, 'body_too_large'],
  ] as const)('survives %s', async (_name, body, code) => {
    const { handler, failures } = testEndpoint()
    await expectProblem(handler, tokenRequest(body), code)
    expect(failures).toEqual([])
  })

  it('names the member at fault', async () => {
    const problem = await expectProblem(
      testEndpoint().handler,
      tokenRequest({ channel: 'room-42', uid: 1, rol: 'publisher' }),
      'invalid_request',
    )
    expect(problem.detail).toBe('/rol: is not a known member')
    expect(problem.errors).toEqual([{ pointer: '/rol', detail: 'is not a known member' }])
  })

  it.each([null, undefined, false, '', 0])('refuses who authenticates as %o', async (nobody) => {
    const authorize = vi.fn(() => allow())
    const { handler } = testEndpoint({ authenticate: () => nobody as null, authorize })
    const request = tokenRequest({ previousToken: 'x', nonsense: true })
    const { status, headers } = await handler.respond(request)
    expect(status).toBe(401)
    expect(headers['www-authenticate']).toBe('Bearer')
    expect(authorize).not.toHaveBeenCalled()
  })

  it.each<[string, () => Decision, string]>([
    ['denies', () => deny('channel_forbidden', 'not your room'), 'channel_forbidden'],
    ['says no with no reason', () => deny(), 'forbidden'],
  ])('refuses when the policy %s', async (_name, authorize, code) => {
    const { handler, failures } = testEndpoint({ authorize })
    await expectProblem(handler, tokenRequest(), code)
    expect(failures).toEqual([])
  })

  it('tells the audit and the caller the same end, that of the first privilege to join', async () => {
    const onEvent = vi.fn()
    const authorize = (): Decision => allow({ ttl: 900, privileges: { joinChannel: 60 } })
    const { handler } = testEndpoint({ authorize, onEvent })
    expect((await granted(handler, tokenRequest())).expiresIn).toBe(60)
    expect(onEvent).toHaveBeenCalledWith(
      expect.objectContaining({ type: 'token.issued', expiresIn: 60 }),
    )
  })

  it('asks the caller for an identity when neither side names one', async () => {
    const request = tokenRequest({ channel: 'room-42' })
    const problem = await expectProblem(testEndpoint().handler, request, 'identity_invalid')
    expect(problem.detail).toContain('uid or account')
  })
})

describe('the types', () => {
  it('demand both hooks', () => {
    const project = PROJECT
    // @ts-expect-error -- authorize is missing
    expect(() => createTokenHandler({ project, authenticate: () => 'alice' })).toThrow(TypeError)
    // @ts-expect-error -- authenticate is missing
    expect(() => createTokenHandler({ project, authorize: () => allow() })).toThrow(TypeError)
  })

  it('carry the subject from one hook to the other', () => {
    createTokenHandler({
      project: PROJECT,
      authenticate: async () => ({ id: 'alice', seats: 2 }),
      authorize: ({ subject }) => {
        expectTypeOf(subject).toEqualTypeOf<{ id: string; seats: number }>()
        return allow()
      },
    })
  })

  it('carry the subject of an authenticator that is made in place, also to rules', () => {
    createTokenHandler({
      project: PROJECT,
      authenticate: firstOf(session(() => ({ id: 'alice', seats: 2 }))),
      authorize: rules([
        {
          channel: 'room-*',
          if({ subject }) {
            expectTypeOf(subject).toEqualTypeOf<{ id: string; seats: number }>()
            return true
          },
        },
      ]),
    })
  })

  it('let a handler be exported as a module Worker', () => {
    expectTypeOf<TokenHandler>().toExtend<{ fetch: (request: Request) => Promise<Response> }>()
  })
})
