import { inspect } from 'node:util'
import { describe, expect, it, vi } from 'vitest'
import { mint, session } from '../test/support/session.ts'
import { RenewError } from './errors.ts'
import { createRenewer } from './renewer.ts'

const HOUR_MS = 3_600_000
const camera = { name: 'camera' }
const microphone = { name: 'microphone' }

/** A session that has just joined with a token of one hour. */
async function joined(...args: Parameters<typeof session>) {
  const all = session(...args)
  await all.renewer.join()
  return all
}

describe('join', () => {
  it('joins with the token that the source gave and plans the next renewal', async () => {
    const { client, server, renewer, told } = await joined()
    expect(client.tokens).toEqual(server.tokens)
    expect(server.requests).toMatchObject([
      { reason: 'join', attempt: 1, previousToken: undefined },
    ])
    expect(renewer.phase).toBe('fresh')
    expect(renewer.remainingMs).toBe(HOUR_MS)
    expect(told).toEqual(['fetching', 'joined'])
  })

  it('rejects once when the source fails, and can be tried again', async () => {
    const { client, server, renewer, clock } = session()
    server.answer = new Error('no connection')
    await expect(renewer.join()).rejects.toMatchObject({ code: 'SOURCE_FAILED' })
    expect([renewer.phase, client.listenerCount, clock.timers]).toEqual(['idle', 0, 0])
    server.answer = 'ok'
    await expect(renewer.join()).resolves.toBe(4711)
  })

  it('rejects when the SDK refuses, and when it does not answer', async () => {
    const { client, renewer, clock } = session()
    client.onJoin = new Error('CAN_NOT_GET_GATEWAY_SERVER')
    await expect(renewer.join()).rejects.toMatchObject({ code: 'JOIN_FAILED' })
    client.onJoin = 'hang'
    const late = expect(renewer.join()).rejects.toMatchObject({ code: 'JOIN_TIMEOUT' })
    await clock.advance(10_000)
    await late
    expect(client.connectionState).toBe('DISCONNECTED')
    expect(clock.timers).toBe(0)
  })

  it('is one join however often it is called, and none when there is a session', async () => {
    const { client, renewer, clock } = session()
    const both = [renewer.join(), renewer.join()]
    await expect(Promise.all(both)).resolves.toEqual([4711, 4711])
    await expect(renewer.join()).rejects.toMatchObject({ code: 'JOIN_FAILED' })
    await clock.advance(0.75 * HOUR_MS)
    expect(client.calls).toEqual(['join room null', 'renewToken'])
  })

  it('rejects and undoes the join when disposed meanwhile', async () => {
    const { client, renewer, clock } = session()
    client.onJoin = 'hang'
    const stopped = expect(renewer.join()).rejects.toMatchObject({ code: 'STOPPED' })
    await clock.advance(1)
    renewer.dispose()
    await stopped
    await clock.advance(1)
    expect([client.connectionState, client.listenerCount, clock.timers]).toEqual([
      'DISCONNECTED',
      0,
      0,
    ])
  })
})

describe('start', () => {
  it('takes over a session that the app has joined', async () => {
    const { client, renewer, clock } = session()
    await client.join('', 'room', 'token', 4711)
    renewer.start({ token: mint(600), expiresIn: 600 })
    await clock.advance(450_000)
    expect(client.calls.at(-1)).toBe('renewToken')
  })

  it('reads the life of a bare token from the token', async () => {
    const { client, renewer } = session()
    await client.join('', 'room', 'token', 4711)
    expect(renewer.start(mint(600)).remainingMs).toBe(600_000)
  })

  it('fetches at once when it is not told the token in use', async () => {
    const { client, server, renewer, clock } = session()
    await client.join('', 'room', 'token', 4711)
    renewer.start()
    await clock.advance(0)
    expect(client.tokens).toEqual(['token', ...server.tokens])
    expect(renewer.phase).toBe('fresh')
  })

  it('refuses a client that is in no channel', () => {
    const { renewer } = session()
    expect(() => renewer.start()).toThrow(expect.objectContaining({ code: 'STOPPED' }))
  })

  it('listens to a warning that comes right after it', async () => {
    const { client, server, renewer, clock } = session()
    await client.join('', 'room', 'token', 4711)
    renewer.start({ token: mint(3600), expiresIn: 3600 })
    client.warn()
    await clock.advance(0)
    expect(server.requests).toMatchObject([{ reason: 'will-expire' }])
  })

  it.each(['', 'undefined', '{"token":"007abc"}', { token: 'a'.repeat(2048) }])(
    'refuses %j as a token',
    (first) => {
      const { renewer } = session()
      expect(() => renewer.start(first)).toThrow(expect.objectContaining({ code: 'GRANT_INVALID' }))
    },
  )

  it.each([0, -5, Number.NaN])('refuses a token that lives %d seconds', (expiresIn) => {
    const { renewer } = session()
    expect(() => renewer.start({ token: mint(3600), expiresIn })).toThrow(
      expect.objectContaining({ code: 'GRANT_INVALID' }),
    )
  })
})

