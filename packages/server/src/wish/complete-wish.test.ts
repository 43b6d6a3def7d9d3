import { chat, createToken, rtc, rtm } from '@rtc-token/core'
import { describe, expect, it, vi } from 'vitest'

import {
  granted,
  NOW,
  PROJECT,
  refused,
  testEndpoint,
  tokenRequest,
  type User,
} from '../../test/support/token-endpoint.ts'
import { certificateKeys } from '../keys/certificate-keys.ts'
import { allow, type Ask, deny } from '../policy/policy.ts'

const ROOM = { channel: 'room-42', uid: 1234, role: 'publisher' } as const
const OTHER_CERTIFICATE = '0123456789abcdef0123456789abcdef'

describe('a renewal', () => {
  it.each(['publisher', 'subscriber'] as const)(
    'takes channel, identity and role from the previous token of a %s',
    async (role) => {
      const { handler } = testEndpoint()
      const previousToken = minted({ ...ROOM, role })
      const reply = await granted(handler, tokenRequest({ previousToken }))
      expect(reply).toMatchObject({ channel: 'room-42', uid: 1234, role })
    },
  )

  it('is for the role that the caller names', async () => {
    const { handler } = testEndpoint()
    const body = { previousToken: minted(ROOM), role: 'subscriber' }
    expect(await granted(handler, tokenRequest(body))).toMatchObject({ role: 'subscriber' })
  })

  it('puts the question to the policy again, with what was granted before', async () => {
    const asked: Ask<User>[] = []
    const { handler } = testEndpoint({
      authorize: (ask) => {
        asked.push(ask)
        return allow()
      },
    })
    const previousToken = minted(ROOM)
    await granted(handler, tokenRequest({ previousToken, role: 'publisher' }))
    expect(asked[0]).toMatchObject({
      subject: { id: 'alice' },
      intent: 'renew',
      wish: { channel: 'room-42', identity: { uid: 1234 }, role: 'publisher' },
      previous: {
        channel: 'room-42',
        identity: { uid: 1234 },
        role: 'publisher',
        privileges: {
          joinChannel: NOW + 3600,
          publishAudioStream: NOW + 3600,
          publishVideoStream: NOW + 3600,
          publishDataStream: NOW + 3600,
        },
        expiresAt: NOW + 3600,
      },
    })
    expect(JSON.stringify(asked)).not.toContain(previousToken)
  })

  it.each([
    [{ account: 'alice' }, { account: 'alice' }],
    [{ account: '0' }, { account: '0' }],
    [{ account: '4294967296' }, { account: '4294967296' }],
    [{ uid: 4_294_967_295 }, { uid: 4_294_967_295 }],
  ])('renews for %j', async (identity, expected) => {
    const previousToken = minted({ channel: 'room-42', role: 'subscriber', ...identity })
    const reply = await granted(testEndpoint().handler, tokenRequest({ previousToken }))
    expect(reply).toMatchObject(expected)
  })

  it('is possible for a token that the second key of the ring has signed', async () => {
    const keys = certificateKeys(PROJECT.appCertificate, OTHER_CERTIFICATE)
    const { handler } = testEndpoint({ project: { appId: PROJECT.appId, keys } })
    const previousToken = minted(ROOM, { appCertificate: OTHER_CERTIFICATE })
    expect(await granted(handler, tokenRequest({ previousToken }))).toMatchObject({ uid: 1234 })
  })

  it('accepts a policy that names the user of digits as an account', async () => {
    const { handler } = testEndpoint({ authorize: () => allow({ identity: { account: '77' } }) })
    const previousToken = minted({ channel: 'room-42', role: 'subscriber', account: '77' })
    expect(await granted(handler, tokenRequest({ previousToken }))).toMatchObject({ account: '77' })
  })

  it.each([
    ['up to ten minutes after its end', NOW + 3600 + 599, 200],
    ['not later', NOW + 3600 + 600, 400],
  ])('is possible %s', async (_name, now, status) => {
    const { handler } = testEndpoint({ clock: () => now * 1000 })
    const request = tokenRequest({ previousToken: minted(ROOM) })
    expect((await handler.respond(request)).status).toBe(status)
  })

  it('renews a token of version 006 when channel and identity come with it', async () => {
    const { handler } = testEndpoint({ version: '006' })
    const { token } = await granted(handler, tokenRequest({ ...ROOM }))
    const { uid, channel } = ROOM
    const reply = await granted(handler, tokenRequest({ previousToken: token, uid, channel }))
    expect(reply.token).toMatch(/^006/)
    const problem = await refused(handler, tokenRequest({ previousToken: token }))
    expect(problem.code).toBe('previous_token_invalid')
    expect(problem.detail).toContain('channel')
    const foreign = await refused(handler, tokenRequest({ previousToken: token, uid: 5, channel }))
    expect(foreign.code).toBe('identity_forbidden')
  })

  it('cannot be had for the token alone', async () => {
    const request = tokenRequest(
      { previousToken: minted(ROOM) },
      { headers: { authorization: '' } },
    )
    expect((await refused(testEndpoint().handler, request)).code).toBe('unauthenticated')
  })

  it.each([
    ['another channel', { channel: 'room-43' }, 'channel_forbidden'],
    ['another uid', { uid: 5 }, 'identity_forbidden'],
    ['an account', { account: 'alice' }, 'identity_forbidden'],
  ])('is refused for %s', async (_name, wish, code) => {
    const request = tokenRequest({ previousToken: minted(ROOM), ...wish })
    expect((await refused(testEndpoint().handler, request)).code).toBe(code)
  })

  it.each([
    ['empty', ''],
    ['nonsense', 'nonsense'],
    ['cut off', minted(ROOM).slice(0, -8)],
    ['of another certificate', minted(ROOM, { appCertificate: OTHER_CERTIFICATE })],
    ['of another project', minted(ROOM, { appId: OTHER_CERTIFICATE })],
    ['from the future', minted(ROOM, { issuedAt: NOW + 86_400 })],
    ['for two channels', minted(ROOM, { services: [rtc(ROOM), rtc({ ...ROOM, channel: 'b' })] })],
  ])('is refused with a previous token that is %s', async (_name, previousToken) => {
    const authorize = vi.fn(() => allow())
    const { handler } = testEndpoint({ authorize })
    const problem = await refused(handler, tokenRequest({ previousToken }))
    expect(problem.code).toBe('previous_token_invalid')
    expect(authorize).not.toHaveBeenCalled()
    if (previousToken) expect(JSON.stringify(problem)).not.toContain(previousToken)
  })
})

