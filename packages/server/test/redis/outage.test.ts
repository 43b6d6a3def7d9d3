import { setImmediate, setTimeout } from 'node:timers/promises'

import { Redis } from 'ioredis'
import { RateLimiterRedis } from 'rate-limiter-flexible'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { flexibleLimiter } from '../../src/limit/flexible-limiter.ts'
import { createLimitGuard } from '../../src/limit/limit-guard.ts'
import type { RateLimiter } from '../../src/limit/rate-limiter.ts'
import { redisLimiter, SAFE_REDIS_OPTIONS } from '../../src/limit/redis-limiter.ts'
import { SECRETS } from '../attacks/attacked-endpoint.ts'
import { describeWithRedisServer } from './support/describe-with-redis.ts'
import { limitedEndpoint } from './support/limited-endpoint.ts'
import { type RedisServer, startRedis } from './support/redis-server.ts'
import { startForwarder } from './support/start-forwarder.ts'
import { startLoad } from './support/start-load.ts'
import { startProcesses } from './support/start-processes.ts'

type ClientOptions = Partial<Omit<typeof SAFE_REDIS_OPTIONS, 'socketTimeout'>> & {
  readonly socketTimeout?: number
}

const DEADLINE_MS = 250
// What a busy machine may add to a timer. Without a deadline the wait is ten seconds and more.
const SLACK_MS = 2000
const STOCK_OPTIONS: ClientOptions = {}
const TOKEN = /00[67][A-Za-z0-9+/]{30}/
const MANY = { name: 'outage', limit: 1_000_000, windowSeconds: 600 }
const FEW = { name: 'few', limit: 200, windowSeconds: 600 }

