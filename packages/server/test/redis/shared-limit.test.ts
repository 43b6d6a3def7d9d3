import { randomUUID } from 'node:crypto'

import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, it } from 'vitest'

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
    const processes = await startProcesses(2, url, name)
    try {
      const counts = await processes.send(120)
      expect(counts.flatMap(({ errors }) => errors)).toEqual([])
      expect(counts.reduce((sum, { passed }) => sum + passed, 0)).toBe(100)
      expect(counts.reduce((sum, { refused }) => sum + refused, 0)).toBe(140)
      // The window lasts: there is nothing left for either.
      const later = await processes.send(10)
      expect(later.map(({ passed, refused }) => [passed, refused])).toEqual([
        [0, 10],
        [0, 10],
      ])
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

  it('asks Redis no more about who is at the limit', async () => {
    const client = new Redis(url)
    const limiter = redisLimiter({ client, name: `${name}.c`, limit: 2, windowSeconds: 90 })
    try {
      await client.ping()
      const first = [await limiter.consume('a'), await limiter.consume('a')]
      expect(first.map(({ ok }) => ok)).toEqual([true, true])
      expect(await client.del(...(await client.keys(`rtc-token:${name}.c:*`)))).toBe(1)
      expect(await limiter.consume('a')).toMatchObject({ ok: false, remaining: 0, resetIn: 90 })
      expect(await client.keys(`rtc-token:${name}.c:*`)).toEqual([])
    } finally {
      client.disconnect()
    }
  }, 20_000)

  it('recommends options that a client takes', () => {
    const client = new Redis({ ...SAFE_REDIS_OPTIONS, lazyConnect: true })
    expect(client.options).toMatchObject(SAFE_REDIS_OPTIONS)
  })
})