describe('a renewal', () => {
  it('comes after three quarters of an hour for a token of one hour', async () => {
    const { client, server, told, clock } = await joined()
    await clock.advance(0.75 * HOUR_MS - 1)
    expect(server.requests).toHaveLength(1)
    await clock.advance(1)
    expect(server.requests[1]).toMatchObject({
      reason: 'schedule',
      previousToken: server.tokens[0],
    })
    expect(client.tokens).toEqual(server.tokens)
    expect(told).toEqual(['fetching', 'joined', 'fetching', 'renewed'])
  })

  it('is drawn from a wide part of the life the first time, and from a narrow one after that', async () => {
    const { server, clock } = await joined({ random: () => 0.999 })
    await clock.advance(0.4 * HOUR_MS)
    expect(server.requests).toHaveLength(1)
    await clock.advance(0.001 * HOUR_MS)
    expect(server.requests).toHaveLength(2)
    await clock.advance(0.69 * HOUR_MS)
    expect(server.requests).toHaveLength(2)
    await clock.advance(0.02 * HOUR_MS)
    expect(server.requests).toHaveLength(3)
  })

  it('of a session with a token that the app has fetched is a first one', async () => {
    const { client, server, renewer, clock } = session({ random: () => 0.999 })
    await client.join('', 'room', 'token', 4711)
    renewer.start({ token: mint(3600), expiresIn: 3600 })
    await clock.advance(0.401 * HOUR_MS)
    expect(server.requests).toHaveLength(1)
  })

  it('comes when the server says', async () => {
    const { clock, client } = await joined({
      source: async () => ({ token: mint(3600), expiresIn: 3600, renewIn: 100 }),
    })
    await clock.advance(100_000)
    expect(client.calls).toEqual(['join room null', 'renewToken'])
  })

  it('believes the token when the reply says that it lives longer', async () => {
    const { clock, client } = await joined({
      source: async () => ({ token: mint(60), expiresIn: 3600, renewIn: 2700 }),
    })
    await clock.advance(30_000)
    expect(client.calls).toEqual(['join room null', 'renewToken'])
  })

  it('comes at most once a second, also when the server says sooner', async () => {
    const { client, clock } = await joined({
      source: async () => ({ token: mint(3600), expiresIn: 3600, renewIn: 0.001 }),
    })
    await clock.advance(10_000)
    expect(client.calls.length).toBeLessThanOrEqual(11)
  })

  it('is not repeated while an earlier one is unanswered, not even by a new start', async () => {
    const { client, renewer, clock } = await joined()
    client.onRenew = 'hang'
    await clock.advance(0.75 * HOUR_MS)
    renewer.start()
    await clock.advance(60_000)
    expect(client.calls.filter((call) => call === 'renewToken')).toHaveLength(1)
  })

  it('happens again and again for as long as the session lasts', async () => {
    const { client, clock } = await joined()
    await clock.advance(24 * HOUR_MS)
    expect(client.calls.filter((call) => call === 'renewToken')).toHaveLength(32)
    expect(new Set(client.tokens).size).toBe(33)
  })

  it('comes with the SDK’s warning when that is first', async () => {
    const { client, server, clock } = await joined()
    // The server says one hour, but the edge knows that the token ends now.
    await clock.advance(HOUR_MS / 2)
    client.warn()
    await clock.advance(0)
    expect(server.requests[1]).toMatchObject({ reason: 'will-expire' })
  })

  it('happens once when warning, timer and app ask for it together', async () => {
    const { client, server, renewer, clock } = await joined()
    client.onRenew = 'hang'
    await clock.advance(0.75 * HOUR_MS)
    client.warn()
    client.warn()
    const asked = renewer.renew()
    await clock.advance(10)
    expect(server.requests).toHaveLength(2)
    client.answer()
    await asked
    expect(client.calls).toEqual(['join room null', 'renewToken'])
  })

  it('does not follow each warning about a token that lives shorter than the warning', async () => {
    const { client, server, renewer, clock } = session()
    server.ttl = 20
    await renewer.join()
    client.warn()
    await clock.advance(9999)
    expect(server.requests).toHaveLength(1)
    await clock.advance(1)
    client.warn()
    await clock.advance(9999)
    expect(server.requests).toHaveLength(2)
  })

  it('waits while the SDK is reconnecting, and then hands the token over', async () => {
    const { client, renewer, clock } = await joined()
    client.dropLine()
    await clock.advance(0.75 * HOUR_MS + 60_000)
    expect(renewer.phase).toBe('waiting')
    expect(client.calls).not.toContain('renewToken')
    client.restoreLine()
    await clock.advance(0)
    expect(client.calls.at(-1)).toBe('renewToken')
    expect(renewer.phase).toBe('fresh')
  })

  it('notices a sleep by the wall clock within half a minute', async () => {
    const { server, clock } = await joined()
    await clock.sleep(8 * HOUR_MS)
    await clock.advance(30_000)
    expect(server.requests.length).toBeGreaterThan(1)
  })

  it('is not put off by a wall clock that is set back', async () => {
    const { server, clock } = await joined()
    clock.jump(-24 * HOUR_MS)
    await clock.advance(0.75 * HOUR_MS)
    expect(server.requests).toHaveLength(2)
  })
})

