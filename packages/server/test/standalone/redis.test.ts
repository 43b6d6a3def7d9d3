import { afterAll, beforeAll, expect, it } from 'vitest'

import { describeWithRedisServer } from '../redis/support/describe-with-redis.ts'
import { type RedisServer, startRedis } from '../redis/support/redis-server.ts'
import { ask, jwt } from './support/ask.ts'
import { type InstalledServer, installServer } from './support/installed-server.ts'
import {
  runProgram,
  type RunningServer,
  startProgram,
  TWO_VARIABLES,
  urlOf,
} from './support/running-server.ts'

const LIMIT = 10

describeWithRedisServer('rtc-token-server with a Redis', () => {
  let installed: InstalledServer
  let redis: RedisServer
  const started: RunningServer[] = []
  const start = (env: Readonly<Record<string, string>> = {}) => {
    const limits = { RTC_TOKEN_LIMIT_PER_IP: '0', RTC_TOKEN_LIMIT_PER_SUBJECT: String(LIMIT) }
    const variables = { ...TWO_VARIABLES, ...limits, REDIS_URL: redis.url, ...env }
    const server = startProgram(installed.program, variables)
    started.push(server)
    return server
  }

  beforeAll(async () => {
    redis = await startRedis()
    installed = await installServer()
  }, 30_000)
  afterAll(async () => {
    for (const server of started) server.kill('SIGTERM')
    await Promise.all(started.map(({ exited }) => exited))
    await installed.remove()
    await redis.stop()
  })

  it('shares its limits with another process', async () => {
    const urls = await Promise.all([urlOf(start()), urlOf(start())])
    expect(started[0]?.lines[0]).toMatchObject({
      limits: { ip: 'none', subject: `${LIMIT} in 60 s, in Redis` },
    })
    // On a busy machine an answer of Redis may be too late, and a process then counts by itself: such
    // a round grants more. Without a Redis each of them would.
    const rounds: number[] = []
    while (rounds.length < 5 && rounds.at(-1) !== LIMIT) {
      rounds.push(await countGranted(urls, `user ${rounds.length}`))
    }
    expect(rounds.at(-1)).toBe(LIMIT)
  }, 60_000)

  it('goes on without it, and says so', async () => {
    const server = start()
    const url = await urlOf(server)
    await redis.kill()
    expect(await server.line('redis.down')).toMatchObject({ level: 40 })
    expect(await ask(url, await jwt({ channels: ['*'] }, { sub: 'bob' }))).toMatchObject({
      status: 200,
    })
    const ready = await fetch(`${url}/readyz`)
    expect(await ready.json()).toMatchObject({ status: 'ready', limits: 'failing' })
    await redis.start()
    await server.line('redis.up')
  }, 60_000)

  it.each(['allow', 'deny'])(
    'says once of each limit that it fails, with %s',
    async (onError) => {
      const server = start({
        RTC_TOKEN_LIMIT_PER_IP: '1000',
        RTC_TOKEN_LIMIT_PER_SUBJECT: '1000',
        RTC_TOKEN_LIMIT_PER_CHANNEL: '1000',
        RTC_TOKEN_LIMIT_ON_STORE_ERROR: onError,
      })
      const url = await urlOf(server)
      const bearer = await jwt({ channels: ['*'] })
      const isAllowed = onError === 'allow'
      await redis.kill()
      await server.line('redis.down')
      const statuses = new Set<number>()
      for (let i = 0; i < 20; i += 1) statuses.add((await ask(url, bearer)).status)
      await redis.start()
      await server.line('redis.up')
      expect([...statuses]).toEqual([isAllowed ? 200 : 503])
      const failing = server.lines.filter(({ type }) => type === 'limiter.failing')
      const limits = isAllowed ? ['ip', 'subject', 'channel'] : ['ip']
      expect(failing).toEqual(limits.map((limit) => expect.objectContaining({ level: 40, limit })))
      expect(server.output()).not.toContain('request.failed')
    },
    60_000,
  )

  it('checks whether it answers', async () => {
    const variables = { ...TWO_VARIABLES, REDIS_URL: redis.url }
    const { code, output } = await runProgram(installed.program, variables, ['--check'])
    expect([code, output]).toEqual([0, expect.stringContaining('ok   Redis: answers')])
  }, 60_000)
})

async function countGranted(urls: readonly string[], sub: string): Promise<number> {
  const bearer = await jwt({ channels: ['*'] }, { sub })
  const statuses: number[] = []
  for (let i = 0; i < LIMIT; i += 1) {
    const replies = await Promise.all(urls.map((url) => ask(url, bearer)))
    statuses.push(...replies.map(({ status }) => status))
  }
  return statuses.filter((status) => status === 200).length
}
