import { readWithAgoraToken } from '@rtc-token/agora-oracle'
import type { TokenReply } from '@rtc-token/core/contract'
import { describe, expect, it, vi } from 'vitest'

import {
  agoraService,
  agoraToken006,
  agoraToken007,
  type ByPrivilege,
} from '../../test/support/agora-tokens.ts'
import {
  granted,
  NOW,
  PROJECT,
  refused,
  testEndpoint,
  tokenRequest,
  type User,
} from '../../test/support/token-endpoint.ts'
import type { TokenHandlerOptions } from '../options/handler-options.ts'
import { allow, type Ask, type Grant, type PreviousGrant } from '../policy/policy.ts'

const { rtc, rtm, chat, streaming } = agoraService
const SERVICES = ['rtc', 'rtm', 'chat'] as const
const ALL = { 1: 3600, 2: 3600, 3: 3600, 4: 3600 }
const PLACE = { channel: 'room-42', uid: 1234 }

function endpointAt(seconds: number, grant: Partial<Grant> = {}) {
  const authorize = vi.fn((_ask: Ask<User>) => allow(grant))
  const options: Partial<TokenHandlerOptions<User>> = {
    services: SERVICES,
    authorize,
    clock: () => (NOW + seconds) * 1000,
  }
  const previous = (): PreviousGrant | undefined => authorize.mock.calls[0]![0].previous
  return { ...testEndpoint(options), authorize, previous }
}

/** Seconds by number, as agora-token reads them. */
function signedIn({ token }: TokenReply): ByPrivilege {
  const [service] = readWithAgoraToken(token, PROJECT.appCertificate).services
  return service!.privileges
}

type Row = readonly [name: string, signed: ByPrivilege, at: number, renewed: ByPrivilege]

// Of a token that lives for 3600 s, to be renewed for as long.
const ROWS: readonly Row[] = [
  ['all of a publisher', ALL, 2700, ALL],
  ['all, as long as the token', { 1: 0, 2: 0, 3: 0, 4: 0 }, 2700, ALL],
  ['all, after its end', ALL, 4199, ALL],
  [
    'all, which say that they outlive the token',
    { 1: 7200, 2: 86_400, 3: 9e8 },
    3700,
    { 1: 3600, 2: 3600, 3: 3600 },
  ],
  ['only data', { 1: 3600, 4: 3600 }, 2700, { 1: 3600, 4: 3600 }],
  ['only audio', { 1: 3600, 2: 3600 }, 2700, { 1: 3600, 2: 3600 }],
  ['only video, after its end', { 1: 0, 3: 0 }, 3700, { 1: 3600, 3: 3600 }],
  ['no publishing', { 1: 3600 }, 2700, { 1: 3600 }],
  ['publishing that has ended', { 1: 3600, 2: 600, 3: 600, 4: 600 }, 601, { 1: 3600 }],
  ['publishing that ends right now', { 1: 3600, 2: 600, 3: 600, 4: 600 }, 600, { 1: 3600 }],
  ['publishing that ended before the token did', { 1: 3600, 2: 3599 }, 3601, { 1: 3600 }],
  [
    'publishing that ends earlier',
    { 1: 3600, 2: 600, 3: 900, 4: 3600 },
    500,
    { 1: 3600, 2: 100, 3: 400, 4: 3600 },
  ],
  [
    'one that has ended and one that lasts',
    { 1: 3600, 2: 600, 3: 3600 },
    700,
    { 1: 3600, 3: 3600 },
  ],
  [
    'a right to be there that ended with the others left',
    { 1: 600, 2: 3600, 3: 300 },
    700,
    { 1: 3600, 2: 3600 },
  ],
  [
    'privileges without a name',
    { 1: 3600, 5: 3600, 6: 3600, 12: 3600, 101: 3600 },
    2700,
    { 1: 3600 },
  ],
]