describe('a failure', () => {
  it('of the source is tried again, later each time, without losing the session', async () => {
    const { client, server, renewer, told, clock } = await joined({ random: () => 0.999 })
    server.answer = new Error('down')
    // With this much chance the first renewal comes after 40 % of the life.
    await clock.advance(0.4004 * HOUR_MS)
    const before = server.requests.length
    await clock.advance(60_000)
    expect(server.requests.length - before).toBeGreaterThan(2)
    expect(server.requests.length - before).toBeLessThan(12)
    server.answer = 'ok'
    await clock.advance(600_000)
    expect(renewer.phase).toBe('fresh')
    expect(told.at(-1)).toBe('renewed')
    expect(client.calls).toEqual(['join room null', 'renewToken'])
  })

  it('waits for as long as the server asks', async () => {
    const { server, clock } = await joined()
    server.answer = new RenewError('SOURCE_FAILED', 'busy', { retryAfterMs: 42_000 })
    await clock.advance(0.75 * HOUR_MS)
    await clock.advance(41_999)
    expect(server.requests).toHaveLength(2)
    await clock.advance(1)
    expect(server.requests).toHaveLength(3)
  })

  it('waits for as long as the server asks also when the line comes and goes', async () => {
    const { client, server, clock } = await joined()
    server.answer = new RenewError('SOURCE_FAILED', 'busy', { retryAfterMs: 42_000 })
    await clock.advance(0.75 * HOUR_MS)
    for (let i = 0; i < 10; i++) {
      client.dropLine()
      client.restoreLine()
      await clock.advance(1000)
    }
    expect(server.requests).toHaveLength(2)
  })

  it('waits no longer than the server asks when the device sleeps meanwhile', async () => {
    const { server, device, clock } = await joined()
    server.answer = new RenewError('SOURCE_FAILED', 'busy', { retryAfterMs: 42_000 })
    await clock.advance(0.75 * HOUR_MS)
    device.signal('wake')
    await clock.advance(0)
    expect(server.requests).toHaveLength(2)
    await clock.sleep(42_000)
    device.signal('wake')
    await clock.advance(0)
    expect(server.requests).toHaveLength(3)
  })

  it('that is final can be followed by another try, which brings a dead session back', async () => {
    const { client, server, renewer, clock } = await joined()
    await client.publish(camera)
    server.answer = new RenewError('SOURCE_DENIED', 'signed out')
    await clock.advance(0.75 * HOUR_MS)
    client.expire()
    server.answer = 'ok'
    await Promise.all([renewer.renew(), clock.advance(100)])
    expect(client.calls).toEqual([
      'join room null',
      'publish camera',
      'join room 4711',
      'publish camera',
    ])
  })

  it('that is final stops the renewal and leaves the session alone', async () => {
    const { client, server, renewer, told, clock } = await joined()
    server.answer = new RenewError('SOURCE_DENIED', 'token endpoint: HTTP 403 channel_forbidden')
    await clock.advance(2 * HOUR_MS)
    expect(server.requests).toHaveLength(2)
    expect(told).toEqual(['fetching', 'joined', 'fetching', 'failed'])
    expect([renewer.phase, clock.timers]).toEqual(['failed', 0])
    client.expire()
    await clock.advance(HOUR_MS)
    expect(told.at(-1)).toBe('expired')
    expect(client.calls).toEqual(['join room null'])
  })

  it('by silence of the source ends after its time limit, and the signal says so', async () => {
    const { server, clock, told } = await joined({ sourceTimeoutMs: 3000 })
    server.answer = 'hang'
    await clock.advance(0.75 * HOUR_MS + 3000)
    expect(server.requests[1]?.signal.aborted).toBe(true)
    expect(told.at(-1)).toBe('retry')
  })

  it('by silence of the SDK neither repeats the call nor takes it for lost', async () => {
    const { client, server, renewer, told, clock } = await joined()
    client.onRenew = 'hang'
    await clock.advance(0.75 * HOUR_MS + 60_000)
    expect(client.calls.filter((call) => call === 'renewToken')).toHaveLength(1)
    expect(told).toContain('retry')
    // The next attempts wait for the same call, and need no other token.
    expect(server.requests).toHaveLength(2)
    client.answer()
    await clock.advance(0)
    expect(renewer.phase).toBe('fresh')
  })

  it('of renewToken fetches another token', async () => {
    const { client, server, clock } = await joined()
    client.onRenew = new Error('UNEXPECTED_RESPONSE: ERR_NO_AUTHORIZED')
    await clock.advance(0.75 * HOUR_MS)
    client.onRenew = 'ok'
    await clock.advance(15_000)
    expect(client.tokens).toEqual(server.tokens)
    expect(server.tokens).toHaveLength(3)
  })

  it('to bring a newer token is tried again, and the SDK is not bothered', async () => {
    const same = mint(3600)
    const { client, told, clock } = await joined({ source: async () => same })
    await clock.advance(0.8 * HOUR_MS)
    expect(client.calls).toEqual(['join room null'])
    expect(told).toContain('retry')
  })
})

