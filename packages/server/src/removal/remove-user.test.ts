import { describe, expect, it, vi } from 'vitest'

import {
  expectProblem,
  NOW,
  testEndpoint,
  tokenRequest,
} from '../../test/support/token-endpoint.ts'
import type { User } from '../../test/support/token-endpoint.ts'
import type { TokenHandlerOptions } from '../options/handler-options.ts'
import { allow } from '../policy/policy.ts'
import type { TokenEvent } from '../telemetry/token-event.ts'
import type { TokenHandler } from '../token-handler.ts'
import { memoryRemovals } from './memory-removals.ts'
import type { Removals } from './removals.ts'
import type { BanOrder } from './user-bans.ts'

const NFC = 'jos\u00e9'
const NFD = 'jose\u0301'

function endpoint(overrides: Partial<TokenHandlerOptions<User>> = {}) {
  const events: TokenEvent[] = []
  const { handler, failures } = testEndpoint({
    removals: memoryRemovals(),
    onEvent: (event) => void events.push(event),
    ...overrides,
  })
  return { handler: handler as TokenHandler<User>, events, failures }
}

const broken = (): never => {
  throw new Error('the store is on fire')
}
const BROKEN: Removals = { has: (keys) => keys.map(() => false), add: broken, delete: broken }
const done = () => Promise.resolve()
const refuse = () => Promise.reject(new Error('Agora says no'))

