import {
  createToken,
  decodeToken,
  type DecodedToken007,
  rtc,
  rtm,
  verifyToken,
} from '@rtc-token/core'
import type { ServiceName } from '@rtc-token/core/contract'
import { describe, expect, it, vi } from 'vitest'

import {
  expectProblem,
  granted,
  NOW,
  PROJECT,
  testEndpoint,
  tokenRequest,
  type User,
} from '../../test/support/token-endpoint.ts'
import { createTickets } from '../auth/tickets.ts'
import { memoryLimiter } from '../limit/memory-limiter.ts'
import { allow, type Ask } from '../policy/policy.ts'

const services: readonly ServiceName[] = ['rtc', 'rtm', 'chat']
const ALICE = { channel: 'room-42', account: 'alice' }

describe('a wish for several services', () => {
  it('is one token for one user', async () => {
    const { handler } = testEndpoint({ services })
    const reply = await granted(handler, tokenRequest({ ...ALICE, services }))
    expect(reply).toMatchObject({ services, channel: 'room-42', account: 'alice' })
    expect(claimsOf(reply.token)).toMatchObject([
      { service: 'rtc', channel: 'room-42', user: 'alice' },
      { service: 'rtm', userId: 'alice' },
      { service: 'chat', userId: 'alice' },
    ])
    verifyToken(reply.token, { ...PROJECT, now: NOW })
  })

  it('needs no channel where no service has one', async () => {
    const { handler } = testEndpoint({ services })
    const reply = await granted(handler, tokenRequest({ services: ['rtm'], uid: 7 }))
    expect(reply).not.toHaveProperty('channel')
    expect(reply).not.toHaveProperty('role')
    expect(claimsOf(reply.token)).toMatchObject([{ service: 'rtm', userId: '7' }])
  })

  it('is granted in part when the policy says so', async () => {
    const authorize = () => allow({ services: ['rtm'], tags: { plan: 'free' } })
    const onEvent = vi.fn()
    const { handler } = testEndpoint({ services, authorize, onEvent })
    const reply = await granted(handler, tokenRequest({ ...ALICE, services }))
    expect(reply.services).toEqual(['rtm'])
    expect(claimsOf(reply.token)).toHaveLength(1)
    expect(JSON.stringify(reply)).not.toContain('free')
    expect(onEvent).toHaveBeenCalledWith(expect.objectContaining({ tags: { plan: 'free' } }))
  })

  it('ends for a privilege before it ends as a whole', async () => {
    const authorize = () =>
      allow({ role: 'publisher', privileges: { joinChannel: 300, publishAudioStream: 60 } })
    const { handler } = testEndpoint({ authorize })
    const reply = await granted(handler, tokenRequest({ ...ALICE, role: 'publisher' }))
    expect(reply).toMatchObject({ expiresIn: 300, expiresAt: NOW + 300 })
    const [claims] = claimsOf(reply.token)
    expect(claims).toMatchObject({
      privileges: {
        joinChannel: 300,
        publishAudioStream: 60,
        publishVideoStream: 3600,
        publishDataStream: 3600,
      },
    })
  })

  it('gives a subscriber no privilege to publish, even if the grant names its end', async () => {
    const authorize = () => allow({ privileges: { publishAudioStream: 60 } })
    const reply = await granted(testEndpoint({ authorize }).handler, tokenRequest(ALICE))
    expect(claimsOf(reply.token)[0]).toHaveProperty('privileges', { joinChannel: 3600 })
  })
})

describe('a renewal in a handler of one service', () => {
  const previousToken = tokenOf([
    rtc({ channel: 'room-42', uid: 7, role: 'subscriber' }),
    rtm({ userId: '7' }),
  ])

  // The services of a previous token are not checked against those that this handler offers.
  it('is not for the others that the previous token has', async () => {
    const reply = await granted(testEndpoint().handler, tokenRequest({ previousToken }))
    expect(reply.services).toEqual(['rtc'])
  })

  it('is refused when the previous token has only others', async () => {
    const request = tokenRequest({ previousToken: tokenOf([rtm({ userId: '7' })]) })
    await expectProblem(testEndpoint().handler, request, 'previous_token_invalid')
  })

  // The name was checked for rtc, which takes 255 bytes; messaging and chat take 64.
  it('is refused, and raises no alarm, for a user that another service cannot name', async () => {
    const { handler, failures } = testEndpoint({ services })
    const account = 'a'.repeat(100)
    const long = tokenOf([rtc({ channel: 'room-42', account, role: 'subscriber' })])
    const request = tokenRequest({ previousToken: long, services: ['rtc', 'rtm'] })
    expect((await handler.respond(request)).status).toBe(400)
    expect(failures).toEqual([])
  })
})