describe('a wish with a previous token', () => {
  const SERVICES = ['rtc', 'rtm', 'chat'] as const
  const call = (role: 'publisher' | 'subscriber' = 'subscriber') =>
    rtc({ channel: 'room-42', account: 'alice', role })
  const anyone = rtc({ channel: 'room-42', anyUser: true, role: 'publisher' })
  const CALL = signed(call())
  const SPEECH = signed(call('publisher'))
  const MESSAGING = signed(rtm({ userId: 'alice' }))
  const BOTH = signed(call(), rtm({ userId: 'alice' }))
  const CALL_006 = minted(
    { channel: 'room-42', account: 'alice', role: 'subscriber' },
    { version: '006' },
  )
  const ANYONE = signed(anyone)
  const ANYONE_006 = minted(
    { channel: 'room-42', anyUser: true, role: 'subscriber' },
    { version: '006' },
  )
  const NAMES = { channel: 'room-42', account: 'alice' }

  async function asked(body: object): Promise<Ask<User>> {
    const authorize = vi.fn((_ask: Ask<User>) => deny())
    const { handler } = testEndpoint({ services: SERVICES, authorize })
    await refused(handler, tokenRequest(body))
    return authorize.mock.calls[0]![0]
  }

  it.each<[string, object, object]>([
    ['all of it', { previousToken: CALL }, { services: ['rtc'] }],
    ['all of it, named', { previousToken: CALL, ...NAMES, services: ['rtc'] }, {}],
    ['the role that it has', { previousToken: SPEECH, role: 'publisher' }, { role: 'publisher' }],
    ['a lower role', { previousToken: SPEECH, role: 'subscriber' }, { role: 'subscriber' }],
    ['one of its services', { previousToken: BOTH, services: ['rtm'] }, { services: ['rtm'] }],
    ['both of its services', { previousToken: BOTH, services: ['rtm', 'rtc'] }, {}],
    [
      'messaging, where a role says nothing',
      { previousToken: MESSAGING, role: 'publisher' },
      { channel: '' },
    ],
    ['version 006, named', { previousToken: CALL_006, ...NAMES }, {}],
    [
      'what was for anyone, by nobody',
      { previousToken: ANYONE, role: 'publisher' },
      { role: 'publisher' },
    ],
  ])('is a renewal for %s', async (_name, body, wish) => {
    const ask = await asked(body)
    expect(ask).toMatchObject({ intent: 'renew', wish, previous: expect.anything() })
  })

  it.each<[string, object, object]>([
    [
      'messaging beside a call',
      { previousToken: CALL, services: ['rtc', 'rtm'] },
      { channel: 'room-42' },
    ],
    [
      'messaging in place of a call',
      { previousToken: CALL, services: ['rtm'] },
      { services: ['rtm'] },
    ],
    [
      'chat in place of messaging',
      { previousToken: MESSAGING, services: ['chat'] },
      { services: ['chat'] },
    ],
    [
      'a call beside messaging',
      { previousToken: MESSAGING, services: ['rtc', 'rtm'], channel: 'room-42' },
      {},
    ],
    [
      'a call in place of messaging',
      { previousToken: MESSAGING, services: ['rtc'], channel: 'room-42' },
      {},
    ],
    [
      'messaging with a channel',
      { previousToken: MESSAGING, channel: 'room-42' },
      { services: ['rtm'] },
    ],
    ['a higher role', { previousToken: CALL, role: 'publisher' }, { role: 'publisher' }],
    [
      'a higher role beside messaging',
      { previousToken: BOTH, role: 'publisher' },
      { role: 'publisher' },
    ],
    ['messaging in version 006', { previousToken: CALL_006, ...NAMES, services: ['rtm'] }, {}],
    [
      'one, where the token was for anyone',
      { previousToken: ANYONE, account: 'bob' },
      { identity: { account: 'bob' } },
    ],
    ['one, where 006 was for anyone', { previousToken: ANYONE_006, ...NAMES }, {}],
  ])('is one for a first token for more than it proves: %s', async (_name, body, wish) => {
    const ask = await asked(body)
    expect(ask).toMatchObject({ intent: 'mint', wish: { ...wish, identity: expect.anything() } })
    expect(ask).not.toHaveProperty('previous')
  })

  it('takes the names from the previous token also where it asks for more', async () => {
    const { wish } = await asked({ previousToken: CALL, role: 'publisher' })
    expect(wish).toMatchObject({ channel: 'room-42', identity: { account: 'alice' } })
  })

  it('publishes by no role that the policy does not name', async () => {
    const { handler } = testEndpoint({ authorize: () => allow() })
    const request = tokenRequest({ previousToken: CALL, role: 'publisher' })
    expect((await refused(handler, request)).code).toBe('role_forbidden')
    expect(await granted(handler, tokenRequest({ previousToken: SPEECH }))).toMatchObject({
      role: 'publisher',
    })
  })

  it('is for the project that the policy names, where it asks for more', async () => {
    const other = { appId: OTHER_CERTIFICATE, appCertificate: PROJECT.appCertificate }
    const { handler } = testEndpoint({
      project: { one: PROJECT, other },
      authorize: ({ wish }) => allow({ role: wish.role, project: 'other' }),
    })
    const raised = tokenRequest({ previousToken: CALL, role: 'publisher' })
    expect(await granted(handler, raised)).toMatchObject({ appId: OTHER_CERTIFICATE })
    expect((await refused(handler, tokenRequest({ previousToken: CALL }))).status).toBe(500)
  })

  it('is refused for a service that is not offered here', async () => {
    const previousToken = signed(chat({ userId: 'alice' }))
    const { handler } = testEndpoint({ services: ['rtc', 'rtm'] })
    const problem = await refused(handler, tokenRequest({ previousToken, services: ['rtm'] }))
    expect(problem.code).toBe('previous_token_invalid')
  })
})

function signed(...services: Parameters<typeof createToken>[0]['services'][number][]): string {
  return createToken({ ...PROJECT, ttl: 3600, issuedAt: NOW, services })
}

function minted(
  user: Parameters<typeof rtc>[0],
  overrides: Partial<Parameters<typeof createToken>[0]> = {},
): string {
  const services = [rtc(user)]
  return createToken({ ...PROJECT, ttl: 3600, issuedAt: NOW, services, ...overrides })
}
