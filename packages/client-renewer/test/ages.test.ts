import { describe, expect, it } from 'vitest'
import { mint, session } from './support/session.ts'

// How old a token is, and which of two is newer.

const HOUR_MS = 3_600_000
const START = 1_795_000_000
const TWENTY_MINUTES = 1200
type Session = ReturnType<typeof session>

async function joined(...args: Parameters<typeof session>): Promise<Session> {
  const all = session(...args)
  await all.renewer.join()
  return all
}

/** A client that the app has joined by itself. */
async function inChannel(...args: Parameters<typeof session>): Promise<Session> {
  const all = session(...args)
  await all.client.join('', 'room', 'token', 4711)
  return all
}

describe('the first token of a session that the app has joined', () => {
  const issuedAt = START - TWENTY_MINUTES
  const old = mint(3600, { issuedAt })

  it.each([
    ['itself', old],
    ['itself, beside a length of life', { token: old, expiresIn: 3600 }],
    ['itself, where the app says later', { token: old, expiresIn: 3600, issuedAt: START }],
    ['the app, where it cannot be read', { token: '008opaque', expiresIn: 3600, issuedAt }],
    ['the app, where the token says later', { token: mint(3600), expiresIn: 3600, issuedAt }],
  ])('is as old as is said by %s', async (_, first) => {
    const { renewer, clock, client, told } = await inChannel()
    renewer.start(first)
    expect(renewer.remainingMs).toBe(HOUR_MS - TWENTY_MINUTES * 1000)
    await clock.advance(0.75 * HOUR_MS - TWENTY_MINUTES * 1000)
    expect(client.calls.at(-1)).toBe('renewToken')
    expect(told).not.toContain('notice')
  })

  it('is renewed at once when the clock is ahead, and not again', async () => {
    const { renewer, clock, server } = await inChannel()
    clock.jump(5 * HOUR_MS)
    renewer.start(mint(3600))
    await clock.advance(HOUR_MS / 2)
    expect(server.requests).toHaveLength(1)
  })

  it('is counted from now when the clock is behind, of which you hear', async () => {
    const { renewer, clock, payloads } = await inChannel()
    clock.jump(-5 * HOUR_MS)
    renewer.start(mint(3600))
    expect(renewer.remainingMs).toBe(HOUR_MS)
    await clock.advance(0)
    expect(payloads).toContainEqual([expect.objectContaining({ code: 'CLOCK_SKEW' })])
  })

  it.each([Number.NaN, Infinity, -Infinity, 'yesterday', null])(
    'that says %s as its time of issue is as old as it says itself',
    async (odd) => {
      const { renewer } = await inChannel()
      renewer.start({ token: old, expiresIn: 3600, issuedAt: odd as number })
      expect(renewer.remainingMs).toBe(HOUR_MS - TWENTY_MINUTES * 1000)
    },
  )
})

describe('a token that ends earlier than the one in use', () => {
  it('is taken when the app has asked for it', async () => {
    const { client, server, renewer, clock } = await joined()
    server.ttl = 600
    const renewing = renewer.renew()
    await clock.advance(0)
    await renewing
    expect([client.calls.at(-1), renewer.remainingMs]).toEqual(['renewToken', 600_000])
  })

  it('is taken when the renewer has asked, as the server may have changed the role', async () => {
    const { client, server, renewer, clock } = await joined()
    server.ttl = 600
    await clock.advance(0.75 * HOUR_MS)
    expect([client.calls.at(-1), renewer.remainingMs]).toEqual(['renewToken', 600_000])
  })

  it('is asked for a few times when all tokens end with the lesson', async () => {
    const { clock } = session()
    let requests = 0
    const source = async () => {
      const seconds = Math.floor((START * 1000 + HOUR_MS - clock.now()) / 1000)
      requests++
      return { token: mint(seconds, { issuedAt: START + 3600 - seconds }), expiresIn: seconds }
    }
    const { told } = await joined({ source, clock })
    await clock.advance(HOUR_MS - 2000)
    expect(requests).toBeLessThanOrEqual(14)
    expect(told).not.toContain('retry')
  })

  it('is refused when it has no life left on arrival', async () => {
    const { clock } = session()
    const tokens = [mint(3600), mint(5), mint(3601)]
    const source = async () => {
      const token = tokens.shift()!
      if (tokens.length === 1) await new Promise<void>((done) => void clock.after(8000, done))
      return token
    }
    const { client, payloads } = await joined({ source, clock })
    await clock.advance(0.9 * HOUR_MS)
    const error = expect.objectContaining({ code: 'GRANT_STALE' })
    expect(payloads).toContainEqual([expect.objectContaining({ error })])
    expect(client.tokens).toHaveLength(2)
  })
})

describe('the same token again', () => {
  const setup = async () => {
    const same = mint(3600)
    const all = await joined({ source: async () => same })
    return { ...all, same }
  }

  it('is taken when the app has asked for it, and is no younger for that', async () => {
    const { client, renewer, clock } = await setup()
    await clock.advance(600_000)
    const renewing = renewer.renew()
    await clock.advance(0)
    await renewing
    expect([client.calls.at(-1), renewer.remainingMs]).toEqual(['renewToken', HOUR_MS - 600_000])
  })

  it('is taken, too, when the app asks while a renewal waits for another', async () => {
    const { client, renewer, clock, told } = await setup()
    await clock.advance(0.75 * HOUR_MS + 1000)
    expect([told.at(-1), client.calls.length]).toEqual(['retry', 1])
    const renewing = renewer.renew()
    await clock.advance(0)
    await renewing
    expect(client.calls.at(-1)).toBe('renewToken')
  })

  it('is not taken once it has expired, also when the app asks', async () => {
    const { client, renewer, clock } = await setup()
    client.expire()
    renewer.renew().catch(() => {})
    await clock.advance(60_000)
    expect(client.calls).toEqual(['join room null'])
  })
})

describe('renew()', () => {
  it('brings a session back that waits for the app, also where a renewal is under way', async () => {
    const { client, server, renewer, clock } = await joined({ rejoin: 'manual' })
    server.answer = 'hang'
    await clock.advance(0.75 * HOUR_MS)
    const renewing = renewer.renew()
    client.expire()
    server.answer = 'ok'
    await clock.advance(30_000)
    await renewing
    expect(client.calls.at(-1)).toBe('join room 4711')
  })
})
