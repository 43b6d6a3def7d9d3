import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { redisNotices } from '../../src/notifications/notification-handler.ts'
import { SAFE_REDIS_OPTIONS } from '../../src/limit/redis-limiter.ts'
import { bodyOf, post, setUp } from '../support/agora-notifications.ts'
import { describeWithRedisServer } from './support/describe-with-redis.ts'
import { type RedisServer, startRedis } from './support/redis-server.ts'

describeWithRedisServer('notices in Redis', () => {
  let redis: RedisServer
  const clients: Redis[] = []

  beforeAll(async () => {
    redis = await startRedis()
    for (let count = 0; count < 2; count++) {
      const client = new Redis(redis.url, { ...SAFE_REDIS_OPTIONS, lazyConnect: true })
      client.on('error', () => {})
      clients.push(client)
      await client.connect()
    }
  })
  afterAll(async () => {
    for (const client of clients) client.disconnect()
    await redis.stop()
  })

  it('give an event to one of two processes, under a key that ends by itself', async () => {
    const [one, two] = clients.map((client) => setUp({ notices: redisNotices({ client }) }))
    expect((await one!.handler.fetch(post(bodyOf()))).status).toBe(200)
    expect((await two!.handler.fetch(post(bodyOf()))).status).toBe(200)
    expect([one!.events.length, two!.events.length]).toEqual([1, 0])
    const [key = ''] = await clients[0]!.keys('*')
    expect(key).toMatch(/^rtc-token:notice:/)
    expect(await clients[0]!.ttl(key)).toBeGreaterThan(7000)
  })

  it('give the event when Redis is away, and say so', async () => {
    const { handler, events, errors } = setUp({ notices: redisNotices({ client: clients[0]! }) })
    clients[0]!.disconnect()
    expect((await handler.fetch(post(bodyOf()))).status).toBe(200)
    expect([events.length, errors.length]).toEqual([1, 1])
  })
})
