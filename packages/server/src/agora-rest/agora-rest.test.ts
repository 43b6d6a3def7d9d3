import { inspect } from 'node:util'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import {
  AgoraRestStandIn,
  APP_ID,
  CUSTOMER,
  type Fault,
  NOW_MS,
} from '../../test/support/agora-rest-stand-in.ts'
import { memoryRemovals } from '../removal/memory-removals.ts'
import { createTokenHandler } from '../token-handler.ts'
import { type AgoraRestOptions, createAgoraRest, memoryPace, type RestPace } from './agora-rest.ts'

const AT_ONCE: RestPace = { turn: () => 0 }
const DAY = 86_430

describe('createAgoraRest', () => {
  let first: AgoraRestStandIn
  let second: AgoraRestStandIn
  let slept: number[]

  beforeEach(async () => {
    first = await AgoraRestStandIn.start()
    second = await AgoraRestStandIn.start()
    slept = []
  })
  afterEach(() => {
    first.stop()
    second.stop()
  })

  const connect = (options: Partial<AgoraRestOptions> = {}) =>
    createAgoraRest({
      ...CUSTOMER,
      appId: APP_ID,
      hosts: [first.url, second.url],
      pace: AT_ONCE,
      sleep: async (ms) => void slept.push(ms),
      clock: () => NOW_MS,
      ...options,
    })

  it('bans a user in a channel, in seconds and by number', async () => {
    expect(await connect().ban({ channel: 'live #1', uid: 7, seconds: 300 })).toEqual({ id: 1001 })
    expect(first.asked).toEqual([
      {
        method: 'POST',
        url: '/dev/v1/kicking-rule',
        body: {
          appid: APP_ID,
          cname: 'live #1',
          uid: 7,
          time_in_seconds: 300,
          privileges: ['join_channel'],
        },
      },
    ])
  })

  it('lists bans, and lifts those of one user in one place', async () => {
    const rest = connect()
    await rest.ban({ channel: 'a', uid: 7, seconds: DAY })
    await rest.ban({ uid: 7, seconds: 10, privileges: ['publish_audio'] })
    await rest.ban({ channel: 'a', uid: 8, seconds: DAY })
    const now = NOW_MS / 1000
    expect(await rest.bans()).toEqual([
      { id: 1001, channel: 'a', uid: 7, expiresAt: now + DAY, privileges: ['join_channel'] },
      { id: 1002, uid: 7, expiresAt: now + 10, privileges: ['publish_audio'] },
      { id: 1003, channel: 'a', uid: 8, expiresAt: now + DAY, privileges: ['join_channel'] },
    ])
    expect(await rest.unban({ channel: 'a', uid: 7 })).toBe(1)
    expect(await rest.unban({ channel: 'b', uid: 7 })).toBe(0)
    expect(await rest.unban({ id: 1003 })).toBe(1)
    expect((await rest.bans()).map(({ id }) => id)).toEqual([1002])
  })

  it('says who is in a channel', async () => {
    const rest = connect()
    expect(await rest.usersOf('talk')).toEqual({ exists: true, users: [7, 8], audience: [] })
    expect(await rest.usersOf('live #1')).toEqual({ exists: true, users: [7], audience: [8, 9] })
    expect(await rest.usersOf('none')).toEqual({ exists: false, users: [], audience: [] })
    expect(await rest.userIn({ channel: 'live #1', uid: 7 })).toEqual({
      isInChannel: true,
      joinedAt: 1_795_999_000,
      role: 'broadcaster',
    })
    expect(await rest.userIn({ channel: 'talk', uid: 9 })).toEqual({ isInChannel: false })
  })

  it.each<[string, object, string]>([
    ['minutes as a fraction', { seconds: 0.5 }, 'integer 10 to 86430 expected, got 0.5'],
    ['less than the API takes', { seconds: 9 }, 'got 9'],
    ['more than the API takes', { seconds: 86_431 }, 'got 86431'],
    ['a timestamp', { seconds: 1_800_000_000 }, 'that is a timestamp'],
    ['no length', {}, 'got undefined'],
    ['a uid of text', { uid: '7', seconds: 60 }, 'account'],
    ['uid 0, which would hit everyone', { uid: 0, seconds: 60 }, 'uid'],
    ['no user, which would close the channel', { uid: undefined, seconds: 60 }, 'uid'],
    ['an account', { uid: undefined, account: 'alice', seconds: 60 }, 'usersOf(channel)'],
    ['a wildcard', { channel: '*', seconds: 60 }, 'channel'],
    ['an unknown privilege', { seconds: 60, privileges: ['sing'] }, 'publish_audio'],
    ['no privilege', { seconds: 60, privileges: [] }, 'publish_audio'],
  ])('refuses a ban with %s, and asks nothing', async (_name, request, words) => {
    await expect(connect().ban({ uid: 7, ...request } as never)).rejects.toThrow(words)
    expect(first.asked).toEqual([])
  })

  it.each<[string, Fault]>([
    ['ends the connection', 'cut'],
    ['answers 500', { status: 500, body: {} }],
    ['answers 504 with a page', { status: 504, body: '<html>' }],
    ['hangs', 'hang'],
  ])('asks the other host when one %s', async (_name, fault) => {
    first.faults.push(fault)
    const rest = connect({ timeoutMs: 200 })
    expect(await rest.ban({ uid: 7, seconds: 60 })).toEqual({ id: 1001 })
    expect([first.asked.length, second.asked.length]).toEqual([1, 1])
  })

  it.each<[Fault, object]>([
    [
      { status: 400, body: { message: 'invalid appid' } },
      { code: 'bad_request', status: 400 },
    ],
    [
      { status: 401, body: { message: 'no', code: 2 } },
      { code: 'unauthorized', platformCode: 2 },
    ],
    [
      { status: 403, body: { reason: 'closed' } },
      { code: 'forbidden', platformMessage: 'closed' },
    ],
    [
      { status: 404, body: {} },
      { code: 'not_found', requestId: 'r-1' },
    ],
    [{ status: 302, headers: { location: 'http://127.0.0.1:9/' } }, { code: 'unreadable' }],
    [{ body: '<html>' }, { code: 'unreadable', status: 200 }],
    [{ body: { status: 'success' } }, { code: 'unreadable' }],
    [
      { status: 429, body: {}, headers: { 'retry-after': '60' } },
      { code: 'rate_limited', retryAfter: 60 },
    ],
    [
      { status: 429, body: {} },
      { code: 'rate_limited', retryAfter: undefined },
    ],
  ])('tells why, and asks no other host: %j', async (fault, expected) => {
    first.faults.push(fault)
    const failed = connect().ban({ uid: 7, seconds: 60 })
    await expect(failed).rejects.toMatchObject({ name: 'AgoraRestError', ...expected })
    expect([first.asked.length, second.asked.length]).toEqual([1, 0])
  })

  it.each<[string, string]>([
    ['seconds', '2'],
    ['a date', new Date(NOW_MS + 2000).toUTCString()],
  ])('waits once for a short Retry-After in %s', async (_name, retryAfter) => {
    first.faults.push({ status: 429, body: {}, headers: { 'retry-after': retryAfter } })
    expect(await connect().ban({ uid: 7, seconds: 60 })).toEqual({ id: 1001 })
    expect(slept).toEqual([2000])
  })

  it('says so when no host answers', async () => {
    first.faults.push('cut')
    second.faults.push('cut')
    await expect(connect().bans()).rejects.toMatchObject({ code: 'unavailable' })
    first.faults.push('hang')
    second.faults.push('hang')
    await expect(connect({ timeoutMs: 50 }).bans()).rejects.toMatchObject({ code: 'timeout' })
  })

  it('shows its credentials nowhere, not even when Agora repeats them', async () => {
    const { customerId, customerSecret } = CUSTOMER
    const credential = btoa(`${customerId}:${customerSecret}`)
    first.faults.push({ status: 401, body: { message: `bad ${credential} ${customerSecret}` } })
    const rest = connect()
    const error: unknown = await rest.bans().catch((failure: unknown) => failure)
    const seen = [rest, error].map((it) => inspect(it, { depth: 9, showHidden: true })).join('')
    expect(seen + JSON.stringify([rest, error])).not.toMatch(
      new RegExp(`${customerSecret}|${credential}`),
    )
    expect(error).toMatchObject({ platformMessage: 'bad [hidden] [hidden]' })
  })

  it('waits for its turn, and keeps no queue without end', async () => {
    await connect({ pace: { turn: () => 700 } }).bans()
    expect(slept).toEqual([700])
    const full = connect({ pace: { turn: () => undefined } })
    await expect(full.bans()).rejects.toMatchObject({ code: 'paced', retryAfter: 10 })
  })

  it.each<[string, RestPace['turn']]>([
    ['fails', () => Promise.reject(new Error('away'))],
    ['hangs', () => new Promise(() => {})],
  ])('keeps the pace by itself when its store %s', async (_name, turn) => {
    const rest = connect({ pace: { turn } })
    await Promise.all([rest.bans(), rest.bans()])
    expect(slept).toEqual([expect.closeTo(100, -2)])
  })

  it('puts out the user that the handler removes, and lets them in again', async () => {
    const handler = createTokenHandler({
      project: { appId: APP_ID, appCertificate: '5CFd2fd1755d40ecb72977518be15d3b' },
      authenticate: () => ({ id: 'alice' }),
      authorize: () => true as never,
      removals: memoryRemovals(),
    })
    const rest = connect()
    const report = await handler.remove({ uid: 7, channel: 'a', seconds: 3600, rest })
    expect(report.ban).toEqual({ held: true })
    expect((await rest.bans())[0]).toMatchObject({ channel: 'a', uid: 7 })
    await handler.readmit({ uid: 7, channel: 'a', rest })
    expect(await rest.bans()).toEqual([])
    const refused = await handler.remove({ account: 'bob', seconds: 3600, rest })
    expect(refused).toMatchObject({
      refusal: { held: true },
      ban: { held: false, error: { code: 'account_refused' } },
    })
  })

  it.each<[string, object]>([
    ['no secret', { customerSecret: undefined }],
    ['an id with a colon', { customerId: 'a:b' }],
    ['a secret that no header can carry', { customerSecret: 'sé cret' }],
    ['an App ID of another form', { appId: 'abc' }],
    ['plain HTTP to another machine', { hosts: ['http://api.agora.io'] }],
    ['a host with a path', { hosts: ['https://api.agora.io/dev'] }],
    ['an unknown option', { region: 'cn' }],
  ])('does not start with %s, and repeats no value', (_name, options) => {
    expect(() => connect(options)).toThrow(/^(?!.*(?:sé|a:b|secret-of))/)
  })
})

describe('memoryPace', () => {
  it('gives ten turns a second, wherever the second begins', () => {
    let now = 0
    const pace = memoryPace(() => now)
    const waits = Array.from({ length: 12 }, () => pace.turn(1000))
    expect(waits).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, undefined])
    now = 2000
    expect(pace.turn(0)).toBe(0)
  })
})