describe('the token’s end', () => {
  it.each(['expire', 'expireSilently'] as const)(
    'by %s joins again as the same user and publishes again',
    async (how) => {
      const { client, server, renewer, told, clock } = await joined()
      await client.publish(camera)
      await client.publish(microphone)
      server.answer = new Error('down')
      await clock.advance(0.75 * HOUR_MS)
      if (how === 'expireSilently') client.dropLine()
      client[how]()
      expect(renewer.phase).toBe('waiting')
      await clock.advance(60_000)
      expect(client.connectionState).toBe('DISCONNECTED')
      server.answer = 'ok'
      await clock.advance(15_000)
      expect(client.calls.slice(-3)).toEqual([
        'join room 4711',
        'publish camera',
        'publish microphone',
      ])
      expect(client.tokens.at(-1)).toBe(server.tokens.at(-1))
      expect(told.filter((event) => event === 'expired')).toHaveLength(1)
      expect(told.slice(-3)).toEqual(['rejoined', 'renewed', 'republished'])
      expect(renewer.phase).toBe('fresh')
    },
  )

  it('never makes the client join from inside the SDK’s own callback', async () => {
    const { client, clock } = await joined()
    client.expire()
    // Promises settle, but no timer fires.
    await clock.sleep(0)
    expect(client.calls).toEqual(['join room null'])
    await clock.advance(0)
    expect(client.calls.at(-1)).toBe('join room 4711')
  })

  it('forgets a renewToken that is never answered', async () => {
    const { client, clock } = await joined()
    const renewToken = client.renewToken.bind(client)
    client.renewToken = () => new Promise(() => {})
    await clock.advance(0.75 * HOUR_MS)
    client.expire()
    await clock.advance(0)
    client.renewToken = renewToken
    await clock.advance(0.75 * HOUR_MS)
    expect(client.calls).toEqual(['join room null', 'join room 4711', 'renewToken'])
  })

  it('uses the token that a renewal has just fetched', async () => {
    const { client, server, clock } = await joined()
    client.onRenew = 'hang'
    await clock.advance(0.75 * HOUR_MS)
    client.expire()
    await clock.advance(0)
    expect(client.calls.at(-1)).toBe('join room 4711')
    expect(client.tokens).toEqual([...server.tokens, server.tokens.at(-1)])
    expect(server.tokens).toHaveLength(2)
  })

  it('publishes what can be published and tells of the rest', async () => {
    const { client, payloads, clock } = await joined({ tracks: () => [camera, microphone] })
    client.unpublishable = [camera]
    client.expire()
    await clock.advance(0)
    expect(client.localTracks).toEqual([microphone])
    expect(payloads).toContainEqual([{ published: 1, failures: [new Error('TRACK_IS_DISABLED')] }])
  })

  it('breaks a reconnecting that never ends', async () => {
    const { client, server, clock, told } = await joined()
    await client.publish(camera)
    client.dropLine()
    await clock.advance(HOUR_MS + 60_000)
    expect(told).toContain('expired')
    expect(client.calls.slice(-3)).toEqual(['leave', 'join room 4711', 'publish camera'])
    expect(client.tokens.at(-1)).toBe(server.tokens.at(-1))
    expect(told.slice(-3)).toEqual(['rejoined', 'renewed', 'republished'])
  })

  it('leaves a session that reconnects within eight seconds of the end alone', async () => {
    const { client, renewer, told, clock } = await joined()
    client.dropLine()
    for (let second = 0; second < 3605; second += 5) {
      await clock.advance(5000)
      renewer.renew().catch(() => {})
    }
    expect(told).not.toContain('expired')
    client.restoreLine()
    await clock.advance(0)
    expect(client.calls).toEqual(['join room null', 'renewToken'])
  })

  it('is not held up by a track that hangs, and tells of it', async () => {
    const { client, renewer, told, payloads, clock } = await joined({
      tracks: () => [camera, microphone],
    })
    client.onPublish = 'hang'
    client.expire()
    await clock.advance(0)
    expect(renewer.phase).toBe('fresh')
    client.onPublish = 'ok'
    await clock.advance(10_000)
    expect(client.localTracks).toEqual([microphone])
    expect(told.slice(-3)).toEqual(['rejoined', 'renewed', 'republished'])
    const failures = [expect.objectContaining({ code: 'PUBLISH_TIMEOUT' })]
    expect(payloads.at(-1)).toEqual([{ published: 1, failures }])
  })

  it('again stops the publishing that is still going on', async () => {
    const { client, told, clock } = await joined({ tracks: () => [camera, microphone] })
    client.onPublish = 'hang'
    client.expire()
    await clock.advance(0)
    client.onPublish = 'ok'
    client.expire()
    await clock.advance(100_000)
    expect(client.calls.filter((call) => call.startsWith('publish'))).toEqual([
      'publish camera',
      'publish camera',
      'publish microphone',
    ])
    expect(told.filter((event) => event === 'republished')).toHaveLength(1)
  })

  it('brings the session back once, at each step of the end of a renewal', async () => {
    for (let steps = 0; steps < 30; steps++) {
      const { client, renewer, told, clock } = await joined()
      const renewToken = client.renewToken.bind(client)
      client.renewToken = async (token) => {
        await renewToken(token)
        void expireAfter(steps)
      }
      await clock.advance(0.75 * HOUR_MS + 100)
      expect(told.filter((event) => event === 'rejoined')).toHaveLength(1)
      expect(client.calls).toEqual(['join room null', 'renewToken', 'join room 4711'])
      expect(renewer.phase).toBe('fresh')

      async function expireAfter(count: number): Promise<void> {
        for (let step = 0; step < count; step++) await Promise.resolve()
        client.expire()
      }
    }
  })

  it('starts one renewal when it comes within a listener of the one before', async () => {
    for (const event of ['phase', 'renewed'] as const) {
      const { client, server, renewer, clock } = await joined()
      let times = 0
      renewer.on(event, () => {
        if (renewer.phase === 'fresh' && times++ === 0) client.expire()
      })
      await clock.advance(0.75 * HOUR_MS + 100)
      expect(server.requests).toHaveLength(3)
      expect(client.calls).toEqual(['join room null', 'renewToken', 'join room 4711'])
    }
  })

  it('is not answered with the token that has just ended', async () => {
    const same = mint(3600)
    const { client, clock } = await joined({ source: async () => same })
    client.expire()
    await clock.advance(60_000)
    expect(client.calls).toEqual(['join room null'])
  })

  it('tries joining again when that fails or hangs, with a token of its own each time', async () => {
    const { client, server, renewer, clock } = await joined()
    client.onJoin = new Error('CAN_NOT_GET_GATEWAY_SERVER')
    client.expire()
    await clock.advance(1000)
    client.onJoin = 'hang'
    await clock.advance(30_000)
    client.onJoin = 'ok'
    await clock.advance(30_000)
    expect(client.connectionState).toBe('CONNECTED')
    expect(renewer.phase).toBe('fresh')
    expect(new Set(client.tokens).size).toBe(client.tokens.length)
    expect(client.tokens).toEqual(server.tokens)
  })

  it('gives up when the session dies right after each of five rejoins', async () => {
    const { client, renewer, told, clock } = await joined()
    for (let i = 0; i < 6; i++) {
      client.expire()
      await clock.advance(100)
    }
    expect(told.filter((event) => event === 'rejoined')).toHaveLength(5)
    expect(told.at(-1)).toBe('failed')
    expect(renewer.phase).toBe('failed')
  })
})