describe('a previous token of version 007', () => {
  it.each(ROWS)('renews %s', async (_name, signed, at, renewed) => {
    const { handler, previous } = endpointAt(at)
    const previousToken = agoraToken007([rtc('room-42', 1234, signed)])
    const reply = await granted(handler, tokenRequest({ previousToken }))
    expect(signedIn(reply)).toEqual(renewed)
    const role = Object.keys(renewed).length > 1 ? 'publisher' : 'subscriber'
    expect(reply).toMatchObject({ ...PLACE, role, expiresIn: 3600 })
    expect(previous()).toMatchObject({ role })
  })

  it.each([
    ['without the right to join', { 2: 3600, 3: 3600, 4: 3600 }, 100],
    ['without any privilege', {}, 100],
    ['whose right to be there ended ten minutes ago', { 1: 600, 2: 3600 }, 1200],
    ['that ended ten minutes ago', { 1: 0, 2: 0 }, 4200],
  ] as const)('renews nothing of one %s', async (_name, signed, at) => {
    const { handler, authorize } = endpointAt(at)
    const previousToken = agoraToken007([rtc('room-42', 1234, signed)])
    const problem = await refused(handler, tokenRequest({ previousToken }))
    expect(problem.code).toBe('previous_token_invalid')
    expect(authorize).not.toHaveBeenCalled()
  })

  it.each([
    [86_400 + 599, 200],
    [86_400 + 600, 400],
  ])('ends after 24 hours, whatever it says: %i s later', async (at, status) => {
    const { handler } = endpointAt(at)
    const services = [rtc('room-42', 1234, { 1: 0, 2: 200_000 })]
    const previousToken = agoraToken007(services, { ttl: 2_000_000 })
    expect((await handler.respond(tokenRequest({ previousToken }))).status).toBe(status)
  })

  it('opens messaging and chat for as long as it is possible to log in there', async () => {
    const services = [
      rtc('room-42', 'alice', ALL),
      rtm('alice', { 1: 600 }),
      chat('alice', { 1: 0 }),
    ]
    const previousToken = agoraToken007(services)
    const at = async (seconds: number) => {
      const { handler, previous } = endpointAt(seconds)
      const reply = await granted(handler, tokenRequest({ previousToken }))
      expect(previous()!.services).toEqual(reply.services)
      return { services: reply.services, expiresAt: previous()!.expiresAt }
    }
    expect(await at(500)).toEqual({ services: ['rtc', 'rtm', 'chat'], expiresAt: NOW + 600 })
    expect(await at(1199)).toEqual({ services: ['rtc', 'rtm', 'chat'], expiresAt: NOW + 600 })
    expect(await at(1200)).toEqual({ services: ['rtc', 'chat'], expiresAt: NOW + 3600 })
  })

  it.each([
    ['messaging without the right to log in', [rtm('alice', {})]],
    ['messaging that ended ten minutes ago', [rtm('alice', { 1: 100 })]],
    ['a whole chat app', [chat('', { 2: 3600 })]],
    ['a whole chat app with the name of a user', [chat('alice', { 2: 3600 })]],
    ['a whole chat app beside a call', [rtc('room-42', 'alice', ALL), chat('', { 2: 3600 })]],
    ['users that differ', [rtc('room-42', 'alice', ALL), rtm('bob', { 1: 3600 })]],
    ['any user, and one', [rtc('room-42', 0, ALL), rtm('bob', { 1: 3600 })]],
    ['two channels', [rtc('room-42', 7, ALL), rtc('room-43', 7, ALL)]],
    ['live streaming', [streaming('room-42', 'alice', { 1: 3600, 2: 3600 })]],
  ])('renews nothing of one for %s', async (_name, services) => {
    const { handler, authorize } = endpointAt(1000)
    const request = tokenRequest({ previousToken: agoraToken007(services), account: 'alice' })
    const { code } = await refused(handler, request)
    expect(code).toBe('previous_token_invalid')
    expect(authorize).not.toHaveBeenCalled()
  })

  it('shows the policy until when it may what, and none of it can be changed', async () => {
    const { handler, previous } = endpointAt(500)
    const signed = { 1: 3600, 2: 600, 3: 300, 4: 0 }
    const previousToken = agoraToken007([rtc('room-42', 1234, signed)])
    await granted(handler, tokenRequest({ previousToken }))
    expect(previous()).toEqual({
      services: ['rtc'],
      channel: 'room-42',
      identity: { uid: 1234 },
      role: 'publisher',
      privileges: {
        joinChannel: NOW + 3600,
        publishAudioStream: NOW + 600,
        publishDataStream: NOW + 3600,
      },
      expiresAt: NOW + 3600,
    })
    const { services, identity, privileges } = previous()!
    for (const part of [previous(), services, identity, privileges]) {
      expect(Object.isFrozen(part)).toBe(true)
    }
  })

  it.each<[string, Partial<Grant>, ByPrivilege]>([
    ['says nothing', {}, { 1: 3600, 4: 3600 }],
    ['names a role, which is a ceiling', { role: 'publisher' }, { 1: 3600, 4: 3600 }],
    ['lowers the role', { role: 'subscriber', downgrade: true }, { 1: 3600 }],
    [
      'names one that has ended',
      { privileges: { publishAudioStream: 60 } },
      { 1: 3600, 2: 60, 4: 3600 },
    ],
    ['ends one that lasts', { privileges: { publishDataStream: 60 } }, { 1: 3600, 4: 60 }],
    ['ends the right to be there', { privileges: { joinChannel: 60 } }, { 1: 60, 4: 3600 }],
    ['shortens the life', { ttl: 60 }, { 1: 60, 4: 60 }],
  ])('renews only data for a policy that %s', async (_name, grant, renewed) => {
    const { handler } = endpointAt(2700, grant)
    const signed = { 1: 3600, 2: 600, 3: 600, 4: 3600 }
    const previousToken = agoraToken007([rtc('room-42', 1234, signed)])
    expect(signedIn(await granted(handler, tokenRequest({ previousToken })))).toEqual(renewed)
  })

  it('renews no privilege past its own end, however slow the policy and the keys are', async () => {
    const now = { seconds: NOW + 500 }
    const { handler } = testEndpoint({
      clock: () => now.seconds * 1000,
      authorize: () => {
        now.seconds += 60
        return allow()
      },
    })
    const previousToken = agoraToken007([rtc('room-42', 1234, { 1: 3600, 2: 600, 3: 530 })])
    const reply = await granted(handler, tokenRequest({ previousToken }))
    expect(reply).toMatchObject({ issuedAt: NOW + 560, role: 'publisher' })
    expect(signedIn(reply)).toEqual({ 1: 3600, 2: 40 })
  })

  it('moves no end on, however often it is renewed', async () => {
    let previousToken = agoraToken007([rtc('room-42', 1234, { 1: 3600, 2: 600 })])
    for (const at of [100, 200, 300, 400, 500, 599]) {
      const reply = await granted(endpointAt(at).handler, tokenRequest({ previousToken }))
      expect(signedIn(reply)).toEqual({ 1: 3600, 2: 600 - at })
      previousToken = reply.token
    }
    const last = await granted(endpointAt(600).handler, tokenRequest({ previousToken }))
    expect(last.role).toBe('subscriber')
    expect(signedIn(last)).toEqual({ 1: 3600 })
  })
})

