import { afterAll, beforeAll, expect, it } from 'vitest'

import { describeWithRedisServer } from '../redis/support/describe-with-redis.ts'
import { type RedisServer, startRedis } from '../redis/support/redis-server.ts'
import { AgoraRestStandIn, CUSTOMER } from '../support/agora-rest-stand-in.ts'
import { ask, jwt } from './support/ask.ts'
import { type InstalledServer, installServer } from './support/installed-server.ts'
import { runHere } from './support/run-here.ts'
import {
  APP_CERTIFICATE,
  JWT_SECRET,
  runProgram,
  startProgram,
  TWO_VARIABLES,
  urlOf,
} from './support/running-server.ts'

const SECRETS = [APP_CERTIFICATE, JWT_SECRET, CUSTOMER.customerId, CUSTOMER.customerSecret]

describeWithRedisServer('rtc-token-server remove', () => {
  let installed: InstalledServer
  let redis: RedisServer
  let agora: AgoraRestStandIn

  beforeAll(async () => {
    redis = await startRedis()
    installed = await installServer()
    agora = await AgoraRestStandIn.start()
  }, 30_000)
  afterAll(async () => {
    agora.stop()
    await installed.remove()
    await redis.stop()
  })

  const settings = (more: Readonly<Record<string, string>> = {}) => ({
    ...TWO_VARIABLES,
    RTC_TOKEN_REMOVALS: 'redis',
    REDIS_URL: redis.url,
    ...more,
  })
  const account = () => ({
    AGORA_CUSTOMER_ID: CUSTOMER.customerId,
    AGORA_CUSTOMER_SECRET: CUSTOMER.customerSecret,
    AGORA_REST_HOSTS: agora.url,
  })
  const run = async (command: string, env: Readonly<Record<string, string>> = settings()) => {
    const ran = await runHere(env, command.split(' '))
    for (const secret of SECRETS) expect(ran.output).not.toContain(secret)
    return ran
  }
  const start = (command: string) => runProgram(installed.program, settings(), command.split(' '))

  it('keeps a user out of every server that shares the Redis, and readmit lets them in', async () => {
    const urls = await Promise.all(
      [1, 2].map(() => urlOf(startProgram(installed.program, settings()))),
    )
    const bearer = await jwt({ channels: ['*'], uid: 7 })
    const codes = async () => {
      const replies = await Promise.all(urls.map((url) => ask(url, bearer)))
      return replies.map(({ status, body }) => (status === 200 ? 200 : body['code']))
    }
    expect(await codes()).toEqual([200, 200])
    expect(await start('remove --uid 7 --channel room-42 --seconds 600 --reason spam')).toEqual({
      code: 0,
      output: expect.stringMatching(/^New tokens are refused until .*Z\nAgora was not asked\n$/),
    })
    expect(await codes()).toEqual(['removed', 'removed'])
    expect(await run('readmit --uid 7')).toMatchObject({
      output: 'The user was not removed here\nAgora was not asked\n',
    })
    expect(await start('readmit --uid 7 --channel room-42')).toEqual({
      code: 0,
      output: 'New tokens are issued again\nAgora was not asked\n',
    })
    expect(await codes()).toEqual([200, 200])
    await run('remove --subject alice')
    expect(await codes()).toEqual(['removed', 'removed'])
    await run('readmit --subject alice')
  })

  it('has Agora put the user out where the settings name an account', async () => {
    const env = settings(account())
    expect(await run('remove --uid 8 --seconds 60', env)).toEqual({
      code: 0,
      output: expect.stringContaining('Agora has removed the user from calls\n'),
    })
    expect(agora.rules).toMatchObject([{ uid: 8, cname: '' }])
    expect(await run('readmit --uid 8', env)).toEqual({
      code: 0,
      output: 'New tokens are issued again\nAgora has lifted its bans\n',
    })
    expect(agora.rules).toEqual([])
    expect(await run('--check', env)).toMatchObject({
      code: 0,
      output: expect.stringMatching(
        /ok +removals: can be looked up\nok +Agora account: lists 0 bans/,
      ),
    })
  })

  it('ends with 1 where nothing can be tried', async () => {
    expect(await start('remove')).toMatchObject({ code: 1 })
  })

  it('fails where half of it held, and says which half', async () => {
    agora.faults.push({ status: 403, body: { message: 'no' } })
    const { code, output } = await run('remove --uid 9', settings(account()))
    expect([code, output]).toEqual([
      1,
      expect.stringMatching(
        /^New tokens are refused until .*\nFAILED: Agora has removed the user from calls \(/,
      ),
    ])
    await run('readmit --uid 9')
  })

  it('fails where nothing was done', async () => {
    const env = settings({ REDIS_URL: 'redis://127.0.0.1:1' })
    const { code, output } = await run('remove --uid 9', env)
    expect([code, output]).toEqual([1, expect.stringContaining('nothing was done: ')])
    expect(await run('--check', env)).toMatchObject({
      code: 1,
      output: expect.stringContaining('FAIL removals: cannot be looked up'),
    })
  })

  it.each([
    ['remove', 'one of --uid, --account, --subject expected'],
    ['remove --uid 7 --account 7', 'one of --uid, --account, --subject expected'],
    ['remove --uid 7x', '--uid: whole number expected'],
    ['remove --uid 0', 'uid'],
    ['remove --uid 0x7', '--uid: whole number expected'],
    ['remove --uid 7 --seconds 1e3', '--seconds: whole number expected'],
    ['remove --uid 7 --until 1000', 'seconds until then'],
    ['remove --uid 7 --seconds 60 --until 1900000000', 'seconds or until expected'],
    ['remove --uid 7 --channel a/b', 'channel'],
    ['remove --uid 7 --services sms', '--services: list of rtc, rtm, chat expected'],
    ['remove --uid 7 --user 7', "Unknown option '--user'"],
    ['readmit --uid 7 --seconds 60', 'readmit: neither --seconds nor --until expected'],
    ['--uid 7', "Unknown option '--uid'"],
    ['banish --uid 7', 'see --help'],
  ])('refuses %s', async (command, message) => {
    const { code, output } = await run(command)
    expect([code, output]).toEqual([1, expect.stringContaining(message)])
  })

  it.each([
    ['without the setting', TWO_VARIABLES, 'RTC_TOKEN_REMOVALS=redis expected'],
    [
      'without a Redis',
      { ...TWO_VARIABLES, RTC_TOKEN_REMOVALS: 'redis' },
      'RTC_TOKEN_REMOVALS: expected only with REDIS_URL',
    ],
    [
      'with half an account',
      { ...TWO_VARIABLES, AGORA_CUSTOMER_ID: CUSTOMER.customerId },
      'AGORA_CUSTOMER_ID and AGORA_CUSTOMER_SECRET: both expected',
    ],
  ])('is refused %s', async (_what, env, message) => {
    const { code, output } = await run('remove --uid 7', env)
    expect([code, output]).toEqual([1, expect.stringContaining(message)])
  })
})
