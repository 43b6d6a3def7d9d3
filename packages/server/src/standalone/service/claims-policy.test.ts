import { describe, expect, it } from 'vitest'

import type { Wish } from '../../policy/policy.ts'
import { claimsPolicy } from './claims-policy.ts'

const WISH: Wish = { services: ['rtc'], channel: 'room-42', role: 'subscriber', ttl: 60 }

const decide = (
  claims: Readonly<Record<string, unknown>>,
  { claim, id = 'alice', ...wish }: Partial<Wish> & { claim?: string; id?: string } = {},
) => claimsPolicy(claim)({ subject: { id, claims }, wish: { ...WISH, ...wish } })

describe('claimsPolicy', () => {
  it.each([
    ['nothing', {}],
    ['no channel', { channels: [] }],
    ['another channel', { channels: ['room-4', 'room-420', 'oom-42'] }],
    ['a pattern that does not match', { channels: ['room-*-x'] }],
  ])('refuses the channel to a JWT that grants %s', (_what, claims) => {
    expect(decide(claims)).toEqual({ allow: false, code: 'channel_forbidden' })
  })

  it.each([
    ['channels as text', { channels: 'room-42' }],
    ['channels that are no texts', { channels: [42] }],
    ['a blank channel', { channels: ['', 'room-42'] }],
    ['an unknown role', { channels: ['*'], role: 'host' }],
    ['an inherited name as role', { channels: ['*'], role: 'constructor' }],
    ['services as text', { channels: ['*'], services: 'rtc' }],
    ['an unknown service', { channels: ['*'], services: ['rtc', 'fpa'] }],
    ['uid 0', { channels: ['*'], uid: 0 }],
    ['a uid as text', { channels: ['*'], uid: '7' }],
    ...[0, -1, 1.5, 86_401, 1.9e9, '1d2h', '', null, true, [60]].map(
      (ttl): [string, Readonly<Record<string, unknown>>] => [
        `ttl ${JSON.stringify(ttl)}`,
        { channels: ['*'], ttl },
      ],
    ),
  ])('refuses everything to a JWT with %s', (_what, claims) => {
    expect(decide(claims)).toMatchObject({ allow: false, code: 'forbidden' })
  })

  it('grants a channel by name or pattern, as subscriber and for the account sub', () => {
    const grant = { allow: true, identity: { account: 'alice' }, role: 'subscriber' }
    expect(decide({ channels: ['lobby', 'room-42'] })).toEqual(grant)
    expect(decide({ channels: ['room-*'] })).toEqual(grant)
  })

  it('grants role and uid as the JWT says', () => {
    const claims = { channels: ['*'], role: 'publisher', uid: 7 }
    expect(decide(claims)).toEqual({ allow: true, identity: { uid: 7 }, role: 'publisher' })
  })

  it.each([
    [60, 60],
    ['15m', 900],
    [86_400, 86_400],
  ])('grants no longer life than the ttl %o of the JWT', (ttl, seconds) => {
    expect(decide({ channels: ['*'], ttl })).toMatchObject({ allow: true, ttl: seconds })
  })

  it('grants only the services that the JWT names', () => {
    expect(decide({ channels: ['*'] }, { services: ['rtc', 'rtm'] })).toMatchObject({
      allow: false,
      code: 'forbidden',
    })
    const services = ['rtm'] as const
    expect(decide({ services }, { services, channel: '' })).toMatchObject({ allow: true })
    expect(decide({ services }, { services: ['rtc'] })).toMatchObject({ allow: false })
    expect(decide({}, { services, channel: '' })).toMatchObject({ allow: false })
  })

  it('refuses a sub that Agora cannot hold as an account', () => {
    for (const id of ['*', 'a/b', 'x'.repeat(256)]) {
      expect(decide({ channels: ['*'] }, { id })).toMatchObject({ code: 'identity_forbidden' })
    }
    const services = ['rtc', 'rtm'] as const
    const id = 'x'.repeat(65)
    expect(decide({ channels: ['*'] }, { id })).toMatchObject({ allow: true })
    expect(decide({ channels: ['*'], services }, { id, services })).toMatchObject({
      code: 'identity_forbidden',
    })
  })

  it('reads them from a claim of its own where the settings name one', () => {
    const claim = 'https://example.com/rtc'
    expect(decide({ [claim]: { channels: ['*'] } }, { claim })).toMatchObject({ allow: true })
    expect(decide({ channels: ['*'] }, { claim })).toMatchObject({ allow: false })
    expect(decide({ [claim]: ['*'] }, { claim })).toMatchObject({ allow: false })
  })
})