describe('the end of the session', () => {
  it.each([
    ['LEAVE', 'left'],
    ['UID_BANNED', 'banned'],
    ['CHANNEL_BANNED', 'banned'],
    ['IP_BANNED', 'banned'],
    ['UID_CONFLICT', 'conflict'],
    ['NETWORK_ERROR', 'lost'],
  ])('by %s is left alone', async (reason, cause) => {
    const { client, renewer, payloads, clock } = await joined()
    client.kick(reason)
    await clock.advance(2 * HOUR_MS)
    expect(payloads).toContainEqual([cause])
    expect(client.calls).toEqual(['join room null'])
    expect([renewer.phase, client.listenerCount, clock.timers]).toEqual(['stopped', 0, 0])
  })

  it('stops a rejoin that is under way', async () => {
    const { client, server, clock } = await joined()
    server.answer = new Error('down')
    client.expire()
    await clock.advance(1000)
    client.kick('UID_BANNED')
    server.answer = 'ok'
    await clock.advance(HOUR_MS)
    expect(client.calls).toEqual(['join room null'])
  })

  it.each(['while fetching', 'while waiting', 'while renewToken is unanswered'])(
    'ends everything when it comes %s',
    async (when) => {
      const { client, server, renewer, clock } = await joined()
      if (when === 'while fetching') server.answer = 'hang'
      if (when === 'while waiting') server.answer = new Error('down')
      if (when === 'while renewToken is unanswered') client.onRenew = 'hang'
      await clock.advance(0.75 * HOUR_MS)
      const before = server.requests.length
      client.kick('UID_BANNED')
      await clock.advance(HOUR_MS)
      expect(server.requests).toHaveLength(before)
      expect([renewer.phase, clock.timers]).toEqual(['stopped', 0])
    },
  )

  it('stops a rejoin that the SDK refuses for good', async () => {
    const { client, renewer, clock } = await joined()
    client.onJoin = Object.assign(new Error('banned'), { code: 'UID_BANNED' })
    client.expire()
    await clock.advance(HOUR_MS)
    expect(client.calls).toEqual(['join room null', 'join room 4711'])
    expect(renewer.phase).toBe('stopped')
  })

  it('by leave() is noticed also while the session is being brought back', async () => {
    const { client, server, renewer, payloads, clock } = await joined()
    server.answer = new Error('down')
    client.expire()
    await clock.advance(1000)
    await renewer.leave()
    server.answer = 'ok'
    await clock.advance(HOUR_MS)
    expect(client.calls).toEqual(['join room null', 'leave'])
    expect(payloads).toContainEqual(['left'])
    expect([renewer.phase, clock.timers]).toEqual(['stopped', 0])
  })

  it.each(['live', 'disposed'])('by leave() of a %s renewer is bounded in time', async (state) => {
    const { client, renewer, clock } = await joined()
    if (state === 'disposed') renewer.dispose()
    client.onLeave = 'hang'
    const late = expect(renewer.leave()).rejects.toMatchObject({ code: 'LEAVE_TIMEOUT' })
    await clock.advance(10_000)
    await late
    expect(clock.timers).toBe(0)
  })

  it('is not undone while the adapter itself leaves in order to join again', async () => {
    const { client, renewer, clock } = await joined()
    client.onLeave = 'hang'
    client.dropLine()
    await clock.advance(HOUR_MS + 40_000)
    expect(client.connectionState).toBe('DISCONNECTING')
    renewer.dispose()
    client.answer()
    await clock.advance(HOUR_MS)
    expect(client.connectionState).toBe('DISCONNECTED')
    expect(client.calls).not.toContain('join room 4711')
  })

  it('can be followed by another', async () => {
    const { client, renewer, clock } = await joined()
    await client.leave()
    expect(renewer.phase).toBe('stopped')
    await renewer.join()
    await clock.advance(0.75 * HOUR_MS)
    expect(client.calls).toEqual(['join room null', 'leave', 'join room 4711', 'renewToken'])
  })
})

