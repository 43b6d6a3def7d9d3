import { Redis } from 'ioredis'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import type { TokenHandlerOptions } from '../../src/index.ts'
import { SAFE_REDIS_OPTIONS } from '../../src/limit/redis-limiter.ts'
import { redisRemovals, type RedisRemovalsOptions } from '../../src/removal/redis-removals.ts'
import { attackedEndpoint, TARGET } from '../attacks/attacked-endpoint.ts'
import { post } from '../attacks/attack.ts'
import { describeWithRedisServer } from './support/describe-with-redis.ts'
import { type RedisServer, startRedis } from './support/redis-server.ts'

const { authorization } = TARGET
const WISH = post({ channel: 'room-42', uid: 1234 }, { headers: { authorization } })
const ALICE = { uid: 1234 }

describeWithRedisServer('removals in Redis', () => {
  let redis: RedisServer
  const clients: Redis[] = []

  beforeEach(async () => {
    redis = await startRedis()
  })
  afterEach(async () => {
    for (const client of clients.splice(0)) client.disconnect()
    await redis.stop()
  })

  async function connect(): Promise<Redis> {
    const client = new Redis(redis.url, { ...SAFE_REDIS_OPTIONS, lazyConnect: true })
    client.on('error', () => {})
    clients.push(client)
    await client.connect()
    return client
  }

  /** A server of its own, as a process among several or after a restart is one. */
  async function server(
    options: Partial<RedisRemovalsOptions & TokenHandlerOptions<{ id: string }>> = {},
  ) {
    const { name, onStoreError, timeoutMs, ...rest } = options
    const given = { ...(name && { name }), ...(onStoreError && { onStoreError }) }
    const client = await connect()
    // A busy machine must not look like a dead Redis where that is not what is tested.
    const removals = redisRemovals({ client, timeoutMs: timeoutMs ?? 10_000, ...given })
    const { handler, send, output } = attackedEndpoint({ removals, ...rest })
    const ask = async (): Promise<string> => {
      const { status, body } = await send(WISH)
      return status === 200 ? 'granted' : (JSON.parse(body) as { code: string }).code
    }
    return { client, handler, ask, output }
  }

  it('are seen by another server as soon as remove has answered, and after a restart', async () => {
    const [one, two] = [await server(), await server()]
    expect([await one.ask(), await two.ask()]).toEqual(['granted', 'granted'])
    await one.handler.remove(ALICE)
    expect([await two.ask(), await one.ask()]).toEqual(['removed', 'removed'])
    one.handler.close()
    expect(await (await server()).ask()).toBe('removed')
    await two.handler.readmit(ALICE)
    expect(await (await server()).ask()).toBe('granted')
  })

  it('are one key each, which names no user and ends by itself', async () => {
    const { client, handler, ask } = await server()
    await handler.remove({ subject: 'alice', seconds: 1, reason: 'for calling names' })
    const [key = '', ...others] = await client.keys('*')
    expect(others).toEqual([])
    expect(key).toMatch(/^rtc-token:\{removed\}:\*\/subject:[0-9a-f]{32}$/)
    expect(await client.get(key)).toBe('1')
    expect(await client.pttl(key)).toBeLessThanOrEqual(1000)
    expect(await ask()).toBe('removed')
    await vi.waitFor(async () => expect(await client.exists(key)).toBe(0), 10_000)
    expect(await ask()).toBe('granted')
  })

  it('of one name are not those of another', async () => {
    const [one, two] = [await server({ name: 'one' }), await server({ name: 'two' })]
    await one.handler.remove(ALICE)
    expect([await one.ask(), await two.ask()]).toEqual(['removed', 'granted'])
  })

  it('are looked up by one command for all requests of the same moment', async () => {
    const { client, ask } = await server()
    await client.config('RESETSTAT')
    await Promise.all(Array.from({ length: 100 }, ask))
    const [, calls = ''] = /cmdstat_mget:calls=(\d+)/.exec(await client.info('commandstats')) ?? []
    // Each request asks twice. A machine that is busy may see them in several moments.
    expect(Number(calls)).toBeGreaterThan(0)
    expect(Number(calls)).toBeLessThan(50)
  })

  it('answer each request for itself, however many there are at once', async () => {
    const { handler } = await server({
      authorize: ({ wish }) => ({
        allow: true,
        identity: { uid: 9 },
        ...(wish.identity && { identity: wish.identity }),
      }),
    })
    const removed = [3, 77, 499]
    for (const uid of removed) await handler.remove({ uid })
    const uids = Array.from({ length: 500 }, (_, at) => at + 1)
    const refused = await Promise.all(
      uids.map((uid) =>
        handler.issue({ id: `user ${uid}` }, { channel: 'r', uid }).then(
          () => [],
          (error: { code: string }) => (error.code === 'removed' ? [uid] : [-uid]),
        ),
      ),
    )
    expect(refused.flat()).toEqual(removed)
  })

  it('refuse every token while Redis is away, and a removal then rejects', async () => {
    // The pause after a failure is as long.
    const { client, handler, ask, output } = await server({ timeoutMs: 500 })
    await redis.kill()
    await expect.poll(() => client.status).not.toBe('ready')
    const removed = handler.remove(ALICE)
    await expect(removed).rejects.toMatchObject({ code: 'removals_unavailable' })
    expect(await ask()).toBe('removals_unavailable')
    expect(output()).not.toMatch(/00[67][A-Za-z0-9+/]{30}/)
    const put = await handler.remove({ ...ALICE, rest: { ban: () => Promise.resolve() } })
    expect(put).toMatchObject({ refusal: { held: false }, ban: { held: true } })
    await redis.start()
    await vi.waitFor(() => expect(client.status).toBe('ready'), 10_000)
    await handler.remove(ALICE)
    await vi.waitFor(async () => expect(await ask()).toBe('removed'), 10_000)
  })

  it('refuse in time while Redis hangs', async () => {
    const { handler, ask } = await server({ timeoutMs: 250 })
    redis.pause()
    try {
      const began = performance.now()
      expect(await ask()).toBe('removals_unavailable')
      expect(performance.now() - began).toBeLessThan(2250)
      expect((await handler.readiness()).removals).toBe('failing')
    } finally {
      redis.resume()
    }
  })

  it('stop no one while Redis is away where the app says so', async () => {
    const { client, ask } = await server({ onStoreError: 'allow' })
    await redis.kill()
    await expect.poll(() => client.status).not.toBe('ready')
    expect(await ask()).toBe('granted')
  })
})
