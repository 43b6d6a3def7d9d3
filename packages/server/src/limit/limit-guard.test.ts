import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { createLimitGuard } from './limit-guard.ts'
import type { LimitGuardOptions } from './limit-options.ts'
import { memoryLimiter } from './memory-limiter.ts'
import type { LimitState, RateLimiter } from './rate-limiter.ts'

const STATE: LimitState = {
  ok: true,
  name: 'subject',
  limit: 2,
  remaining: 1,
  resetIn: 60,
  window: 60,
}
const POLICY = { name: 'subject', limit: 2, window: 60 }

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A guard over a store for subjects that can be changed while in use. */
function guardOver(consume: RateLimiter['consume'], options: Partial<LimitGuardOptions> = {}) {
  const store = { consume: vi.fn(consume), policy: POLICY }
  const onError = vi.fn()
  const guard = createLimitGuard({ perSubject: store, onError, clock: Date.now, ...options })
  return { store, onError, check: (key = 'anna') => guard.check('subject', key), guard }
}

const never = (): Promise<LimitState> => new Promise(() => {})
const down = (): Promise<LimitState> => Promise.reject(new Error('ECONNREFUSED'))

describe('createLimitGuard', () => {
  it('answers at once when the limiter does, and knows nothing of limits not set', () => {
    const perIp = memoryLimiter({ name: 'ip', limit: 2, windowSeconds: 60 })
    const guard = createLimitGuard({ perIp, onError: vi.fn() })
    expect(guard.enabled).toEqual({ ip: true, subject: false, channel: false })
    expect(guard.check('ip', '203.0.113.9')).toMatchObject({ ok: true, remaining: 1 })
    expect(guard.check('subject', 'anna')).toBeUndefined()
    expect(guard.check('channel', 'room')).toBeUndefined()
  })

  it.each([
    [
      'ip',
      /^limits\.perIp: requests come without an address .*pass \{ ip \} as the second argument of fetch$/,
    ],
    ['subject', /^limits\.perSubject: subjects come without an id .*give them an id/],
  ] as const)('tells the owner once a minute that there is no key for %s', (kind, message) => {
    const onError = vi.fn()
    const guard = createLimitGuard({ onError, clock: Date.now })
    for (let i = 0; i < 3; i++) expect(guard.uncountable(kind)).toBeUndefined()
    expect(onError).toHaveBeenCalledTimes(1)
    expect(onError).toHaveBeenCalledWith(
      expect.objectContaining({ message: expect.stringMatching(message) }),
    )
    guard.uncountable(kind === 'ip' ? 'subject' : 'ip')
    expect(onError).toHaveBeenCalledTimes(2)
    vi.advanceTimersByTime(60_000)
    guard.uncountable(kind)
    expect(onError).toHaveBeenCalledTimes(3)
  })

  it.each(['ip', 'subject'] as const)('refuses what has no key for %s under deny', (kind) => {
    const guard = createLimitGuard({ onStoreError: 'deny', onError: vi.fn() })
    expect(() => guard.uncountable(kind)).toThrow(
      expect.objectContaining({ code: 'limiter_unavailable' }),
    )
  })

  it('says above the limit when to come back', () => {
    const perIp = memoryLimiter({ name: 'ip', limit: 1, windowSeconds: 60, clock: () => 0 })
    const guard = createLimitGuard({ perIp, onError: vi.fn() })
    void guard.check('ip', '203.0.113.9')
    expect(guard.check('ip', '203.0.113.9')).toEqual({
      ok: false,
      name: 'ip',
      limit: 1,
      remaining: 0,
      resetIn: 60,
      window: 60,
    })
  })

  it('answers later when the limiter does', async () => {
    const { check } = guardOver(async () => ({ ...STATE, ok: false, resetIn: 0 }))
    await expect(check()).resolves.toMatchObject({ ok: false, resetIn: 0 })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('keeps kinds apart that share a limiter', () => {
    const shared = memoryLimiter({ name: 'all', limit: 1, windowSeconds: 60 })
    const guard = createLimitGuard({ perSubject: shared, perChannel: shared, onError: vi.fn() })
    void guard.check('subject', 'anna')
    expect(guard.check('channel', 'anna')).toMatchObject({ ok: true })
    expect(guard.check('subject', 'anna')).toMatchObject({ ok: false })
  })

  it('shows a limiter outside no name, and a local one none that is long', () => {
    const { store, check } = guardOver(() => STATE)
    void check('anna@example.com')
    void check('x'.repeat(10_000))
    expect(store.consume.mock.calls.flat()).toEqual([
      expect.stringMatching(/^subject:[0-9a-f]{32}$/),
      expect.stringMatching(/^subject:[0-9a-f]{32}$/),
    ])
    const consume = vi.fn(() => STATE)
    const perSubject = { consume, local: true }
    const guard = createLimitGuard({ perSubject, onError: vi.fn() })
    void guard.check('subject', 'anna')
    void guard.check('subject', 'x'.repeat(65))
    expect(consume.mock.calls.flat()).toEqual([
      'subject=anna',
      expect.stringMatching(/^subject:[0-9a-f]{32}$/),
    ])
  })

  it.each([
    ['an unknown option', { perUser: {} }, 'limits: only perIp, perSubject, perChannel'],
    ['a limiter that is none', { perIp: {} }, 'limits.perIp: a limiter, such as memoryLimiter(…),'],
    ['another fail mode', { onStoreError: 'open' }, "limits.onStoreError: 'allow' or 'deny'"],
    ['no time at all', { timeoutMs: 0 }, 'limits.timeoutMs: integer 1 to 60000 expected, got 0'],
    ['nobody to tell', { onError: undefined }, 'limits.onError: function expected, got undefined'],
    ['a clock that is none', { clock: 3 }, 'limits.clock: function expected, got 3'],
  ])('refuses %s', (_what, options, message) => {
    const make = () => createLimitGuard({ onError: vi.fn(), ...options } as never)
    expect(make).toThrow(TypeError)
    expect(make).toThrow(message)
  })
})

describe('a guard whose store fails', () => {
  const throwing = (): never => {
    throw new Error('not connected')
  }
  const rubbish = [
    undefined,
    null,
    'ok',
    {},
    { ...STATE, ok: 'yes' },
    { ...STATE, name: 'a"\r\nset-cookie: b' },
    { ...STATE, limit: Number.NaN },
    { ...STATE, resetIn: Number.POSITIVE_INFINITY },
    { ...STATE, remaining: -1 },
    { ...STATE, window: '60' },
  ]

  it.each<[string, RateLimiter['consume']]>([
    ['throws', throwing],
    ...rubbish.map((answer): [string, () => never] => [
      `answers ${JSON.stringify(answer)}`,
      () => answer as never,
    ]),
  ])('keeps the limit by itself, at once, when it %s', (_what, consume) => {
    const { check, onError } = guardOver(consume)
    expect(check()).toMatchObject({ ok: true, remaining: 1, name: 'subject', window: 60 })
    expect(check()).toMatchObject({ ok: true, remaining: 0 })
    expect(check()).toMatchObject({ ok: false })
    expect(check('bert')).toMatchObject({ ok: true })
    expect(onError).toHaveBeenCalledOnce()
    expect(onError).toHaveBeenCalledWith(
      expect.objectContaining({
        name: 'LimiterFailure',
        limit: 'subject',
        message: 'limits.perSubject: its store fails',
        cause: expect.any(Error),
      }),
    )
  })

  it.each([
    ['rejects', down],
    ['answers rubbish', async () => ({}) as never],
    ['rejects with nothing', () => Promise.reject(undefined)], // oxlint-disable-line typescript/prefer-promise-reject-errors -- so do some
  ])('keeps the limit by itself when it %s later', async (_what, consume) => {
    const { check, onError } = guardOver(consume)
    expect(await check()).toMatchObject({ ok: true, remaining: 1 })
    expect(onError).toHaveBeenCalledOnce()
  })

  it('waits no longer than its time', async () => {
    const { check, onError } = guardOver(never, { timeoutMs: 100 })
    const settled = vi.fn()
    const checked = Promise.resolve(check()).then(settled)
    await vi.advanceTimersByTimeAsync(99)
    expect(settled).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    await checked
    expect(settled).toHaveBeenCalledWith(expect.objectContaining({ ok: true, remaining: 1 }))
    expect(onError.mock.calls[0]?.[0]).toMatchObject({
      cause: { message: 'no answer within 100 ms' },
    })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('asks a failing store once each pause, for all, and uses it again when it answers', async () => {
    const { store, check } = guardOver(down, { timeoutMs: 100 })
    await check('a')
    await vi.advanceTimersByTimeAsync(99)
    for (let i = 0; i < 50; i++) await check(`early ${i}`)
    expect(store.consume).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(1)
    await Promise.all(Array.from({ length: 50 }, async (_, i) => check(`probe ${i}`)))
    expect(store.consume).toHaveBeenCalledTimes(2)
    store.consume.mockImplementation(async () => STATE)
    await vi.advanceTimersByTimeAsync(100)
    await check()
    expect(await Promise.all([check(), check(), check()])).toEqual([STATE, STATE, STATE])
    expect(store.consume).toHaveBeenCalledTimes(6)
  })

  it('lets all ask again who come together, when it was not asked for long', async () => {
    const { store, check } = guardOver(down, { timeoutMs: 100 })
    await check()
    store.consume.mockImplementation(async () => STATE)
    await vi.advanceTimersByTimeAsync(400)
    expect(await Promise.all([check(), check(), check()])).toEqual([STATE, STATE, STATE])
    expect(store.consume).toHaveBeenCalledTimes(4)
  })

  it('reports at once, then once a minute, however many fail and whether it lasts or comes back', async () => {
    const { store, check, onError } = guardOver(never)
    const askMany = async (): Promise<void> => {
      const checks = Array.from({ length: 20 }, async (_, i) => check(`${i} at ${Date.now()}`))
      await vi.advanceTimersByTimeAsync(250)
      await Promise.all(checks)
    }
    await askMany()
    expect(onError).toHaveBeenCalledOnce()
    for (let i = 0; i < 118; i++) {
      store.consume.mockImplementation(i % 3 === 0 ? async () => STATE : never)
      await askMany()
      await vi.advanceTimersByTimeAsync(250)
    }
    expect(store.consume.mock.calls.length).toBeGreaterThan(100)
    expect(onError).toHaveBeenCalledOnce()
    store.consume.mockImplementation(never)
    for (let i = 0; i < 5; i++) await askMany()
    expect(onError).toHaveBeenCalledTimes(2)
  })

  it('reports each limit by itself', async () => {
    const { guard, onError } = guardOver(down, { perChannel: { consume: down, policy: POLICY } })
    await guard.check('subject', 'anna')
    await guard.check('channel', 'room')
    expect(onError.mock.calls.flat().map(({ message }) => message)).toEqual([
      'limits.perSubject: its store fails',
      'limits.perChannel: its store fails',
    ])
  })

  it('refuses when told to', async () => {
    const { check, guard } = guardOver(down, { onStoreError: 'deny' })
    const refusal = { code: 'limiter_unavailable', cause: { limit: 'subject' } }
    await expect(check()).rejects.toMatchObject(refusal)
    expect(() => check()).toThrow(expect.objectContaining({ code: 'limiter_unavailable' }))
    expect(guard.isRequired).toBe(true)
    expect(guardOver(down).guard.isRequired).toBe(false)
  })

  it('learns the limit from a limiter that does not say one in advance', async () => {
    const consume = vi.fn<RateLimiter['consume']>(async () => STATE)
    const { check } = guardOver(down, { perSubject: { consume } })
    await check()
    consume.mockImplementation(down)
    expect(await check('bert')).toMatchObject({ ok: true, remaining: 1 })
    expect(await check('bert')).toMatchObject({ ok: true, remaining: 0 })
    expect(check('bert')).toMatchObject({ ok: false })
  })

  it('keeps a limit of at least one in at least a second, also if the limiter says less', () => {
    const policy = { name: 'subject', limit: 0.5, window: 0 }
    const { check } = guardOver(throwing, { perSubject: { consume: throwing, policy } })
    expect(check()).toMatchObject({ ok: true, limit: 1, window: 1 })
    expect(check()).toMatchObject({ ok: false })
  })

  it('lets pass while it has never said what the limit is', async () => {
    const { check } = guardOver(down, { perSubject: { consume: down } })
    expect(await check()).toBeUndefined()
    expect(check()).toBeUndefined()
  })

  it.each([
    ['throws', throwing],
    ['rejects', () => down()],
  ])('does not mind an onError that %s', async (_what, onError) => {
    const { check } = guardOver(down, { onError })
    expect(await check()).toMatchObject({ ok: true })
  })

  it('goes on after the clock was set back, with asking and with reporting', async () => {
    const { store, check, onError } = guardOver(down, { timeoutMs: 100 })
    await check()
    vi.setSystemTime(Date.now() - 3_600_000)
    await check()
    expect(store.consume).toHaveBeenCalledTimes(2)
    expect(onError).toHaveBeenCalledTimes(2)
  })
})

describe('a guard that knows what its store has said', () => {
  const said = (remaining: number, resetIn = 60): LimitState => ({ ...STATE, remaining, resetIn })

  it('counts on from there while the store fails', async () => {
    const { store, check } = guardOver(async () => said(1))
    await check()
    store.consume.mockImplementation(down)
    expect(await check()).toMatchObject({ ok: true, remaining: 0 })
    expect(check()).toMatchObject({ ok: false })
    expect(check('bert')).toMatchObject({ ok: true, remaining: 1 })
  })

  it('lets pass no more of a key that was at the limit, and does again when its window ends', async () => {
    const { store, check } = guardOver(async () => said(0, 20))
    await check()
    store.consume.mockImplementation(down)
    await expect(check()).resolves.toMatchObject({ ok: false, resetIn: 20 })
    await vi.advanceTimersByTimeAsync(19_999)
    await expect(check()).resolves.toMatchObject({ ok: false, resetIn: 1 })
    await vi.advanceTimersByTimeAsync(1)
    expect(check()).toMatchObject({ ok: true, remaining: 1, resetIn: 60 })
  })

  it('hears also what the store says too late', async () => {
    const late = (): Promise<LimitState> =>
      new Promise((resolve) => {
        setTimeout(() => resolve(said(0)), 300)
      })
    const { check } = guardOver(late)
    const first = Promise.resolve(check())
    await vi.advanceTimersByTimeAsync(250)
    expect(await first).toMatchObject({ ok: true, remaining: 1 })
    await vi.advanceTimersByTimeAsync(50)
    expect(check()).toMatchObject({ ok: false })
    expect(check('bert')).toMatchObject({ ok: true, remaining: 1 })
  })

  it('does not grant the limit anew each time that the store is back for a moment', async () => {
    const { store, check } = guardOver(down, { timeoutMs: 100 })
    let granted = 0
    for (let i = 0; i < 20; i += 1) {
      store.consume.mockImplementation(i % 2 === 0 ? down : async () => said(1))
      const answers = await Promise.all([1, 2, 3].map(async () => check()))
      granted += answers.filter((state) => state?.ok).length
      await vi.advanceTimersByTimeAsync(100)
    }
    // Ten by the store, which one in a round may ask, and two without it.
    expect(granted).toBe(12)
  })

  it('begins anew when the store does', async () => {
    const { store, check } = guardOver(async () => said(0, 1))
    await check()
    store.consume.mockImplementation(async () => said(1, 60))
    await check()
    store.consume.mockImplementation(down)
    expect(await check()).toMatchObject({ ok: true, remaining: 0, resetIn: 60 })
  })

  it('knows nothing of what the store does not say', async () => {
    const { store, check } = guardOver(async () => said(Number.NaN))
    await check()
    store.consume.mockImplementation(down)
    expect(await check()).toMatchObject({ ok: true, remaining: 1 })
  })

  it('asks again at the limit, where windows may slide', async () => {
    const { store, check } = guardOver(async () => ({ ...said(0), ok: false }))
    for (let i = 0; i < 3; i += 1) await expect(check()).resolves.toMatchObject({ ok: false })
    expect(store.consume).toHaveBeenCalledTimes(3)
  })

  describe('of windows that are fixed', () => {
    function fixedGuard(options: Partial<LimitGuardOptions> = {}) {
      const consume = vi.fn<RateLimiter['consume']>(async () => said(0))
      const perSubject = { consume, policy: POLICY, fixedWindow: true }
      return { ...guardOver(down, { perSubject, timeoutMs: 100, ...options }), consume }
    }

    it('refuses at the limit without asking, until the window ends', async () => {
      const { consume, check } = fixedGuard()
      await check()
      expect(check()).toMatchObject({ ok: false, resetIn: 60 })
      await vi.advanceTimersByTimeAsync(59_999)
      expect(check()).toMatchObject({ ok: false, resetIn: 1 })
      expect(consume).toHaveBeenCalledTimes(1)
      await vi.advanceTimersByTimeAsync(1)
      await check()
      expect(consume).toHaveBeenCalledTimes(2)
    })

    it('asks again when the clock was set back', async () => {
      const { consume, check } = fixedGuard()
      await check()
      vi.setSystemTime(Date.now() - 3_600_000)
      await check()
      expect(consume).toHaveBeenCalledTimes(2)
    })

    it.each(['allow', 'deny'] as const)(
      'takes no refusal of its own for an answer of the store, with %s',
      async (onStoreError) => {
        const { consume, check } = fixedGuard({ onStoreError })
        await check('anna')
        consume.mockImplementation(down)
        await Promise.allSettled([check('bert')])
        for (let i = 0; i < 10; i += 1) {
          expect(check('anna')).toMatchObject({ ok: false })
          await Promise.allSettled([(async () => check(`caller ${i}`))()])
        }
        expect(consume).toHaveBeenCalledTimes(2)
      },
    )

    it('leaves the one question after a pause to another caller', async () => {
      const { consume, check } = fixedGuard()
      await check('anna')
      consume.mockImplementation(down)
      await check('bert')
      await vi.advanceTimersByTimeAsync(100)
      expect(check('anna')).toMatchObject({ ok: false })
      await check('bert')
      expect(consume).toHaveBeenCalledTimes(3)
    })
  })

  it('takes nothing that a limiter has remembered for an answer of its store', async () => {
    const remembered = { ...said(0), ok: false, remembered: true }
    const answers = new Map<string, () => Promise<LimitState>>()
    const { store, check, guard } = guardOver(
      async (key) => answers.get(key)?.() ?? Promise.reject(new Error('ECONNREFUSED')),
      { timeoutMs: 100 },
    )
    await check('bert')
    const [[key] = ['']] = store.consume.mock.calls
    await vi.advanceTimersByTimeAsync(100)
    answers.set(key, async () => remembered)
    await expect(check('bert')).resolves.toMatchObject({ ok: false })
    // The store was not asked: one of the next may, and only one.
    await Promise.all([check('carl'), check('dora')])
    expect(store.consume).toHaveBeenCalledTimes(3)
    expect(await guard.unreachable()).toEqual(['subject'])
    expect(store.consume).toHaveBeenCalledTimes(3)
  })
})

describe('a guard that is asked whether its stores answer', () => {
  it('says which do not', async () => {
    const perIp = memoryLimiter({ name: 'ip', limit: 1, windowSeconds: 60 })
    const { guard } = guardOver(down, { perIp, perChannel: { consume: never } })
    const unreachable = guard.unreachable()
    await vi.advanceTimersByTimeAsync(250)
    expect(await unreachable).toEqual(['subject', 'channel'])
    expect(await createLimitGuard({ perIp, onError: vi.fn() }).unreachable()).toEqual([])
  })

  it('asks once for all who ask at one time, however long the store takes', async () => {
    const { guard, store } = guardOver(never)
    const asked = Promise.all(Array.from({ length: 50 }, () => guard.unreachable()))
    await vi.advanceTimersByTimeAsync(249)
    const later = guard.unreachable()
    await vi.advanceTimersByTimeAsync(1)
    expect(await asked).toEqual(Array.from({ length: 50 }, () => ['subject']))
    expect(await later).toEqual(['subject'])
    expect(store.consume).toHaveBeenCalledOnce()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('leaves a store alone in the pause after a failure, and asks after it', async () => {
    const { guard, store, check, onError } = guardOver(down, { timeoutMs: 100 })
    await check()
    for (let i = 0; i < 50; i += 1) expect(await guard.unreachable()).toEqual(['subject'])
    expect(store.consume).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(100)
    for (let i = 0; i < 50; i += 1) expect(await guard.unreachable()).toEqual(['subject'])
    expect(store.consume).toHaveBeenCalledTimes(2)
    store.consume.mockImplementation(async () => STATE)
    await vi.advanceTimersByTimeAsync(100)
    expect(await guard.unreachable()).toEqual([])
    expect(await Promise.all([check(), check()])).toEqual([STATE, STATE])
    expect(onError).toHaveBeenCalledOnce()
  })

  it('asks once a second at most, and not where a request was answered within that time', async () => {
    const { guard, store, check } = guardOver(async () => STATE)
    for (let i = 0; i < 50; i += 1) expect(await guard.unreachable()).toEqual([])
    expect(store.consume).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(1000)
    await check()
    store.consume.mockImplementation(down)
    await vi.advanceTimersByTimeAsync(999)
    expect(await guard.unreachable()).toEqual([])
    expect(store.consume).toHaveBeenCalledTimes(2)
    await vi.advanceTimersByTimeAsync(1)
    expect(await guard.unreachable()).toEqual(['subject'])
    expect(store.consume).toHaveBeenCalledTimes(3)
  })

  it('asks when the clock was set back', async () => {
    const { guard, store } = guardOver(async () => STATE)
    await guard.unreachable()
    vi.setSystemTime(Date.now() - 3_600_000)
    await guard.unreachable()
    expect(store.consume).toHaveBeenCalledTimes(2)
  })

  it('says at once that a store fails of which a request has heard it', async () => {
    const { guard, store, check } = guardOver(async () => STATE)
    await guard.unreachable()
    store.consume.mockImplementation(down)
    await check()
    expect(await guard.unreachable()).toEqual(['subject'])
  })

  it('tells the requests that the store fails, and the owner', async () => {
    const { guard, store, check, onError } = guardOver(down, { onStoreError: 'deny' })
    await guard.unreachable()
    expect(() => check()).toThrow(expect.objectContaining({ code: 'limiter_unavailable' }))
    expect(store.consume).toHaveBeenCalledOnce()
    expect(onError).toHaveBeenCalledOnce()
  })

  it('asks with another key when one is used up, of which a limiter may remember that', async () => {
    const limiter = memoryLimiter({ name: 'subject', limit: 3, windowSeconds: 60 })
    const { guard, store } = guardOver(async (key) => limiter.consume(key))
    for (let i = 0; i < 10; i += 1) {
      expect(await guard.unreachable()).toEqual([])
      vi.advanceTimersByTime(1000)
    }
    const states = await Promise.all(store.consume.mock.results.map(({ value }) => value))
    expect(states.every(({ ok }) => ok)).toBe(true)
    expect(new Set(store.consume.mock.calls.flat()).size).toBe(4)
  })
})

describe('a guard with several limits', () => {
  const state = (name: string): LimitState => ({ ...STATE, name })
  const after =
    (ms: number, name: string): RateLimiter['consume'] =>
    () =>
      new Promise((resolve) => {
        setTimeout(() => resolve(state(name)), ms)
      })

  /** A guard over a store each for addresses and users, and the time that one request waits. */
  function twoLimits(ip: RateLimiter['consume'], subject: RateLimiter, onError = vi.fn()) {
    const perIp = { policy: { name: 'ip', limit: 9, window: 60 }, consume: ip }
    const guard = createLimitGuard({ perIp, perSubject: subject, onError, clock: Date.now })
    const ask = async () => {
      const request = { limitWaitMs: 0 }
      const began = Date.now()
      const states = [
        await guard.check('ip', '::1', request),
        await guard.check('subject', 'anna', request),
      ]
      return { states, waitedMs: Date.now() - began }
    }
    return { ask, onError }
  }

  async function finish<T>(work: Promise<T>): Promise<T> {
    await vi.advanceTimersByTimeAsync(1000)
    return work
  }

  it('asks no further store when one has used up the time of a request', async () => {
    const consume = vi.fn(never)
    const { ask, onError } = twoLimits(never, { policy: POLICY, consume })
    const { states, waitedMs } = await finish(ask())
    expect(states).toMatchObject([{ name: 'ip' }, { name: 'subject', ok: true, remaining: 1 }])
    expect(waitedMs).toBe(250)
    expect(consume).not.toHaveBeenCalled()
    expect(onError).toHaveBeenCalledOnce()
  })

  it('leaves a later store what an earlier one has left of the time', async () => {
    const perSubject = { policy: POLICY, consume: after(100, 'subject') }
    const inTime = await finish(twoLimits(after(150, 'ip'), perSubject).ask())
    expect(inTime).toEqual({ states: [state('ip'), state('subject')], waitedMs: 250 })
    const { ask, onError } = twoLimits(after(151, 'ip'), perSubject)
    const { states, waitedMs } = await finish(ask())
    expect(states).toMatchObject([state('ip'), { name: 'subject', remaining: 1 }])
    expect(waitedMs).toBe(250)
    expect(onError.mock.calls.flat()).toMatchObject([
      { limit: 'subject', cause: { message: 'no answer within 99 ms' } },
    ])
  })

  it('refuses, when told to, what no time is left to count, and says so', async () => {
    const perIp = { consume: after(250, 'ip') }
    const perSubject = { consume: vi.fn(down) }
    const guard = createLimitGuard({
      perIp,
      perSubject,
      onStoreError: 'deny',
      onError: vi.fn(),
      clock: Date.now,
    })
    const request = { limitWaitMs: 0 }
    expect(await finish(Promise.resolve(guard.check('ip', '::1', request)))).toEqual(state('ip'))
    expect(() => guard.check('subject', 'anna', request)).toThrow(
      expect.objectContaining({
        code: 'limiter_unavailable',
        cause: expect.objectContaining({
          limit: 'subject',
          cause: new Error('other limits used up the time of the request'),
        }),
      }),
    )
    expect(perSubject.consume).not.toHaveBeenCalled()
  })

  it('gives each request its own time', async () => {
    const consume = vi.fn(async () => state('subject'))
    const { ask } = twoLimits(never, { policy: POLICY, consume })
    const asked = Promise.all([ask(), ask()])
    await vi.advanceTimersByTimeAsync(250)
    expect(await asked).toMatchObject([{ waitedMs: 250 }, { waitedMs: 250 }])
    expect(consume).not.toHaveBeenCalled()
    // The first store is now paused, so that there is time for the second.
    expect(await ask()).toMatchObject({ waitedMs: 0 })
    expect(consume).toHaveBeenCalledOnce()
  })

  it('counts no time in which the process stood still, neither before the answer nor for the next', async () => {
    let stoodStillMs = 0
    const clock = (): number => Date.now() + stoodStillMs
    const perIp = { policy: { name: 'ip', limit: 9, window: 60 }, consume: after(60, 'ip') }
    const consume = vi.fn(after(60, 'subject'))
    const onError = vi.fn()
    const perSubject = { policy: POLICY, consume }
    const guard = createLimitGuard({ perIp, perSubject, onError, clock })
    const request = { limitWaitMs: 0 }
    const ip = Promise.resolve(guard.check('ip', '::1', request))
    await vi.advanceTimersByTimeAsync(55)
    stoodStillMs = 5000
    await vi.advanceTimersByTimeAsync(5)
    expect(await ip).toEqual(state('ip'))
    expect(request.limitWaitMs).toBe(100)
    const subject = Promise.resolve(guard.check('subject', 'anna', request))
    await vi.advanceTimersByTimeAsync(60)
    expect(await subject).toEqual(state('subject'))
    expect(consume).toHaveBeenCalledOnce()
    expect(onError).not.toHaveBeenCalled()
  })

  it('counts in memory as before, because that takes no waiting', async () => {
    const limiter = memoryLimiter({ name: 'subject', limit: 9, windowSeconds: 60 })
    const consume = vi.spyOn(limiter, 'consume')
    const { states } = await finish(twoLimits(never, limiter).ask())
    expect(consume).toHaveBeenCalledOnce()
    expect(states[1]).toMatchObject({ limit: 9, remaining: 8 })
  })
})