describe('a previous token of version 006', () => {
  const until = (lives: ByPrivilege): ByPrivilege =>
    Object.fromEntries(Object.entries(lives).map(([id, life]) => [id, life && NOW + life]))

  it.each<Row>([
    ['all of a publisher', ALL, 2700, ALL],
    ['all, after its end', ALL, 4199, ALL],
    ['all, as long as the token', { 1: 0, 2: 0 }, 86_000, { 1: 3600, 2: 3600 }],
    ['only data', { 1: 3600, 4: 3600 }, 2700, { 1: 3600, 4: 3600 }],
    ['publishing that has ended', { 1: 3600, 2: 600, 3: 600 }, 601, { 1: 3600 }],
    ['publishing that ends earlier', { 1: 3600, 2: 600, 3: 0 }, 500, { 1: 3600, 2: 100, 3: 3600 }],
    ['publishing to a CDN', { 1: 3600, 5: 3600, 6: 3600 }, 2700, { 1: 3600 }],
    ['asking to publish, and inviting', { 1: 3600, 7: 0, 10: 0, 101: 0 }, 2700, { 1: 3600 }],
    ['a call, beside messaging', { 1: 3600, 1000: 3600 }, 2700, { 1: 3600 }],
  ])('renews %s', async (_name, signed, at, renewed) => {
    const { handler } = endpointAt(at)
    const previousToken = agoraToken006('room-42', 1234, until(signed))
    const reply = await granted(handler, tokenRequest({ previousToken, ...PLACE }))
    expect(signedIn(reply)).toEqual(renewed)
    const role = Object.keys(renewed).length > 1 ? 'publisher' : 'subscriber'
    expect(reply).toMatchObject({ ...PLACE, role, services: ['rtc'] })
  })

  it.each([
    [
      'messaging, whose user is called as the channel',
      agoraToken006('room-42', 0, until({ 1000: 3600 })),
    ],
    ['messaging of two names', agoraToken006('room-42', 1234, until({ 1000: 3600 }))],
    ['messaging that may publish', agoraToken006('room-42', 1234, until({ 2: 3600, 1000: 3600 }))],
    ['publishing without joining', agoraToken006('room-42', 1234, until({ 2: 3600 }))],
    ['nothing', agoraToken006('room-42', 1234, {})],
    [
      'a right to join that ended ten minutes ago',
      agoraToken006('room-42', 1234, until({ 1: 100, 2: 3600 })),
    ],
    ['a week', agoraToken006('room-42', 1234, until({ 1: 0, 2: 0 }), NOW + 7 * 86_400)],
  ])('renews nothing of one for %s', async (_name, previousToken) => {
    for (const services of [undefined, ['rtc'], ['rtm'], ['rtc', 'rtm']]) {
      const { handler, authorize } = endpointAt(700)
      const { code } = await refused(handler, tokenRequest({ previousToken, ...PLACE, services }))
      expect(code).toBe('previous_token_invalid')
      expect(authorize).not.toHaveBeenCalled()
    }
  })
})
