import { createToken, rtc, rtm } from '@rtc-token/core'
import { describe, expect, it, vi } from 'vitest'

import {
  granted,
  NOW,
  PROJECT,
  refused,
  testEndpoint,
  tokenRequest,
  type User,
} from '../test/support/token-endpoint.ts'
import { certificateKeys } from './keys/certificate-keys.ts'
import { allow, type Ask, type Decision } from './policy.ts'

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

  it.each(['publishAudioStream', 'publishVideoStream', 'publishDataStream'])(
    'takes for a publisher who had the privilege %s',
    async (privilege) => {
      const privileges = { joinChannel: 600, [privilege]: 600 }
      const previousToken = minted({ channel: 'room-42', uid: 1234, privileges })
      const reply = await granted(testEndpoint().handler, tokenRequest({ previousToken }))
      expect(reply).toMatchObject({ role: 'publisher' })
    },
  )

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

  it('shows the policy no channel of a token that is for none', async () => {
    const asked: Ask<User>[] = []
    const authorize = (ask: Ask<User>): Decision => {
      asked.push(ask)
      return allow()
    }
    const { handler } = testEndpoint({ services: ['rtc', 'rtm'], authorize })
    const services = [rtm({ userId: '1234' })]
    const previousToken = createToken({ ...PROJECT, issuedAt: NOW, ttl: 600, services })
    await granted(handler, tokenRequest({ previousToken, services: ['rtc'], channel: 'room-42' }))
    expect(asked[0]).toMatchObject({
      wish: { services: ['rtc'], channel: 'room-42' },
      previous: { services: ['rtm'], channel: '' },
    })
  })

  it('takes no identity from a token for any user', async () => {
    const asked: Ask<User>[] = []
    const { handler } = testEndpoint({
      authorize: (ask) => {
        asked.push(ask)
        return allow()
      },
    })
    const previousToken = minted({ channel: 'room-42', role: 'subscriber', anyUser: true })
    const problem = await refused(handler, tokenRequest({ previousToken }))
    expect(problem.code).toBe('identity_invalid')
    expect(asked[0]).not.toHaveProperty('previous.identity')
    expect(await granted(handler, tokenRequest({ previousToken, uid: 5 }))).toMatchObject({
      uid: 5,
    })
  })

  it('shows the policy no identity of a token of version 006 for any user', async () => {
    const authorize = vi.fn(() => allow())
    const { handler } = testEndpoint({ authorize })
    const user = { channel: 'room-42', role: 'subscriber', anyUser: true } as const
    const previousToken = minted(user, { version: '006' })
    await granted(handler, tokenRequest({ previousToken, channel: 'room-42', uid: 1234 }))
    const { channel, role } = user
    const previous = { services: ['rtc'], channel, role, expiresAt: NOW + 3600 }
    expect(authorize).toHaveBeenCalledWith(expect.objectContaining({ previous }))
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

function minted(
  user: Parameters<typeof rtc>[0],
  overrides: Partial<Parameters<typeof createToken>[0]> = {},
): string {
  const services = [rtc(user)]
  return createToken({ ...PROJECT, ttl: 3600, issuedAt: NOW, services, ...overrides })
}
