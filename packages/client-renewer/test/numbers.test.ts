import { describe, expect, it } from 'vitest'
import { RenewError } from '../src/errors.ts'
import { createRenewer } from '../src/index.ts'
import { mint, session } from './support/session.ts'

// Numbers from outside: of a grant, an error, an option, a clock. None of them makes the renewer run hot, or
// wait for ever.

const HOUR_MS = 3_600_000
const ODD = [Number.NaN, Infinity, -Infinity, -1, 0, 1e300, '10', '1h', null, {}] as number[]
type Session = ReturnType<typeof session>

async function joined(...args: Parameters<typeof session>): Promise<Session> {
  const all = session(...args)
  await all.renewer.join()
  return all
}

/** A clock that counts the timers which are set with it. */
function counting(clock: Session['clock'], change: Partial<Session['clock']> = {}) {
  const counted = { timers: 0 }
  const after = (ms: number, task: () => void) => {
    counted.timers++
    return clock.after(ms, task)
  }
  return { ...clock, ...change, after, counted }
}

describe.each(ODD)('%s', (odd) => {
  it.each(['expiresIn', 'renewIn', 'uid'])('as `%s` of a grant', async (name) => {
    const { clock: time, server } = session()
    const clock = counting(time)
    const { renewer, client } = session({
      clock,
      source: async (request) => {
        const token = mint(3600, { issuedAt: Math.floor(time.now() / 1000) })
        await server.source(request)
        return request.reason === 'join' ? token : { token, [name]: odd }
      },
    })
    await renewer.join()
    await time.advance(HOUR_MS)
    expect(server.requests.length).toBeGreaterThan(1)
    expect(server.requests.length).toBeLessThan(3600)
    expect(clock.counted.timers).toBeLessThan(3600 * 3)
    expect(client.connectionState).toBe('CONNECTED')
  })

  it.each(['alive', 'dead'])(
    'as `retryAfterMs` of an error, while the session is %s',
    async (is) => {
      const { client, server, clock } = await joined({ random: () => 0.5 })
      const looks = {
        name: 'RenewError',
        code: 'SOURCE_FAILED',
        retryable: true,
        retryAfterMs: odd,
      }
      server.answer = Object.assign(new Error('busy'), looks)
      if (is === 'dead') client.expire()
      await clock.advance(is === 'dead' ? 60_000 : HOUR_MS - 1000)
      expect(server.requests.length).toBeGreaterThan(1)
      expect(server.requests.length).toBeLessThan(100)
      server.answer = 'ok'
      // What the server asks for is waited for, an hour at most.
      await clock.advance(odd === 1e300 ? 1.2 * HOUR_MS : 15_000)
      expect(client.connectionState).toBe('CONNECTED')
      expect(client.tokens.at(-1)).toBe(server.tokens.at(-1))
    },
  )

  it.each(['sourceTimeoutMs', 'sdkTimeoutMs'])('as the option `%s`', (name) => {
    if (odd === null) return
    const { adapter } = session()
    const options = { source: () => mint(60), [name]: odd }
    expect(() => createRenewer(adapter, options)).toThrow(TypeError)
  })

  it('as the time that an adapter says its SDK needs', () => {
    if (odd === null) return
    const { adapter } = session()
    const slow = { ...adapter, sdkTimeoutMs: odd }
    expect(() => createRenewer(slow, { source: () => mint(60) })).toThrow(TypeError)
  })

  it('as a random number', async () => {
    const { client, server, clock } = await joined({ random: () => odd })
    await clock.advance(0.75 * HOUR_MS)
    expect(client.calls.at(-1)).toBe('renewToken')
    server.answer = new Error('down')
    client.expire()
    await clock.advance(60_000)
    expect(server.requests.length).toBeLessThan(70)
    server.answer = 'ok'
    await clock.advance(15_000)
    expect(client.connectionState).toBe('CONNECTED')
  })

  it.each(['now', 'elapsed'] as const)(
    'as what `%s` of the clock says from now on',
    async (name) => {
      const { clock: time } = session()
      let isOdd = false
      const clock = counting(time, { [name]: () => (isOdd ? odd : time[name]()) })
      const { client, renewer } = session({ clock })
      await renewer.join()
      isOdd = true
      await time.advance(2 * HOUR_MS)
      expect(client.calls).toContain('renewToken')
      expect(clock.counted.timers).toBeLessThan(2 * 3600)
    },
  )

  it('as the limit of `beforeRejoin`', async () => {
    let calls = 0
    const beforeRejoin = () => {
      calls++
      return new Promise<void>(() => {})
    }
    const { client, server, clock } = await joined({ beforeRejoin, beforeRejoinTimeoutMs: odd })
    client.expire()
    await clock.advance(60_000)
    expect(calls).toBe(1)
    expect(server.requests.length).toBeLessThan(70)
  })
})

describe('an error that looks like ours', () => {
  it('is one, with what it says', async () => {
    const error = new RenewError('SOURCE_FAILED', 'busy', { retryAfterMs: 42_000 })
    const { server, clock } = await joined()
    server.answer = error
    await clock.advance(0.75 * HOUR_MS + 41_999)
    expect(server.requests).toHaveLength(2)
  })
})
