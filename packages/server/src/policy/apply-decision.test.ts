import { describe, expect, it } from 'vitest'

import { applyDecision } from './apply-decision.ts'
import { allow, type Decision, deny, type Grant, type Wish } from './policy.ts'

const SPEAKER = { role: 'publisher' } as const
const WISH: Wish = {
  services: ['rtc'],
  channel: 'room-42',
  identity: { uid: 7 },
  role: 'publisher',
  ttl: 3600,
}
const BOTH: Wish = { ...WISH, services: ['rtc', 'rtm'] }
const { identity: _uid, ...ANYBODY } = WISH

describe('applyDecision', () => {
  it('signs the wish when the grant says nothing but the role', () => {
    expect(applyDecision(allow({ role: 'publisher' }), WISH)).toEqual(WISH)
  })

  it('leaves everyone what they were when the grant does not say what they are', () => {
    const listening: Wish = { ...WISH, role: 'subscriber' }
    expect(applyDecision(allow(), listening)).toEqual(listening)
    const speaking = {
      role: 'publisher',
      privileges: { joinChannel: 9, publishDataStream: 9 },
    } as const
    const privileges = { joinChannel: 3600, publishDataStream: 3600 }
    expect(applyDecision(allow(), WISH, { previous: speaking })).toEqual({ ...WISH, privileges })
    expect(() => applyDecision(allow(), WISH)).toThrow(refusal('role_forbidden'))
    const before = { previous: { role: 'subscriber', privileges: { joinChannel: 9 } } } as const
    expect(() => applyDecision(allow(), WISH, before)).toThrow(refusal('role_forbidden'))
  })

  it('asks for no role where none is signed', () => {
    const messaging: Wish = { ...WISH, services: ['rtm'] }
    expect(applyDecision(allow(), messaging)).toEqual(messaging)
  })

  it.each<[string, Decision, Wish, object]>([
    [
      'restates the channel',
      allow({ ...SPEAKER, channel: 'room-42' }),
      WISH,
      { channel: 'room-42' },
    ],
    [
      'allocates a uid',
      allow({ ...SPEAKER, identity: { uid: 9 } }),
      ANYBODY,
      { identity: { uid: 9 } },
    ],
    [
      'allocates an account',
      allow({ ...SPEAKER, identity: { account: 'a' } }),
      ANYBODY,
      { identity: { account: 'a' } },
    ],
    [
      'confirms the uid',
      allow({ ...SPEAKER, identity: { uid: 7 } }),
      WISH,
      { identity: { uid: 7 } },
    ],
    [
      'names the same user as account',
      allow({ ...SPEAKER, identity: { account: '7' } }),
      WISH,
      { identity: { account: '7' } },
    ],
    ['confirms the role', allow({ role: 'publisher' }), WISH, { role: 'publisher' }],
    [
      'downgrades openly',
      allow({ role: 'subscriber', downgrade: true }),
      WISH,
      { role: 'subscriber' },
    ],
    [
      'would permit more than was wished',
      allow({ role: 'publisher' }),
      { ...WISH, role: 'subscriber' },
      { role: 'subscriber' },
    ],
    [
      'names a service twice',
      allow({ ...SPEAKER, services: ['rtc', 'rtc'] }),
      WISH,
      { services: ['rtc'] },
    ],
    ['shortens the life', allow({ ...SPEAKER, ttl: 10 }), WISH, { ttl: 10 }],
    [
      'permits a longer life than was wished',
      allow({ ...SPEAKER, ttl: 86_400 }),
      WISH,
      { ttl: 3600 },
    ],
  ])('accepts a grant that %s', (_name, decision, wish, expected) => {
    expect(applyDecision(decision, wish)).toMatchObject(expected)
  })

  it.each<[string, Decision, Wish, object]>([
    ['denied', deny(), WISH, { code: 'forbidden', detail: undefined }],
    [
      'denied with a reason',
      deny('renewal_refused', 'banned'),
      WISH,
      { code: 'renewal_refused', detail: 'banned' },
    ],
    ['denied without a code', { allow: false }, WISH, { code: 'forbidden' }],
    ['without an identity', allow(), ANYBODY, { code: 'identity_invalid' }],
    ['for another uid', allow({ identity: { uid: 8 } }), WISH, { code: 'identity_forbidden' }],
    ['for an account', allow({ identity: { account: 'a' } }), WISH, { code: 'identity_forbidden' }],
    ['quietly narrower', allow({ role: 'subscriber' }), WISH, { code: 'role_forbidden' }],
    [
      'narrower by what is not quite a yes',
      allow({ role: 'subscriber', downgrade: 'no' as unknown as true }),
      WISH,
      { code: 'role_forbidden' },
    ],
  ])('refuses what is %s', (_name, decision, wish, expected) => {
    expect(() => applyDecision(decision, wish)).toThrow(
      expect.objectContaining({ name: 'Refusal', ...expected }),
    )
  })

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['true', true],
    ['a list', [allow()]],
    ['an empty object', {}],
    ['allow that is no boolean', { allow: 'yes' }],
    ['a promise', Promise.resolve(allow())],
    ['another channel', allow({ channel: 'room-43' })],
    ['a channel that is no text', { allow: true, channel: 7 }],
    ['a misspelt limit', { allow: true, tll: 60 }],
    ['both kinds of identity', { allow: true, identity: { uid: 7, account: 'a' } }],
    ['an empty identity', { allow: true, identity: {} }],
    ['any user', { allow: true, identity: { anyUser: true } }],
    ['uid 0', allow({ identity: { uid: 0 } })],
    ['an empty account', allow({ identity: { account: '' } })],
    ['a blank account', allow({ identity: { account: ' ' } })],
    ['a wildcard account', allow({ identity: { account: '*' } })],
    ['no identity by null', { allow: true, identity: null }],
    ['an unknown role', { allow: true, role: 'admin' }],
    ['a role of every object', { allow: true, role: 'toString' }],
    ['a ttl of 0', allow({ ttl: 0 })],
    ['a ttl of NaN', allow({ ttl: Number.NaN })],
    ['a ttl in words', { allow: true, ttl: '1h' }],
    ['a moment as ttl', allow({ ttl: 1_795_291_741 })],
    ['tags that are no texts', { allow: true, tags: { seat: 3 } }],
    ['a denial with an unknown code', { allow: false, code: 'nope' }],
    ['a denial with a code of every object', { allow: false, code: 'constructor' }],
    ['a denial with a code that is none of 403', { allow: false, code: 'internal_error' }],
    ['a denial with a detail that is no text', { allow: false, detail: { secret: 1 } }],
    ['a denial with grants', { allow: false, role: 'publisher' }],
  ])('takes %s for an error of the policy', (_name, decision) => {
    const act = (): unknown => applyDecision(decision as Decision, WISH)
    expect(act).toThrow(Error)
    expect(act).not.toThrow(expect.objectContaining({ name: 'Refusal' }))
  })
})