describe('dispose', () => {
  it.each<[string, (all: Awaited<ReturnType<typeof joined>>) => Promise<void>]>([
    ['at rest', async () => {}],
    [
      'while fetching',
      async ({ server, clock }) => {
        server.answer = 'hang'
        await clock.advance(0.75 * HOUR_MS)
      },
    ],
    [
      'while waiting for the next try',
      async ({ server, clock }) => {
        server.answer = new Error('down')
        await clock.advance(0.75 * HOUR_MS)
      },
    ],
    [
      'while renewToken is unanswered',
      async ({ client, clock }) => {
        client.onRenew = 'hang'
        await clock.advance(0.75 * HOUR_MS)
      },
    ],
    [
      'while reconnecting',
      async ({ client, clock }) => {
        client.dropLine()
        await clock.advance(0.75 * HOUR_MS)
      },
    ],
    [
      'while joining again',
      async ({ client, clock }) => {
        client.onJoin = 'hang'
        client.expire()
        await clock.advance(100)
      },
    ],
    [
      'while publishing again',
      async ({ client, clock }) => {
        await client.publish(camera)
        client.onPublish = 'hang'
        client.expire()
        await clock.advance(0)
      },
    ],
    ['right after the end', async ({ client }) => client.expire()],
  ])('%s leaves no timer, no listener and no further call', async (_, reach) => {
    const all = await joined()
    await reach(all)
    const { client, renewer, clock } = all
    renewer.dispose()
    const before = client.calls.filter((call) => call !== 'leave')
    await clock.advance(1)
    expect([clock.timers, client.listenerCount, renewer.listenerCount('renewed')]).toEqual([
      0, 0, 0,
    ])
    await clock.advance(5 * HOUR_MS)
    client.answer()
    await clock.advance(5 * HOUR_MS)
    expect(client.calls.filter((call) => call !== 'leave')).toEqual(before)
    expect(renewer.phase).toBe('disposed')
  })

  it('aborts the request under way, and refuses to start again', async () => {
    const { server, renewer, clock } = await joined()
    server.answer = 'hang'
    await clock.advance(0.75 * HOUR_MS)
    renewer.dispose()
    renewer.dispose()
    expect(server.requests[1]?.signal.aborted).toBe(true)
    expect(() => renewer.start()).toThrow(expect.objectContaining({ code: 'STOPPED' }))
    await expect(renewer.renew()).rejects.toMatchObject({ code: 'STOPPED' })
  })
})

