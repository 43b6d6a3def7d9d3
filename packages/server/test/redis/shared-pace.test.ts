import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { redisPace } from '../../src/agora-rest/agora-rest.ts'
import { SAFE_REDIS_OPTIONS } from '../../src/limit/redis-limiter.ts'
import { describeWithRedisServer } from './support/describe-with-redis.ts'
import { type RedisServer, startRedis } from './support/redis-server.ts'

describeWithRedisServer('the pace of calls in Redis', () => {
  let redis: RedisServer
  const clients: Redis[] = []

  beforeAll(async () => {
    redis = await startRedis()
    for (let count = 0; count < 2; count++) {
      const client = new Redis(redis.url, { ...SAFE_REDIS_OPTIONS, lazyConnect: true })
      clients.push(client)
      await client.connect()
    }
  })
  afterAll(async () => {
    for (const client of clients) client.disconnect()
    await redis.stop()
  })

  it('is one for all processes, and a key that ends by itself', async () => {
    const paces = clients.map((client) => redisPace({ client }))
    const startedAt = performance.now()
    const turns = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => paces[index % 2]!.turn(10_000)),
    )
    const elapsed = performance.now() - startedAt
    const waits = turns.map(Number).toSorted((a, b) => a - b)
    expect(waits[0]).toBe(0)
    for (const [index, wait] of waits.entries()) {
      expect(wait).toBeLessThanOrEqual(index * 100)
      expect(wait).toBeGreaterThanOrEqual(index * 100 - elapsed - 1)
    }
    expect(await paces[0]!.turn(0)).toBeUndefined()
    expect(await clients[0]!.pttl('rtc-token:agora-rest:default')).toBeGreaterThan(0)
  })
})
