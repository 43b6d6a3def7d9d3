/* oxlint-disable no-template-curly-in-string -- patterns are written that way */
import { describe, expect, it, vi } from 'vitest'

import type { Ask, Decision, Wish } from './policy.ts'
import { type Rule, rules, type RulesOptions } from './rules.ts'

interface User {
  readonly id: string
  readonly tenant?: string
}

const ALICE: User = { id: 'alice', tenant: 'acme' }
const WISH: Wish = { services: ['rtc'], channel: 'room-42', role: 'publisher', ttl: 3600 }

function ask(wish: Partial<Wish> = {}, subject: User = ALICE): Ask<User> {
  const { signal } = new AbortController()
  return { subject, intent: 'mint', wish: { ...WISH, ...wish }, params: {}, signal }
}

async function decide(
  list: readonly Rule<User>[],
  wish?: Partial<Wish>,
  options?: RulesOptions<User>,
): Promise<Decision> {
  return rules(list, options)(ask(wish))
}

const SERVICES_EXPECTED = 'rules[0].services: a list of some of rtc, rtm, chat expected'
const REFUSED = { allow: false, code: 'channel_forbidden' }

describe('rules', () => {
  it('grants a subscriber unless the rule says more', async () => {
    expect(await decide([{ channel: 'room-*' }])).toEqual({ allow: true, role: 'subscriber' })
  })

  it('grants the role and the longest life of the rule', async () => {
    const rule = { channel: 'room-*', role: 'publisher', ttl: '15m' } as const
    expect(await decide([rule])).toEqual({ allow: true, role: 'publisher', ttl: 900 })
  })

  it('refuses what no rule is for', async () => {
    expect(await decide([{ channel: 'lobby' }, { channel: 'room-1*' }])).toEqual(REFUSED)
  })

  it('goes by the first rule that matches', async () => {
    const list: Rule<User>[] = [
      { channel: 'room-42', ttl: 60 },
      { channel: '*', role: 'publisher' },
    ]
    expect(await decide(list)).toMatchObject({ role: 'subscriber', ttl: 60 })
    expect(await decide(list, { channel: 'room-43' })).toMatchObject({ role: 'publisher' })
  })

  it('fills in the subject', async () => {
    const list = [{ channel: 'tenant-${subject.tenant}-*' }]
    expect(await decide(list, { channel: 'tenant-acme-1' })).toMatchObject({ allow: true })
    expect(await decide(list, { channel: 'tenant-other-1' })).toEqual(REFUSED)
    const wish = { channel: 'tenant-undefined-1' }
    expect(await rules<User>(list)(ask(wish, { id: 'bob' }))).toEqual(REFUSED)
  })

  it.each([true, Promise.resolve(true)])('matches where the condition says %o', async (met) => {
    const condition = vi.fn(() => met)
    expect(await decide([{ channel: '*', if: condition }])).toMatchObject({ allow: true })
    expect(condition).toHaveBeenCalledWith(expect.objectContaining({ subject: ALICE }))
  })

  it.each([false, Promise.resolve(false), undefined, 1, 'yes', {}])(
    'does not match where the condition says %o',
    async (met) => {
      expect(await decide([{ channel: '*', if: () => met as boolean }])).toEqual(REFUSED)
    },
  )

  it('does not ask the condition of a rule for other channels', async () => {
    const condition = vi.fn(() => true)
    await decide([{ channel: 'lobby', if: condition }])
    expect(condition).not.toHaveBeenCalled()
  })

  it('fails closed when a condition throws, and tries no further rule', async () => {
    const broken = (): boolean => {
      throw new Error('store is down')
    }
    const list = [{ channel: '*', if: broken }, { channel: '*' }]
    await expect(decide(list)).rejects.toThrow('store is down')
  })

  it('grants rtc alone unless the rule lists more', async () => {
    const services = ['rtc', 'rtm'] as Wish['services']
    expect(await decide([{ channel: '*' }], { services })).toEqual(REFUSED)
    expect(await decide([{ channel: '*', services }], { services })).toMatchObject({ allow: true })
    expect(await decide([{ channel: '*', services: services.slice(1) }])).toEqual(REFUSED)
  })

  it('goes by the services alone where none has a channel, for subjects who fill the pattern', async () => {
    const services = ['rtm'] as unknown as Wish['services']
    const wish = { services, channel: '' }
    const list = [{ channel: 'tenant-${subject.tenant}-*', services }]
    expect(await rules<User>(list)(ask(wish))).toMatchObject({ allow: true })
    expect(await rules<User>(list)(ask(wish, { id: 'bob' }))).toEqual(REFUSED)
    expect(await decide([{ channel: '*' }], wish)).toEqual(REFUSED)
  })

  it('says who the subject is', async () => {
    const identity = vi.fn(({ id }: User) => ({ account: id }))
    expect(await decide([{ channel: '*' }], {}, { identity })).toEqual({
      allow: true,
      role: 'subscriber',
      identity: { account: 'alice' },
    })
    expect(identity).toHaveBeenCalledWith(ALICE, expect.objectContaining({ channel: 'room-42' }))
  })

  it.each([
    [undefined, {}, 'rules: a list of at least one rule expected'],
    [[], {}, 'rules: a list of at least one rule expected'],
    [[null], {}, 'rules[0]: object expected'],
    [[{ channel: '*' }, {}], {}, 'rules[1].channel: non-empty string expected'],
    [[{ channel: '*', when: () => false }], {}, /^rules\[0\]: only .* expected, got when$/],
    [[{ channel: '*', role: 'host' }], {}, "rules[0].role: 'publisher' or 'subscriber' expected"],
    [[{ channel: '*', services: 'rtc' }], {}, SERVICES_EXPECTED],
    [[{ channel: '*', services: [] }], {}, SERVICES_EXPECTED],
    [[{ channel: '*', services: ['rct'] }], {}, SERVICES_EXPECTED],
    [[{ channel: '*', services: ['rtc', 'toString'] }], {}, SERVICES_EXPECTED],
    [[{ channel: '*', services: [['rtc']] }], {}, SERVICES_EXPECTED],
    [[{ channel: '*', services: null }], {}, SERVICES_EXPECTED],
    [[{ channel: '*', ttl: 0 }], {}, /^rules\[0\]\.ttl: 1 to 86400 seconds.* expected, got 0$/],
    [[{ channel: '*', ttl: '2d' }], {}, /^rules\[0\]\.ttl: /],
    [[{ channel: '*', ttl: 86_401 }], {}, /^rules\[0\]\.ttl: /],
    [[{ channel: '*', if: true }], {}, 'rules[0].if: function expected'],
    [[{ channel: '*' }], { identity: 'account' }, 'rules options.identity: function expected'],
    [[{ channel: '*' }], { ttl: 60 }, 'rules options: only identity expected, got ttl'],
  ])('stops the start at %o', (list, options, message) => {
    const start = (): unknown => rules(list as never, options as RulesOptions<unknown>)
    expect(start).toThrow(TypeError)
    expect(start).toThrow(typeof message === 'string' ? new TypeError(message) : message)
  })
})