describe('the events', () => {
  it('never carry a token', async () => {
    const { client, server, payloads, clock } = await joined()
    await clock.advance(HOUR_MS)
    server.answer = new Error('down')
    client.expire()
    await clock.advance(5000)
    server.answer = 'ok'
    client.onJoin = new Error('CAN_NOT_GET_GATEWAY_SERVER')
    await clock.advance(5000)
    client.onJoin = 'ok'
    server.mint = (ttl) => mint(ttl, { channel: 'other' })
    await clock.advance(60_000)
    server.mint = (ttl) => mint(ttl, { issuedAt: 1 })
    await clock.advance(60_000)
    for (const code of ['SOURCE_FAILED', 'REJOIN_FAILED', 'GRANT_SCOPE', 'CLOCK_SKEW']) {
      expect(JSON.stringify(payloads)).toContain(code)
    }
    // Everything that can be reached, private, hidden and inherited members included.
    const everything = inspect(payloads, { depth: null, showHidden: true, maxStringLength: null })
    expect(everything).toContain('tookMs')
    for (const token of server.tokens) expect(everything).not.toContain(token.slice(3, 40))
  })

  it.each(['phase', 'fetching', 'retry', 'expired', 'rejoined', 'renewed', 'republished'] as const)(
    'may be answered with dispose: after %s nothing more happens',
    async (event) => {
      const { client, server, renewer, clock } = await joined({ tracks: () => [camera] })
      renewer.on(event, () => renewer.dispose())
      if (event === 'retry') server.answer = new Error('down')
      client.expire()
      await clock.advance(1000)
      expect(renewer.phase).toBe('disposed')
      const before = [
        server.requests.length,
        client.calls.filter((call) => call !== 'leave').length,
      ]
      await clock.advance(5 * HOUR_MS)
      const after = [server.requests.length, client.calls.filter((call) => call !== 'leave').length]
      expect(after).toEqual(before)
      expect([clock.timers, client.listenerCount]).toEqual([0, 0])
    },
  )

  it('of a listener that throws disturb neither renewer nor SDK', async () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { renewer, clock, client } = await joined()
    renewer.on('renewed', () => {
      throw new Error('listener')
    })
    await clock.advance(2 * HOUR_MS)
    expect(client.calls.filter((call) => call === 'renewToken')).toHaveLength(2)
    expect(report).toHaveBeenCalledWith(expect.objectContaining({ message: 'listener' }))
    report.mockRestore()
  })
})

describe('createRenewer', () => {
  it('gives an SDK the time that it needs, also where the options give less', async () => {
    const { adapter, clock, server, device } = session()
    const slow = { ...adapter, sdkTimeoutMs: 60_000, join: () => new Promise<number>(() => {}) }
    const source = async () => mint(server.ttl)
    const renewer = createRenewer(slow, { source, clock, lifecycle: device, sdkTimeoutMs: 1000 })
    let error: unknown
    renewer.join().catch((cause: unknown) => (error = cause))
    await clock.advance(59_999)
    expect(error).toBeUndefined()
    await clock.advance(1)
    expect(error).toMatchObject({ code: 'JOIN_TIMEOUT' })
  })

  it.each([
    {},
    { source: 'https://example.com' },
    { source: () => 'x', sdkTimeoutMs: 0 },
    { source: () => 'x', rejoin: 'never' },
  ])('refuses options that are of no use: %j', (options) => {
    const adapter = {} as Parameters<typeof createRenewer>[0]
    expect(() => createRenewer(adapter, options as never)).toThrow(TypeError)
  })
})
