import { decodeToken, type DecodedToken007 } from '@rtc-token/core'
import { describe, expect, it, vi } from 'vitest'

import {
  expectProblem,
  PROJECT,
  testEndpoint,
  tokenRequest,
} from '../../test/support/token-endpoint.ts'
import { allow, deny } from '../policy.ts'

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
    [{ tokenType: 'rtm', uid: 'user123', channel: 'ignored', expire: 0 }, { userId: 'user123' }],
    [{ tokenType: 'rtm', uid: '123' }, { userId: '123' }],
    [{ tokenType: 'chat', uid: 'user123', expire: 3600 }, { userId: 'user123' }],
  ])('answer getToken with %j as it does', async (wish, claims) => {
    const { status, body } = await testEndpoint(open).handler.respond(getToken(wish))
    expect(status).toBe(200)
    const { token, ...rest } = JSON.parse(body) as { token: string }
    expect(rest).toEqual({})
    expect(claimsOf(token)).toMatchObject([claims])
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

  it('are closed unless they are opened', async () => {
    const { handler } = testEndpoint({ services: open.services })
    for (const path of ['/rtc/c/publisher/uid/7', '/rtm/alice', '/chat/account/alice']) {
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

// service/endpoints_test.go and service/http_handlers_POST_test.go of agora-token-service, with the
// status that they ask for. Where they ask for a token that is good for anybody, we refuse: on purpose.
describe('the test table of agora-token-service', () => {
  it.each([
    ['/rtc/fsda/publisher/uid/0/?expiry=600', 200, 400],
    ['/rtc/fsda/publisher/uid/test/?expiry=600', 400, 400],
    ['/rtc/fsda/publisher/uid/0/?expiry=failing', 400, 400],
    ['/rtm/username/?expiry=600', 200, 200],
    ['/chat/app/', 200, 404],
    ['/chat/account/username/', 200, 200],
    ['/chat/account/', 400, 404],
    ['/chat/invalid/', 400, 404],
    ['/rte/channelName/publisher/uid/0/rtmid/?expiry=600', 200, 404],
    ['/rte/channelName/publisher/uid/2345/?expiry=600', 200, 200],
    ['/rte/channelName/publisher/uid/0/?expiry=600', 400, 400],
    ['/rte/channelName/publisher/uid/2345/?expiry=failing', 400, 400],
    ['/rtc/fsda/publisher/uid/0/', 200, 400],
    ['/rtc/fsda/publisher/userAccount/0/', 200, 200],
    ['/rtc/fsda/publisher/nonsense/0/', 400, 400],
  ])('GET %s, there %i, is here %i', async (path, there, here) => {
    const { status, body } = await testEndpoint(open).handler.respond(get(path))
    expect(status).toBe(here)
    expect(body).not.toContain(PROJECT.appCertificate)
    // Never the other way round.
    if (there >= 400) expect(status).toBeGreaterThanOrEqual(400)
  })

  // The original refuses the messaging user "0"; here it is an account like any other.
  it('GET /rtm/0/, there 400, is refused here too', async () => {
    const { status } = await testEndpoint(open).handler.respond(get('/rtm/0/?expiry=600'))
    expect(status).toBe(400)
  })

  it.each([
    [
      { tokenType: 'rtc', channel: 'my_channel', uid: 'user123', role: 'publisher', expire: 3600 },
      200,
    ],
    [{ tokenType: 'rtc', channel: 'my_channel', uid: '123', role: 'subscriber' }, 200],
    [{ tokenType: 'rtc', role: 'publisher', expire: 3600 }, 400],
    [{ tokenType: 'rtc', channel: 'my_channel', role: 'subscriber' }, 400],
    [{ tokenType: 'rtm', uid: 'user123', expire: 3600 }, 200],
    [{ tokenType: 'rtm', expire: 3600 }, 400],
    // There a token for the whole chat of the app.
    [{ tokenType: 'chat', expire: 3600 }, 400],
    [{ tokenType: 'chat', uid: 'user123', expire: 3600 }, 200],
    [{ tokenType: 'chat', uid: 'user123' }, 200],
  ])('getToken with %j is %i', async (wish, status) => {
    expect((await testEndpoint(open).handler.respond(getToken(wish))).status).toBe(status)
  })
})

function claimsOf(token: string): readonly object[] {
  return (decodeToken(token) as DecodedToken007).services
}