describe('remove', () => {
  it('answers until when, by default when the last token that is out ends', async () => {
    const { handler } = endpoint({ ttl: { max: 7200 } })
    const refusal = { held: true }
    expect(await handler.remove({ uid: 7 })).toEqual({ until: NOW + 7200, refusal })
    expect(await handler.remove({ uid: 7, seconds: 60 })).toEqual({ until: NOW + 60, refusal })
    expect(await handler.remove({ uid: 7, until: NOW + 90 })).toEqual({ until: NOW + 90, refusal })
  })

  it.each<[string, object, object]>([
    ['another uid', { uid: 7 }, { channel: 'room-42', uid: 8 }],
    ['a longer uid', { uid: 7 }, { channel: 'room-42', uid: 70 }],
    ['an account that ends in the number', { uid: 7 }, { channel: 'room-42', account: 'x7' }],
    ['another channel', { uid: 7, channel: 'room-42' }, { channel: 'room-43', uid: 7 }],
    ['a channel of a longer name', { uid: 7, channel: 'room' }, { channel: 'room-42', uid: 7 }],
    ['messaging', { uid: 7, channel: 'room-42' }, { services: ['rtm'], uid: 7 }],
    ['calls', { uid: 7, services: ['rtm'] }, { channel: 'room-42', uid: 7 }],
    ['a caller of another id', { subject: 'alice2' }, { channel: 'room-42', uid: 7 }],
    ['a user who is called as the caller', { account: 'alice' }, { channel: 'room-42', uid: 7 }],
    ['a caller who is called as the user', { subject: 'bob' }, { channel: 'r', account: 'bob' }],
  ])('leaves %s alone', async (_what, removal, wish) => {
    const { handler } = endpoint({ services: ['rtc', 'rtm'] })
    await handler.remove(removal as { uid: number })
    expect((await handler.respond(tokenRequest(wish))).status).toBe(200)
  })

  it.each([
    [NFC, NFD],
    [NFD, NFC],
  ])('knows a caller whose letters are composed otherwise', async (removed, asking) => {
    for (const local of [{}, { local: true } as const]) {
      const { handler } = endpoint({ removals: { ...memoryRemovals(), ...local } })
      await handler.remove({ subject: { id: removed } })
      const issued = handler.issue({ id: asking }, { channel: 'room-42', uid: 7 })
      await expect(issued).rejects.toMatchObject({ code: 'removed' })
    }
  })

  it('takes a caller by id or as authenticate returns it, a number as its digits', async () => {
    for (const subject of ['7', 7, 7n, { id: '7' }]) {
      const { handler } = endpoint()
      await handler.remove({ subject })
      const issued = handler.issue({ id: '7' }, { channel: 'room-42', uid: 1 })
      await expect(issued).rejects.toMatchObject({ code: 'removed' })
    }
  })

  it('reaches a caller whose token the policy is just granting', async () => {
    const removals = memoryRemovals()
    const { handler } = endpoint({
      removals,
      authorize: async () => {
        await handler.remove({ uid: 1234 })
        return allow()
      },
    })
    await expectProblem(handler, tokenRequest(), 'removed')
  })

  it('spares the policy the question', async () => {
    const authorize = vi.fn(() => allow())
    const { handler } = endpoint({ authorize })
    await handler.remove({ uid: 1234 })
    await expectProblem(handler, tokenRequest(), 'removed')
    expect(authorize).not.toHaveBeenCalled()
  })

  it('ends by itself, and what is said last counts', async () => {
    let now = 0
    const { handler } = endpoint({ removals: memoryRemovals({ clock: () => now }) })
    await handler.remove({ uid: 1234, seconds: 3600 })
    await handler.remove({ uid: 1234, seconds: 60 })
    now = 59_999
    await expectProblem(handler, tokenRequest(), 'removed')
    now = 60_000
    expect((await handler.respond(tokenRequest())).status).toBe(200)
  })

  it('is in the audit', async () => {
    const { handler, events } = endpoint()
    await handler.remove({ uid: 7, channel: 'room-42', seconds: 60, reason: 'spam\nand more' })
    await handler.remove({ subject: 'alice', services: ['rtm'] })
    await handler.readmit({ uid: 7, channel: 'room-42' })
    expect(events).toEqual([
      {
        type: 'user.removed',
        time: NOW * 1000 + 999,
        identity: { kind: 'uid', value: 7 },
        channel: 'room-42',
        reason: 'spam and more',
        until: NOW + 60,
        refusal: 'held',
      },
      expect.objectContaining({ subjectId: 'alice', services: ['rtm'], refusal: 'held' }),
      expect.objectContaining({ type: 'user.readmitted', channel: 'room-42' }),
    ])
  })

  it.each<[object, RegExp]>([
    [{}, /^remove: one of uid, account, subject expected$/],
    [{ uid: 7, account: '7' }, /one of uid, account, subject expected/],
    [{ uid: 7, subject: 'alice' }, /one of uid, account, subject expected/],
    [{ subject: {} }, /^remove: subject: an id, or a caller with one/],
    [{ subject: ' ' }, /^remove: subject: an id, or a caller with one/],
    [{ uid: '7' }, /integer 1 to 4294967295/],
    [{ uid: 0 }, /integer 1 to 4294967295/],
    [{ account: NFD }, /account/],
    [{ uid: 7, channel: '*' }, /channel/],
    [{ uid: 7, services: [] }, /^remove: services: a list of some of rtc, rtm, chat expected/],
    [{ uid: 7, seconds: NOW }, /^remove: seconds: integer 1 to 999999999 expected, got/],
    [{ uid: 7, seconds: 0 }, /^remove: seconds: integer 1 to/],
    [{ uid: 7, seconds: 60, until: NOW + 60 }, /seconds or until expected, got both/],
    [{ uid: 7, until: NOW }, /^remove: seconds until then: integer 1 to/],
    [{ uid: 7, until: NOW * 1000 }, /^remove: until: integer 1 to 99999999999 expected/],
    [{ uid: 7, second: 60 }, /^remove: only uid, .* expected, got second$/],
    [{ uid: 7, rest: {} }, /^remove: rest: createAgoraRest\(…\) expected/],
    [{ subject: 'alice', rest: { ban: done } }, /^remove: uid or account expected with rest/],
    [
      { uid: 7, services: ['rtm'], rest: { ban: done } },
      /^remove: services with rtc expected with rest/,
    ],
  ])('refuses %j', async (removal, message) => {
    const { handler, events } = endpoint()
    await expect(handler.remove(removal as { uid: number })).rejects.toThrow(message)
    expect(events).toEqual([])
  })

  it('needs the option removals, and so does readmit', async () => {
    const { handler } = testEndpoint()
    const { remove, readmit } = handler as TokenHandler<User>
    await expect(remove({ uid: 7 })).rejects.toThrow('remove: the option removals is not set')
    await expect(readmit({ uid: 7 })).rejects.toThrow('readmit: the option removals is not set')
  })
})

