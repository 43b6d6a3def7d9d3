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

  it('refuses above the limit and says when to come back', () => {
    const perIp = memoryLimiter({ name: 'ip', limit: 1, windowSeconds: 60, clock: () => 0 })
    const guard = createLimitGuard({ perIp, onError: vi.fn() })
    void guard.check('ip', '203.0.113.9')
    expect(() => guard.check('ip', '203.0.113.9')).toThrow(
      expect.objectContaining({
        code: 'rate_limited',
        retryAfter: 60,
        limit: { ok: false, name: 'ip', limit: 1, remaining: 0, resetIn: 60, window: 60 },
      }),
    )
  })

  it('refuses later when the limiter answers later', async () => {
    const { check } = guardOver(async () => ({ ...STATE, ok: false, resetIn: 0 }))
    await expect(check()).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 1 })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('keeps kinds apart that share a limiter', () => {
    const shared = memoryLimiter({ name: 'all', limit: 1, windowSeconds: 60 })
    const guard = createLimitGuard({ perSubject: shared, perChannel: shared, onError: vi.fn() })
    void guard.check('subject', 'anna')
    expect(guard.check('channel', 'anna')).toMatchObject({ ok: true })
    expect(() => guard.check('subject', 'anna')).toThrow('rate_limited')
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
    expect(() => check()).toThrow('rate_limited')
    expect(check('bert')).toMatchObject({ ok: true })
    expect(onError).toHaveBeenCalledOnce()
    expect(onError).toHaveBeenCalledWith(
      expect.objectContaining({ message: 'rate limiter failed', cause: expect.any(Error) }),
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
    const { store, check, onError } = guardOver(down, { timeoutMs: 100 })
    await check('a')
    await vi.advanceTimersByTimeAsync(99)
    for (let i = 0; i < 50; i++) await check(`early ${i}`)
    expect(store.consume).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(1)
    await Promise.all(Array.from({ length: 50 }, async (_, i) => check(`probe ${i}`)))
    expect(store.consume).toHaveBeenCalledTimes(2)
    expect(onError).toHaveBeenCalledTimes(2)
    store.consume.mockImplementation(async () => STATE)
    await vi.advanceTimersByTimeAsync(100)
    await check()
    expect(await Promise.all([check(), check(), check()])).toEqual([STATE, STATE, STATE])
    expect(store.consume).toHaveBeenCalledTimes(6)
    expect(onError).toHaveBeenCalledTimes(2)
  })

  it('reports once what fails at once for many', async () => {
    const { check, onError } = guardOver(never)
    const checks = Array.from({ length: 20 }, async (_, i) => check(`key ${i}`))
    await vi.advanceTimersByTimeAsync(250)
    await Promise.all(checks)
    expect(onError).toHaveBeenCalledOnce()
  })

  it('refuses when told to', async () => {
    const { check } = guardOver(down, { onStoreError: 'deny' })
    await expect(check()).rejects.toMatchObject({ code: 'limiter_unavailable' })
    expect(() => check()).toThrow(expect.objectContaining({ code: 'limiter_unavailable' }))
  })

  it('learns the limit from a limiter that does not say one in advance', async () => {
    const consume = vi.fn<RateLimiter['consume']>(async () => STATE)
    const { check } = guardOver(down, { perSubject: { consume } })
    await check()
    consume.mockImplementation(down)
    expect(await check()).toMatchObject({ ok: true, remaining: 1 })
    expect(await check()).toMatchObject({ ok: true, remaining: 0 })
    expect(() => check()).toThrow('rate_limited')
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

  it('says which limiters do not answer', async () => {
    const perIp = memoryLimiter({ name: 'ip', limit: 1, windowSeconds: 60 })
    const { guard } = guardOver(down, { perIp, perChannel: { consume: never } })
    const unreachable = guard.unreachable()
    await vi.advanceTimersByTimeAsync(250)
    expect(await unreachable).toEqual(['subject', 'channel'])
    expect(await createLimitGuard({ perIp, onError: vi.fn() }).unreachable()).toEqual([])
  })
})
