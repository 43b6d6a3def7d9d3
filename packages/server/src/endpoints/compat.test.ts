import { decodeToken, type DecodedToken007 } from '@rtc-token/core'
import type { ProblemDocument } from '@rtc-token/core/contract'
import { describe, expect, it, vi } from 'vitest'

import {
  expectProblem,
  refused,
  testEndpoint,
  tokenRequest,
  type User,
} from '../../test/support/token-endpoint.ts'
import { allow, type Ask, type Decision, deny } from '../policy/policy.ts'

const compat = { routes: 'agora-token-service' } as const
const open = { compat, services: ['rtc', 'rtm', 'chat'] } as const
const get = (path: string) => tokenRequest('', { path, method: 'GET' })
const getToken = (body: unknown) => tokenRequest(body, { path: '/getToken' })

describe('the routes of agora-token-service', () => {
  it.each([
    [
      '/rtc/room-42/publisher/uid/7/',
      'rtcToken',
      [{ service: 'rtc', channel: 'room-42', user: '7' }],
    ],
    ['/rtc/room-42/publisher/uid/7', 'rtcToken', [{ user: '7' }]],
    ['/agora/rtc/room-42/subscriber/userAccount/alice/', 'rtcToken', [{ user: 'alice' }]],
    ['/rtc/a%20b/publisher/uid/7/', 'rtcToken', [{ channel: 'a b' }]],
    ['/rtm/alice/', 'rtmToken', [{ service: 'rtm', userId: 'alice' }]],
    ['/chat/account/alice/', 'chatToken', [{ service: 'chat', userId: 'alice' }]],
    [
      '/rte/room-42/publisher/uid/7/',
      'rtcToken',
      [{ service: 'rtc' }, { service: 'rtm', userId: '7' }],
    ],
    [
      '/rte/rte/publisher/uid/7/7',
      'rtmToken',
      [
        { service: 'rtc', channel: 'rte', user: '7' },
        { service: 'rtm', userId: '7' },
      ],
    ],
    ['/rtm/ping', 'rtmToken', [{ userId: 'ping' }]],
    ['/rtm/getToken/', 'rtmToken', [{ userId: 'getToken' }]],
  ])('answer %s as it does', async (path, name, services) => {
    const { status, body } = await testEndpoint(open).handler.respond(get(path))
    expect(status).toBe(200)
    const answer = JSON.parse(body) as Record<string, string>
    expect(claimsOf(answer[name]!)).toMatchObject(services)
    expect(Object.keys(answer)).toEqual(path.startsWith('/rte') ? ['rtcToken', 'rtmToken'] : [name])
  })

  it.each([
    [{ tokenType: 'rtc', channel: 'c', role: 'publisher', uid: '7' }, { user: '7' }],
    [{ tokenType: 'rtc', channel: 'c', role: 'publisher', uid: 7 }, { user: '7' }],
    [{ tokenType: 'rtc', channel: 'c', uid: 'user123' }, { user: 'user123' }],
    [{ tokenType: 'rtm', uid: 'user123', channel: '', expire: 0 }, { userId: 'user123' }],
    [{ tokenType: 'rtm', uid: 'user123', channel: null, expire: null }, { userId: 'user123' }],
    [{ tokenType: 'rtm', uid: '123' }, { userId: '123' }],
    [{ tokenType: 'chat', uid: 'user123', expire: 3600 }, { userId: 'user123' }],
    [{ tokenType: 'chat', uid: 'user123', channel: 'ignored' }, { userId: 'user123' }],
  ])('answer getToken with %j as it does', async (wish, claims) => {
    const { status, body } = await testEndpoint(open).handler.respond(getToken(wish))
    expect(status).toBe(200)
    const { token, ...rest } = JSON.parse(body) as { token: string }
    expect(rest).toEqual({})
    expect(claimsOf(token)).toMatchObject([claims])
  })

  it.each([
    [undefined, { joinChannel: 3600 }],
    ['publisher', { joinChannel: 3600, publishAudio: 3600, publishVideo: 3600, publishData: 3600 }],
  ])('sign messaging in a stream channel for both, in the role %s', async (role, privileges) => {
    const authorize = vi.fn(({ wish }: Ask<User>) => allow({ role: wish.role }))
    const wish = { tokenType: 'rtm', uid: '123', channel: 'stage', role }
    const { body } = await testEndpoint({ ...open, authorize }).handler.respond(getToken(wish))
    const [call, messaging] = claimsOf((JSON.parse(body) as { token: string }).token)
    expect(call).toMatchObject({ service: 'rtc', channel: 'stage', user: '123' })
    expect(Object.values((call as { privileges: object }).privileges)).toEqual(
      Object.values(privileges),
    )
    expect(messaging).toMatchObject({ service: 'rtm', userId: '123' })
    expect(authorize).toHaveBeenCalledWith(
      expect.objectContaining({
        wish: expect.objectContaining({ services: ['rtc', 'rtm'], channel: 'stage' }) as object,
      }),
    )
  })

  it('refuse messaging in a channel where the server has no calls', async () => {
    const { handler } = testEndpoint({ ...open, services: ['rtm'] })
    const wish = { tokenType: 'rtm', uid: '7', channel: 'stage' }
    await expectProblem(handler, getToken(wish), 'invalid_request')
  })

  // A reply with one name for the token cannot say that it grants less than requested.
  it.each([
    get('/rte/c/publisher/uid/7/'),
    getToken({ tokenType: 'rtm', uid: '7', channel: 'stage' }),
  ])('give nothing where the policy grants a part', async (request) => {
    for (const services of [['rtc'], ['rtm']] as const) {
      const onEvent = vi.fn()
      const authorize = () => allow({ role: 'publisher', services })
      const { handler } = testEndpoint({ ...open, onEvent, authorize })
      const { detail } = await expectProblem(handler, request.clone(), 'forbidden')
      expect(detail).toBe(services[0] === 'rtc' ? 'Not granted: rtm' : 'Not granted: rtc')
      expect(onEvent).toHaveBeenCalledExactlyOnceWith(
        expect.objectContaining({ type: 'token.denied', code: 'forbidden' }),
      )
    }
  })

  it('leave it to the policy to be wrong', async () => {
    for (const decision of [
      undefined,
      { allow: true, services: 7 },
      { allow: true, services: [] },
    ]) {
      const authorize = () => decision as Decision
      const { handler, failures } = testEndpoint({ ...open, authorize })
      await expectProblem(handler, get('/rtm/alice'), 'internal_error')
      expect(failures).toHaveLength(1)
    }
  })

  it.each([
    ['publisher', 4],
    ['subscriber', 1],
    ['host', 1],
    ['Publisher', 1],
  ])('read the role %s as it does', async (role, count) => {
    const { body } = await testEndpoint(open).handler.respond(get(`/rtc/c/${role}/uid/7/`))
    const [claims] = claimsOf((JSON.parse(body) as { rtcToken: string }).rtcToken)
    expect(Object.keys((claims as { privileges: object }).privileges)).toHaveLength(count)
  })

  it.each([
    ['', 3600],
    ['?expiry=600', 600],
    ['?expiry=90000', 86_400],
    ['?expiry=600&expiry=9000', 600],
    ['?expiry=10m', 600],
  ])('read the life %s as seconds', async (query, life) => {
    const { body } = await testEndpoint(open).handler.respond(get(`/rtm/alice/${query}`))
    const { rtmToken } = JSON.parse(body) as { rtmToken: string }
    expect(decodeToken(rtmToken)).toMatchObject({ expiresIn: life })
  })

  it.each([
    [undefined, 3600],
    [0, 3600],
    ['0', 3600],
    [120, 120],
    ['120', 120],
    ['2m', 120],
    ['90000', 86_400],
  ])('read the life %j of getToken as seconds', async (expire, life) => {
    const { handler } = testEndpoint(open)
    const { body } = await handler.respond(getToken({ tokenType: 'rtm', uid: 'alice', expire }))
    const { token } = JSON.parse(body) as { token: string }
    expect(decodeToken(token)).toMatchObject({ expiresIn: life })
  })

  it('give getToken without a uid nothing, also where the policy chooses one', async () => {
    const { handler } = testEndpoint({ ...open, authorize: () => allow({ identity: { uid: 7 } }) })
    await expectProblem(handler, getToken({ tokenType: 'rtm' }), 'identity_invalid')
  })

  it('put the same question to the same policy', async () => {
    const authorize = vi.fn(() => deny('channel_forbidden'))
    const { handler } = testEndpoint({ ...open, authorize })
    await expectProblem(handler, get('/rtc/room-42/publisher/uid/7?expiry=60'), 'channel_forbidden')
    expect(authorize).toHaveBeenCalledWith(
      expect.objectContaining({
        intent: 'mint',
        subject: { id: 'alice' },
        wish: {
          services: ['rtc'],
          channel: 'room-42',
          identity: { uid: 7 },
          role: 'publisher',
          ttl: 60,
        },
      }),
    )
  })

  it('do not take a policy’s other identity for the wished one', async () => {
    const { handler } = testEndpoint({ ...open, authorize: () => allow({ identity: { uid: 8 } }) })
    await expectProblem(handler, get('/rtc/c/publisher/uid/7'), 'identity_forbidden')
  })

  it('refuse a caller before they read the request', async () => {
    const { handler } = testEndpoint(open)
    const request = tokenRequest('', {
      path: '/rtc/c/publisher/nonsense/7?expiry=x',
      method: 'GET',
      headers: { authorization: '' },
    })
    await expectProblem(handler, request, 'unauthenticated')
  })

  it('say what went wrong under the old names on every path, and only in this mode', async () => {
    const { handler } = testEndpoint(open)
    for (const request of [get('/rtm/0'), get('/chat/app/'), tokenRequest({}), get('/v1/tokens')]) {
      const { title, detail, status, message, error } = (await refused(
        handler,
        request,
      )) as ProblemDocument & Record<'message' | 'error', string>
      expect([message, error]).toEqual([detail ?? title, detail ?? title])
      expect(status).toBeGreaterThanOrEqual(400)
    }
    const problem = await refused(testEndpoint().handler, tokenRequest({}))
    expect(Object.keys(problem)).not.toContain('message')
    expect(Object.keys(problem)).not.toContain('error')
  })

  it('answer a ping of who is not known, also when tokens are no longer given', async () => {
    const { handler } = testEndpoint(open)
    handler.close()
    for (const path of ['/ping', '/agora/ping/']) {
      const request = tokenRequest('', { path, method: 'GET', headers: { authorization: '' } })
      const { status, body } = await handler.respond(request)
      expect([status, body]).toEqual([200, '{"message":"pong"}'])
    }
  })

  it('are closed unless they are opened', async () => {
    const { handler } = testEndpoint({ services: open.services })
    for (const path of ['/rtc/c/publisher/uid/7', '/rtm/alice', '/chat/account/alice', '/ping']) {
      await expectProblem(handler, get(path), 'not_found')
    }
    await expectProblem(handler, getToken({ tokenType: 'rtm', uid: 'a' }), 'not_found')
  })

  it('offer no service that the handler does not', async () => {
    const { handler } = testEndpoint({ compat })
    await expectProblem(handler, get('/rtm/alice'), 'invalid_request')
    await expectProblem(handler, get('/rte/c/publisher/uid/7'), 'invalid_request')
  })

  // Bytes that are no UTF-8 stay as they came, and `%` is in the alphabet of channels.
  it('refuse what is no escaped UTF-8', async () => {
    const { handler } = testEndpoint(open)
    await expectProblem(handler, get('/rtc/%FF/publisher/uid/7'), 'channel_invalid')
  })
})

function claimsOf(token: string): readonly object[] {
  return (decodeToken(token) as DecodedToken007).services
}