describe('a ticket', () => {
  const clock = () => NOW * 1000
  const tickets = createTickets<User>({ secrets: ['a secret of at least 32 characters'], clock })
  const endpoint = (authorize = ({ wish }: Ask<User>) => allow({ role: wish.role })) =>
    testEndpoint({ services, authenticate: tickets.authenticate, authorize, clock })
  const at = (ticket: string, wish: object) =>
    tokenRequest(wish, { path: `/t/${ticket}/v1/tokens` })

  it('bounds what the policy grants: channel, role and end', async () => {
    const ticket = await tickets.issue({ id: 'alice' }, '5m', {
      channel: 'room-*',
      role: 'subscriber',
    })
    const { handler } = endpoint()
    const reply = await granted(handler, at(ticket, ALICE))
    expect(reply).toMatchObject({ role: 'subscriber', expiresIn: 300 })
    await expectProblem(handler, at(ticket, { ...ALICE, channel: 'lobby' }), 'channel_forbidden')
    await expectProblem(handler, at(ticket, { ...ALICE, role: 'publisher' }), 'role_forbidden')
  })

  it('opens no service that knows no channels where it is for one', async () => {
    const ticket = await tickets.issue({ id: 'alice' }, 60, { channel: 'room-*' })
    const messaging = { services: ['rtm'], account: 'alice' }
    for (const wish of [messaging, { ...messaging, channel: 'room-42' }]) {
      await expectProblem(endpoint().handler, at(ticket, wish), 'channel_forbidden')
    }
  })

  it('bounds also the subject that another authenticator makes of it', async () => {
    const ticket = await tickets.issue({ id: 'alice' }, 60, { role: 'subscriber' })
    const { handler } = testEndpoint({
      clock,
      authenticate: async (request, context) => {
        const user = await tickets.authenticate(request, context)
        return user ? { id: `guest-${user.id}` } : null
      },
    })
    await expectProblem(handler, at(ticket, { ...ALICE, role: 'publisher' }), 'role_forbidden')
    expect(await granted(handler, at(ticket, ALICE))).toMatchObject({ expiresIn: 60 })
  })

  it('leaves open what it does not bound', async () => {
    const ticket = await tickets.issue({ id: 'alice' }, '1h')
    const wish = { ...ALICE, role: 'publisher', services: ['rtc', 'rtm'] }
    expect(await granted(endpoint().handler, at(ticket, wish))).toMatchObject({ role: 'publisher' })
  })
})

describe('a caller above the limit by address', () => {
  it('is refused before the body is read, which may never come', async () => {
    const perIp = memoryLimiter({ name: 'ip', limit: 1, windowSeconds: 60 })
    const { handler } = testEndpoint({ limits: { perIp } })
    const readBody = vi.fn(() => undefined)
    const send = () => handler.respond(tokenRequest(), { ip: '203.0.113.7', readBody })
    expect(await send()).toMatchObject({ status: 413 })
    expect(await send()).toMatchObject({ status: 429 })
    expect(readBody).toHaveBeenCalledOnce()
  })
})

// A body that the host has parsed and that says nothing of its length, as in chunks.
describe('a body of 100 KB of brackets that the host has parsed', () => {
  // JSON.stringify, which measures the size, runs out of stack.
  it('is too large, and raises no alarm', async () => {
    const depth = 50_000
    const parsedBody: unknown = JSON.parse('['.repeat(depth) + ']'.repeat(depth))
    const { handler, failures } = testEndpoint()
    const { status } = await handler.respond(tokenRequest(), { parsedBody })
    expect(status).toBe(413)
    expect(failures).toEqual([])
  })
})

function tokenOf(services: Parameters<typeof createToken>[0]['services']): string {
  return createToken({ ...PROJECT, issuedAt: NOW, ttl: 600, services })
}

function claimsOf(token: string): readonly object[] {
  return (decodeToken(token) as DecodedToken007).services
}