describe('applyDecision where a token lives a minute at least', () => {
  const LEAST = { minTtl: 60 } as const
  const messaging: Wish = { ...WISH, services: ['rtm'] }

  it.each<[string, Partial<Grant>, Wish]>([
    ['a life', { ttl: 59 }, WISH],
    ['a life of messaging', { ttl: 59 }, messaging],
    ['a right to be there', { privileges: { joinChannel: 59 } }, WISH],
    ['a right to be there, beside messaging', { privileges: { joinChannel: 59 } }, BOTH],
  ])('refuses a grant of %s of 59 s', (_name, grant, wish) => {
    expect(() => applyDecision(allow({ ...SPEAKER, ...grant }), wish, LEAST)).toThrow(
      expect.objectContaining({
        name: 'Refusal',
        code: 'forbidden',
        detail: 'The policy grants 59 s, and a token lives at least 60 s',
      }),
    )
  })

  it.each<[string, Partial<Grant>, Wish, object]>([
    ['a life of a minute', { ttl: 60 }, WISH, { ttl: 60 }],
    [
      'a right to be there of a minute',
      { privileges: { joinChannel: 60 } },
      WISH,
      { privileges: expect.objectContaining({ joinChannel: 60 }) },
    ],
    [
      'a right to publish of a second, which ends no token',
      { privileges: { publishAudioStream: 1 } },
      WISH,
      { privileges: expect.objectContaining({ joinChannel: 3600, publishAudioStream: 1 }) },
    ],
    [
      'messaging, which knows no right to be there',
      { privileges: { joinChannel: 1 } },
      messaging,
      { ttl: 3600 },
    ],
  ])('grants %s', (_name, grant, wish, expected) => {
    expect(applyDecision(allow({ ...SPEAKER, ...grant }), wish, LEAST)).toMatchObject(expected)
  })

  it.each([
    [40, 'The ticket or JWT expires in 59 s, and a token lives at least 60 s; get a new one'],
    [99.5, 'The ticket or JWT expires in 0 s, and a token lives at least 60 s; get a new one'],
    [101, 'The ticket or JWT expires in 0 s, and a token lives at least 60 s; get a new one'],
  ])('refuses at %d what a ticket until 99 would cut below', (now, detail) => {
    const bounds = { ...LEAST, scope: { endsAt: 99 }, now }
    expect(() => applyDecision(allow(SPEAKER), WISH, bounds)).toThrow(
      expect.objectContaining({
        name: 'Refusal',
        code: 'unauthenticated',
        detail,
        why: { reason: 'expired', detail },
      }),
    )
  })

  it('grants what a ticket cuts to a minute', () => {
    const bounds = { ...LEAST, scope: { endsAt: 99 }, now: 39 }
    expect(applyDecision(allow(SPEAKER), WISH, bounds)).toMatchObject({ ttl: 60 })
  })
})