describeWithRedisServer('an outage of Redis', () => {
  let redis: RedisServer
  const clients: Redis[] = []

  beforeEach(async () => {
    redis = await startRedis()
  })
  afterEach(async () => {
    for (const client of clients.splice(0)) client.disconnect()
    await redis.stop()
  })

  async function connect(options: ClientOptions, url = redis.url): Promise<Redis> {
    const client = new Redis(url, { ...options, lazyConnect: true })
    client.on('error', () => {})
    clients.push(client)
    await client.connect()
    return client
  }

  /** A limiter that counts how often Redis itself answered. */
  function watched(limiter: RateLimiter) {
    const redis = { answers: 0 }
    const consume = async (key: string) => {
      const state = await limiter.consume(key)
      redis.answers += 1
      return state
    }
    return { redis, limiter: { ...limiter, consume } }
  }

  const outages = [
    {
      what: 'ends and begins anew',
      begin: () => redis.kill(),
      end: () => redis.start(),
    },
    {
      what: 'hangs and comes to itself',
      begin: async () => redis.pause(),
      end: async () => redis.resume(),
    },
  ]
  const rows = outages.flatMap(({ what, ...outage }) => [
    [what, 'safe', { ...outage, options: SAFE_REDIS_OPTIONS }] as const,
    [what, 'stock', { ...outage, options: STOCK_OPTIONS }] as const,
  ])

  it.each(rows)(
    'delays no caller and signs nothing unasked when Redis %s under load, with %s client options',
    async (_what, _client, { begin, end, options }) => {
      const onError = vi.fn()
      const client = await connect(options)
      const { redis: seen, limiter } = watched(redisLimiter({ ...MANY, client }))
      const guard = createLimitGuard({ perSubject: limiter, timeoutMs: DEADLINE_MS, onError })
      const load = startLoad((subject) => guard.check('subject', subject))
      const perChannel = redisLimiter({ ...FEW, client })
      const endpoint = limitedEndpoint({ perSubject: limiter, perChannel, timeoutMs: DEADLINE_MS })
      const requests = startLoad(endpoint.ask)
      await Promise.all([load.answered(300), requests.answered(300)])
      expect(seen.answers).toBeGreaterThan(0)

      await begin()
      await vi.waitFor(() => expect(onError).toHaveBeenCalled(), 5000)
      await Promise.all([load.answered(300), requests.answered(300)])

      await end()
      const before = seen.answers
      await vi.waitFor(() => expect(seen.answers).toBeGreaterThan(before + 100), 15_000)

      for (const { odd, slowestMs } of await Promise.all([load.stop(), requests.stop()])) {
        expect(odd).toEqual([])
        expect(slowestMs).toBeLessThan(DEADLINE_MS + SLACK_MS)
      }
      expect(endpoint.granted()).toBeGreaterThan(0)
      expect(endpoint.signatures()).toBe(endpoint.granted())
      expect(endpoint.output()).toContain('subject')
      expect(endpoint.output()).not.toMatch(TOKEN)
      for (const secret of SECRETS) expect(endpoint.output()).not.toContain(secret)
    },
    40_000,
  )

  it('keeps the limit by itself meanwhile', async () => {
    const client = await connect(SAFE_REDIS_OPTIONS)
    const limiter = redisLimiter({ ...FEW, client, limit: 5 })
    const guard = createLimitGuard({ perSubject: limiter, onError: () => {} })
    await redis.kill()
    const checks = Array.from({ length: 20 }, async () => guard.check('subject', 'anna'))
    const states = await Promise.all(checks)
    expect(states.filter((state) => state?.ok)).toHaveLength(5)
    expect(states[19]).toMatchObject({ ok: false })
  })

  it('counts on from what Redis has said, in each of several processes', async () => {
    const shared = { redisUrl: redis.url, name: 'on', limit: 20, timeoutMs: DEADLINE_MS }
    const processes = await startProcesses(4, shared)
    try {
      // More than the limit, so that each of them has heard that there is nothing left.
      await processes.send({ requests: 25, blockMs: 0 })
      redis.pause()
      const counts = await processes.send({ requests: 25, blockMs: 0 })
      expect(counts.map(({ passed, refused }) => [passed, refused])).toEqual([
        [0, 25],
        [0, 25],
        [0, 25],
        [0, 25],
      ])
    } finally {
      await processes.stop()
    }
  }, 60_000)

  it('is noticed by a readiness check however often that asked before', async () => {
    const limiter = redisLimiter({ ...FEW, limit: 2, client: await connect(SAFE_REDIS_OPTIONS) })
    const { guard, later } = denyingGuard(limiter)
    for (let i = 0; i < 10; i += 1) {
      expect(await guard.unreachable()).toEqual([])
      later(1000)
    }
    await redis.kill()
    expect(await guard.unreachable()).toEqual(['subject'])
    await redis.start()
    await vi.waitFor(async () => expect(await guard.unreachable()).toEqual([]), 10_000)
  }, 20_000)

  it('is asked about without end while Redis hangs, and nothing piles up', async () => {
    const client = await connect(SAFE_REDIS_OPTIONS)
    const limiter = redisLimiter({ ...MANY, client })
    const { guard, later } = denyingGuard(limiter)
    expect(await guard.unreachable()).toEqual([])
    later(1000)
    redis.pause()
    const began = performance.now()
    for (let i = 0; i < 20; i += 1) {
      const asked = Array.from({ length: 100 }, () => guard.unreachable())
      for (const answer of await Promise.all(asked)) expect(answer).toEqual(['subject'])
    }
    const questions = 1 + Math.ceil((performance.now() - began) / DEADLINE_MS)
    expect(commandsOf(client)).toBeLessThanOrEqual(questions)
    expect(commandsOf(client)).toBeGreaterThan(0)
  }, 20_000)

  it('ends what waits for a Redis that hangs', async () => {
    const client = await connect({ ...SAFE_REDIS_OPTIONS, socketTimeout: 200 })
    const limiter = redisLimiter({ ...MANY, client })
    redis.pause()
    const waiting = Array.from({ length: 50 }, async () => limiter.consume('anna'))
    const outcomes = await Promise.allSettled(waiting)
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true)
    expect(commandsOf(client)).toBeLessThan(50)
    redis.resume()
    await vi.waitFor(
      async () => expect(await limiter.consume('bert')).toMatchObject({ ok: true }),
      5000,
    )
  }, 20_000)

  it('ends when another Redis has taken over, and the old one is its replica', async () => {
    const other = await startRedis()
    const name = await startForwarder(redis.url)
    try {
      const client = await connect(SAFE_REDIS_OPTIONS, name.url)
      const limiter = redisLimiter({ ...FEW, client })
      expect(await limiter.consume('anna')).toMatchObject({ ok: true })
      await demote(redis.url, other.url)
      name.leadTo(other.url)
      await expect(limiter.consume('anna')).rejects.toThrow('READONLY')
      await vi.waitFor(
        async () => expect(await limiter.consume('anna')).toMatchObject({ ok: true }),
        10_000,
      )
    } finally {
      await name.stop()
      await other.stop()
    }
  }, 30_000)

  it('refuses meanwhile when told to, and lets pass afterwards', async () => {
    const limiter = redisLimiter({ ...MANY, client: await connect(SAFE_REDIS_OPTIONS) })
    const guard = createLimitGuard({
      perSubject: limiter,
      onStoreError: 'deny',
      onError: () => {},
    })
    const check = async () => guard.check('subject', 'anna')
    await redis.kill()
    await expect(check()).rejects.toMatchObject({ code: 'limiter_unavailable' })
    expect(await guard.unreachable()).toEqual(['subject'])
    await redis.start()
    await vi.waitFor(async () => expect(await check()).toMatchObject({ ok: true }), 10_000)
    expect(await guard.unreachable()).toEqual([])
  }, 20_000)

  it('leaves no command waiting for a connection, with any client options', async () => {
    const client = await connect(STOCK_OPTIONS)
    const limiter = redisLimiter({ ...MANY, client })
    await redis.kill()
    while (client.status === 'ready') await setImmediate()
    await expect(limiter.consume('anna')).rejects.toThrow('Redis connection is not ready')
  })

  // Why SAFE_REDIS_OPTIONS and the deadline exist.
  it('makes a bare limiter hang with stock client options, and a guard not', async () => {
    const client = await connect(STOCK_OPTIONS)
    const points = { points: 100, duration: 600 }
    const bare = flexibleLimiter(new RateLimiterRedis({ storeClient: client, ...points }), {
      name: 'bare',
    })
    await redis.kill()
    while (client.status === 'ready') await setImmediate()
    const guard = createLimitGuard({ perSubject: bare, timeoutMs: DEADLINE_MS, onError: () => {} })
    const hangs = Promise.resolve(bare.consume('anna')).catch(() => 'failed')
    const patience = setTimeout(4 * DEADLINE_MS, 'hung')
    const [state, outcome] = await Promise.all([
      guard.check('subject', 'anna'),
      Promise.race([hangs, patience]),
    ])
    expect(state).toMatchObject({ ok: true, remaining: 99 })
    expect(outcome).toBe('hung')
  })
})

/** A guard that refuses what it cannot count, and whose clock can be put forward. */
function denyingGuard(perSubject: RateLimiter) {
  let skippedMs = 0
  const clock = (): number => performance.now() + skippedMs
  const guard = createLimitGuard({ perSubject, onStoreError: 'deny', onError: () => {}, clock })
  return { guard, later: (ms: number) => void (skippedMs += ms) }
}

/** How many commands wait for an answer; a client does not say, so that this looks inside. */
function commandsOf(client: Redis): number {
  const queue: unknown = Reflect.get(client, 'commandQueue')
  return typeof queue === 'object' && queue && 'length' in queue ? Number(queue.length) : NaN
}

/** Makes the Redis at one address a replica of another, as a failover does. */
async function demote(url: string, toUrl: string): Promise<void> {
  const operator = new Redis(url)
  const { hostname, port } = new URL(toUrl)
  await operator.replicaof(hostname, port)
  operator.disconnect()
}
