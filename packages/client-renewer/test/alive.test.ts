import { describe, expect, it } from 'vitest'
import { RenewError } from '../src/errors.ts'
import { session } from './support/session.ts'

// The renewer believes how long a token lives; the SDK knows. Once the session has ended, nothing counts on
// the rest of a life that was believed.

const HOUR_MS = 3_600_000
type Session = ReturnType<typeof session>

async function joined(...args: Parameters<typeof session>): Promise<Session> {
  const all = session(...args)
  await all.renewer.join()
  return all
}

/** Ways in which a session ends long before the renewer expects it. */
const ENDS: readonly (readonly [string, (all: Session) => unknown])[] = [
  ['the SDK says that the token has expired', ({ client }) => client.expire()],
  [
    'the token is refused on a reconnect, as after a change of the certificate',
    ({ client }) => {
      client.dropLine()
      client.expireSilently()
    },
  ],
]

describe('a session that has ended earlier than believed', () => {
  for (const [how, end] of ENDS) {
    it(`is tried again at most fifteen seconds apart, when ${how}`, async () => {
      const { client, server, clock, renewer, ...all } = await joined({ random: () => 0.999 })
      server.answer = new Error('down')
      await clock.advance(60_000)
      end({ client, server, clock, renewer, ...all })
      expect(renewer.remainingMs).toBeLessThanOrEqual(0)
      const asked: number[] = []
      for (let second = 0; second < 1200; second++) {
        const before = server.requests.length
        await clock.advance(1000)
        if (server.requests.length > before) asked.push(second)
      }
      const gaps = asked.slice(1).map((at, i) => at - asked[i]!)
      expect(Math.max(...gaps)).toBeLessThanOrEqual(15)
      server.answer = 'ok'
      await clock.advance(15_000)
      expect(client.calls.at(-1)).toBe('join room 4711')
    })
  }

  it('is brought back also when its age was never known', async () => {
    const { client, server, clock, renewer } = session({ random: () => 0.999 })
    await client.join('', 'room', 'token', 4711)
    server.answer = new Error('down')
    renewer.start()
    await clock.advance(600_000)
    client.expire()
    await clock.advance(600_000)
    server.answer = 'ok'
    await clock.advance(15_000)
    expect(client.calls.at(-1)).toBe('join room 4711')
  })

  it('does not wait for a server that has asked for time while the token was believed to live', async () => {
    const { client, server, clock, renewer } = await joined()
    server.answer = new RenewError('SOURCE_FAILED', 'busy', { retryAfterMs: 600_000 })
    renewer.renew().catch(() => {})
    await clock.advance(1000)
    server.answer = 'ok'
    client.expire()
    await clock.advance(0)
    expect(client.calls.at(-1)).toBe('join room 4711')
  })

  it('is back fifteen seconds after a server that did not answer', async () => {
    const { client, server, clock } = await joined({ random: () => 0.999 })
    server.answer = 'hang'
    client.expire()
    for (let i = 0; i < 10; i++) await clock.advance(30_000)
    server.answer = 'ok'
    await clock.advance(15_000)
    expect(client.connectionState).toBe('CONNECTED')
  })

  it('is brought back by a device that says that it is offline and is not', async () => {
    const { client, server, device, clock } = await joined({ random: () => 0.999 })
    device.signal('offline')
    server.answer = new Error('down')
    client.expire()
    await clock.advance(300_000)
    server.answer = 'ok'
    await clock.advance(15_000)
    expect(client.connectionState).toBe('CONNECTED')
  })

  it('stays over when the clock was a day ahead, and is set right', async () => {
    const { client, server, clock } = await joined({ random: () => 0.999 })
    clock.jump(24 * HOUR_MS)
    server.answer = new Error('down')
    client.expire()
    await clock.advance(31_000)
    clock.jump(-24 * HOUR_MS)
    await clock.advance(300_000)
    server.answer = 'ok'
    await clock.advance(15_000)
    expect(client.connectionState).toBe('CONNECTED')
  })

  it('counts on the whole life of the next token', async () => {
    const { client, server, clock, renewer } = await joined()
    await clock.advance(60_000)
    client.expire()
    await clock.advance(0)
    expect(renewer.remainingMs).toBe(HOUR_MS)
    await clock.advance(0.75 * HOUR_MS)
    expect(client.calls.at(-1)).toBe('renewToken')
    expect(server.requests).toHaveLength(3)
  })
})

describe('a device that says that it is offline and is not', () => {
  it('gets the next token half a minute late', async () => {
    const { client, device, clock } = await joined()
    device.signal('offline')
    await clock.advance(0.75 * HOUR_MS + 30_000)
    expect(client.calls.at(-1)).toBe('renewToken')
  })
})