describe('applyDecision for a policy that names privileges', () => {
  const privileges = { joinChannel: 86_400, publishAudioStream: 60 }

  it('ends none after the token, and gives the others its life', () => {
    const lives = { joinChannel: 3600, publishAudioStream: 60 }
    const others = { publishVideoStream: 3600, publishDataStream: 3600 }
    const granted = applyDecision(allow({ ...SPEAKER, privileges }), WISH)
    expect(granted.privileges).toEqual({ ...lives, ...others })
  })

  it('gives a listener none to publish', () => {
    const listening: Wish = { ...WISH, role: 'subscriber' }
    expect(applyDecision(allow({ privileges }), listening).privileges).toEqual({
      joinChannel: 3600,
    })
  })

  it('cuts them where a ticket cuts the token', () => {
    const bounds = { scope: { endsAt: 100 }, now: 70 }
    const granted = applyDecision(allow({ ...SPEAKER, privileges }), WISH, bounds)
    expect(granted).toMatchObject({
      ttl: 30,
      privileges: { joinChannel: 30, publishAudioStream: 30 },
    })
  })
})

describe('applyDecision for who came with a ticket', () => {
  it('signs nothing in the last second of the ticket', () => {
    const bounds = { scope: { endsAt: 100 }, now: 99.5 }
    expect(() => applyDecision(allow(SPEAKER), WISH, bounds)).toThrow(
      expect.objectContaining({ name: 'Refusal', code: 'unauthenticated' }),
    )
  })

  it('does not refuse messaging for the role in a room', () => {
    const messaging: Wish = { ...WISH, services: ['rtm'] }
    const scope = { role: 'subscriber', endsAt: 86_400 } as const
    expect(applyDecision(allow(), messaging, { scope })).toEqual(messaging)
  })

  it('lowers to the role of the ticket where the policy lowers, and refuses else', () => {
    const scope = { role: 'subscriber', endsAt: 86_400 } as const
    const wish: Wish = { ...WISH, role: 'publisher' }
    const lowers = { ...SPEAKER, downgrade: true } as const
    expect(applyDecision(allow(lowers), wish, { scope })).toMatchObject({ role: 'subscriber' })
    expect(() => applyDecision(allow(SPEAKER), wish, { scope })).toThrow(refusal('role_forbidden'))
  })

  describe('that names the user of messaging', () => {
    const scope = { channel: 'room-42', userId: '7', endsAt: 86_400 } as const
    const ask = (wish: Partial<Wish>, decision: Decision = allow(SPEAKER)): unknown =>
      applyDecision(decision, { ...WISH, identity: { account: '7' }, ...wish }, { scope })

    it.each([
      ['messaging alone', { services: ['rtm'], channel: '' }],
      ['chat alone', { services: ['chat'], channel: '' }],
      ['both beside a call', { services: ['rtc', 'rtm', 'chat'] }],
      ['its uid in decimal', { services: ['rtm'], channel: '', identity: { uid: 7 } }],
      ['a call of another user, which messaging is not asked for', { identity: { uid: 8 } }],
    ] satisfies [string, Partial<Wish>][])('grants %s', (_name, wish) => {
      expect(ask(wish)).toMatchObject(wish)
    })

    it('grants messaging to the user that the policy chooses, where it is this one', () => {
      const wish: Wish = { services: ['rtm'], channel: '', role: 'subscriber', ttl: 60 }
      const granted = (uid: number) => applyDecision(allow({ identity: { uid } }), wish, { scope })
      expect(granted(7)).toMatchObject({ identity: { uid: 7 } })
      expect(() => granted(8)).toThrow(refusal('identity_forbidden'))
    })

    it.each([
      ['messaging as another user', { identity: { account: '8' } }, 'identity_forbidden'],
      ['chat as another', { services: ['chat'], identity: { uid: 8 } }, 'identity_forbidden'],
      [
        'both beside a call as another',
        { services: ['rtc', 'rtm'], channel: 'room-42', identity: { uid: 8 } },
        'identity_forbidden',
      ],
      [
        'messaging beside a call elsewhere',
        { services: ['rtc', 'rtm'], channel: 'room-43' },
        'channel_forbidden',
      ],
      ['a call elsewhere', { services: ['rtc'], channel: 'room-43' }, 'channel_forbidden'],
    ] satisfies [string, Partial<Wish>, string][])('does not grant %s', (_name, wish, code) => {
      expect(() => ask({ services: ['rtm'], channel: '', ...wish })).toThrow(refusal(code))
    })
  })
})

function refusal(code: string): unknown {
  return expect.objectContaining({ name: 'Refusal', code })
}
