import { randomUUID } from 'node:crypto'

import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'

import { createLimitGuard } from '../../src/limit/limit-guard.ts'
import { redisLimiter, SAFE_REDIS_OPTIONS } from '../../src/limit/redis-limiter.ts'
import { describeWithRedis } from './support/describe-with-redis.ts'
import { startRedis } from './support/redis-server.ts'
import { startProcesses } from './support/start-processes.ts'

describeWithRedis('a limit in Redis', () => {
  let url = process.env['REDIS_URL'] ?? ''
  let stopRedis = async (): Promise<void> => {}
  // Nothing of an earlier run, where the Redis is not ours.
  const name = `test-${randomUUID()}`

  beforeAll(async () => {
    if (url !== '') return
    const redis = await startRedis()
    url = redis.url
    stopRedis = () => redis.stop()
  })
  afterAll(() => stopRedis())

  it('is shared by two processes exactly', async () => {
    // A busy machine must not look like a dead Redis here: exactness is what is tested.
    const shared = { redisUrl: url, name, limit: 100, timeoutMs: 10_000 }
    const processes = await startProcesses(2, shared)
    try {
      const counts = await processes.send({ requests: 120, blockMs: 0 })
      expect(counts.flatMap(({ errors }) => errors)).toEqual([])
      expect(counts.reduce((sum, { passed }) => sum + passed, 0)).toBe(100)
      expect(counts.reduce((sum, { refused }) => sum + refused, 0)).toBe(140)
      // The window lasts: there is nothing left for either.
      const later = await processes.send({ requests: 10, blockMs: 0 })
      expect(later.map(({ passed, refused }) => [passed, refused])).toEqual([
        [0, 10],
        [0, 10],
      ])
    } finally {
      await processes.stop()
    }
  }, 60_000)

  it('is exact also where each process is too busy to hear Redis in time', async () => {
    const shared = { redisUrl: url, name: `${name}.d`, limit: 20, timeoutMs: 250 }
    const processes = await startProcesses(4, shared)
    try {
      const counts = await processes.send({ requests: 40, blockMs: 600 })
      expect(counts.flatMap(({ errors }) => errors)).toEqual([])
      expect(counts.reduce((sum, { passed }) => sum + passed, 0)).toBe(20)
      expect(counts.reduce((sum, { refused }) => sum + refused, 0)).toBe(140)
    } finally {
      await processes.stop()
    }
  }, 60_000)

  it('holds no name of a user, and ends with its window', async () => {
    const client = new Redis(url)
    const limiter = redisLimiter({ client, name: `${name}.b`, limit: 5, windowSeconds: 90 })
    const guard = createLimitGuard({
      perSubject: limiter,
      timeoutMs: 10_000,
      onError: (error) => expect.unreachable(String(error)),
    })
    try {
      await client.ping()
      const state = await guard.check('subject', 'anna@example.com')
      expect(state).toMatchObject({ ok: true, limit: 5, remaining: 4, window: 90, resetIn: 90 })
      const [key = '', ...others] = await client.keys(`rtc-token:${name}.b:*`)
      expect(others).toEqual([])
      expect(key).toMatch(/:subject:[0-9a-f]{32}$/)
      expect(await client.ttl(key)).toBeGreaterThan(0)
    } finally {
      await client.del(...(await client.keys(`rtc-token:${name}*`)))
      client.disconnect()
    }
  }, 20_000)

  /** Two requests a minute and a half for each user, and what Redis holds of them. */
  async function twoRequests(suffix: string) {
    const client = new Redis(url)
    onTestFinished(() => client.disconnect())
    const shared = { client, name: `${name}.${suffix}`, limit: 2, windowSeconds: 90 }
    const guard = createLimitGuard({
      perSubject: redisLimiter(shared),
      timeoutMs: 10_000,
      onError: (error) => expect.unreachable(String(error)),
    })
    await client.ping()
    const keys = (): Promise<string[]> => client.keys(`rtc-token:${name}.${suffix}:*`)
    return { client, keys, check: async () => guard.check('subject', 'anna') }
  }

  it('asks Redis no more about who is at the limit', async () => {
    const { client, keys, check } = await twoRequests('c')
    expect(await check()).toMatchObject({ ok: true, remaining: 1 })
    expect(await check()).toMatchObject({ ok: true, remaining: 0 })
    expect(await client.del(...(await keys()))).toBe(1)
    expect(await check()).toMatchObject({ ok: false, resetIn: 90 })
    expect(await keys()).toEqual([])
  }, 20_000)

  it('holds no caller longer because the clock of this machine was set back', async () => {
    const { check } = await twoRequests('e')
    await check()
    await check()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 })
    onTestFinished(() => void vi.useRealTimers())
    expect(await check()).toMatchObject({ ok: false, resetIn: 90 })
  }, 20_000)

  it('ends a window in time that was begun before the clock of Redis was set back', async () => {
    const { client, keys, check } = await twoRequests('f')
    await check()
    const [key = ''] = await keys()
    await client.pexpire(key, 3_600_000)
    expect(await check()).toMatchObject({ ok: true, remaining: 0, resetIn: 90 })
    expect(await client.ttl(key)).toBeLessThanOrEqual(90)
  }, 20_000)

  it('gives a window an end that has none', async () => {
    const { client, keys, check } = await twoRequests('g')
    await check()
    const [key = ''] = await keys()
    await client.persist(key)
    expect(await check()).toMatchObject({ ok: true, remaining: 0, resetIn: 90 })
    expect(await client.ttl(key)).toBeGreaterThan(0)
  }, 20_000)

  it('recommends options that a client takes', () => {
    const client = new Redis({ ...SAFE_REDIS_OPTIONS, lazyConnect: true })
    expect(client.options).toMatchObject(SAFE_REDIS_OPTIONS)
  })
})