describe('remove with rest', () => {
  it.each([
    [1, 10],
    [60, 60],
    [86_431, 86_430],
    [10_000_000, 86_430],
  ])(
    'bans for the %i s of the removal as %i s, in the range of the API',
    async (seconds, banned) => {
      const { handler } = endpoint()
      const ban = vi.fn((_order: BanOrder) => done())
      const report = await handler.remove({ uid: 7, channel: 'room-42', seconds, rest: { ban } })
      expect(report).toMatchObject({ refusal: { held: true }, ban: { held: true } })
      expect(ban).toHaveBeenCalledExactlyOnceWith({ channel: 'room-42', uid: 7, seconds: banned })
    },
  )

  it('keeps the refusal when the ban fails, and says so', async () => {
    const { handler, events } = endpoint()
    const report = await handler.remove({ uid: 1234, rest: { ban: refuse } })
    expect(report).toMatchObject({ refusal: { held: true }, ban: { held: false } })
    expect(report.ban?.error).toEqual(new Error('Agora says no'))
    expect(events[0]).toMatchObject({ refusal: 'held', ban: 'failed' })
    await expectProblem(handler, tokenRequest(), 'removed')
  })

  it('keeps the refusal when the ban throws at once', async () => {
    const { handler } = endpoint()
    const report = await handler.remove({ uid: 1234, rest: { ban: broken } })
    expect(report).toMatchObject({ refusal: { held: true }, ban: { held: false } })
  })

  it('bans when the store fails, and says so', async () => {
    const { handler, events } = endpoint({ removals: BROKEN })
    const report = await handler.remove({ uid: 7, rest: { ban: done } })
    expect(report).toMatchObject({ refusal: { held: false }, ban: { held: true } })
    expect(events[0]).toMatchObject({ refusal: 'failed', ban: 'held' })
  })

  it('rejects when nothing held', async () => {
    const { handler, events } = endpoint({ removals: BROKEN })
    const alone = handler.remove({ uid: 7 })
    await expect(alone).rejects.toMatchObject({
      code: 'removals_unavailable',
      cause: { message: 'the store is on fire' },
    })
    const both = handler.remove({ uid: 7, rest: { ban: refuse } })
    await expect(both).rejects.toMatchObject({ cause: { errors: [{}, {}] } })
    expect(events).toMatchObject([{ refusal: 'failed' }, { refusal: 'failed', ban: 'failed' }])
  })

  it('does not wait for ever for a store that hangs', async () => {
    const removals = { ...BROKEN, add: () => new Promise<never>(() => {}) }
    const { handler } = endpoint({ removals, timeoutMs: 10 })
    await expect(handler.remove({ uid: 7 })).rejects.toMatchObject({
      cause: { message: 'no answer within 10 ms' },
    })
  })
})

describe('readmit', () => {
  it('says whether the user was removed', async () => {
    const { handler } = endpoint()
    await handler.remove({ uid: 7, services: ['rtm', 'chat'] })
    expect(await handler.readmit({ account: '007' })).toEqual({ wasRemoved: true })
    expect(await handler.readmit({ uid: 7 })).toEqual({ wasRemoved: false })
  })

  it('lifts a removal as it was made', async () => {
    const { handler } = endpoint()
    await handler.remove({ uid: 1234, channel: 'room-42' })
    expect(await handler.readmit({ uid: 1234 })).toEqual({ wasRemoved: false })
    await expectProblem(handler, tokenRequest(), 'removed')
    expect(await handler.readmit({ uid: 1234, channel: 'room-42' })).toEqual({ wasRemoved: true })
    expect((await handler.respond(tokenRequest())).status).toBe(200)
  })

  it('has Agora lift its ban after the refusal', async () => {
    const { handler } = endpoint()
    const unban = vi.fn(done)
    const report = await handler.readmit({ uid: 7, channel: 'r', rest: { ban: done, unban } })
    expect(report).toEqual({ wasRemoved: false, ban: { held: true } })
    expect(unban).toHaveBeenCalledExactlyOnceWith({ channel: 'r', uid: 7 })
  })

  it('rejects when the store fails, and leaves the ban in place', async () => {
    const { handler } = endpoint({ removals: BROKEN })
    const unban = vi.fn(done)
    const readmitted = handler.readmit({ uid: 7, rest: { ban: done, unban } })
    await expect(readmitted).rejects.toMatchObject({ code: 'removals_unavailable' })
    expect(unban).not.toHaveBeenCalled()
  })
})
