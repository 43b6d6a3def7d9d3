import { describe, expect, it } from 'vitest'
import { session } from './support/session.ts'

// A user who has hung up is not brought back. What the SDK tells of that, and when, is in docs/what-happens.md.

const HOUR_MS = 3_600_000

async function joined(...args: Parameters<typeof session>) {
  const all = session(...args)
  await all.renewer.join()
  return all
}

/** Lets the client begin its next join only when the returned function is called, though it was asked before. */
function holdJoin({ client }: ReturnType<typeof session>): () => void {
  const join = client.join.bind(client)
  let begin = () => {}
  const begun = new Promise<void>((resolve) => (begin = resolve))
  client.join = async (...args) => {
    client.join = join
    await begun
    return join(...args)
  }
  return begin
}

describe('a user who hangs up before the SDK has begun the join that it was asked for', () => {
  it.each([
    ['at first', false],
    ['again', true],
  ])('is not left in the channel: joined %s', async (_, isAgain) => {
    for (const how of ['leave', 'dispose'] as const) {
      const all = session()
      const { client, renewer, clock } = all
      if (isAgain) await renewer.join()
      const begin = holdJoin(all)
      if (isAgain) client.expire()
      else renewer.join().catch(() => {})
      await clock.advance(0)
      if (how === 'dispose') renewer.dispose()
      else await renewer.leave()
      begin()
      await clock.advance(HOUR_MS)
      expect([client.connectionState, clock.timers], how).toEqual(['DISCONNECTED', 0])
    }
  })
})

describe('the client’s own leave()', () => {
  it('during a rejoin is the user’s, though the SDK names another reason or none', async () => {
    const { client, renewer, clock, payloads } = await joined()
    client.onJoin = 'hang'
    client.expire()
    await clock.advance(0)
    expect(client.connectionState).toBe('CONNECTING')
    client.onJoin = 'ok'
    await client.leave()
    await clock.advance(HOUR_MS)
    expect(payloads).toContainEqual(['left'])
    expect([renewer.phase, client.connectionState]).toEqual(['stopped', 'DISCONNECTED'])
    expect(client.calls.filter((call) => call !== 'leave')).toHaveLength(2)
  })

  it('while the SDK reconnects is the user’s', async () => {
    const { client, renewer, clock, payloads } = await joined()
    client.dropLine()
    await client.leave()
    await clock.advance(2 * HOUR_MS)
    expect(payloads).toContainEqual(['left'])
    expect([renewer.phase, client.calls]).toEqual(['stopped', ['join room null', 'leave']])
  })

  it('is not taken for the user’s when a join fails, for which the SDK names the reason of the end before', async () => {
    const { client, renewer, clock, told } = await joined()
    client.dropLine()
    client.onJoin = new Error('CAN_NOT_GET_GATEWAY_SERVER')
    await clock.advance(HOUR_MS + 40_000)
    expect(client.calls).toContain('join room 4711')
    client.onJoin = 'ok'
    await clock.advance(60_000)
    expect(told).not.toContain('stopped')
    expect([renewer.phase, client.connectionState]).toEqual(['fresh', 'CONNECTED'])
  })

  it('is not taken for the user’s when the renewer gives up a join that hangs', async () => {
    const { client, renewer, clock, told } = await joined()
    client.onJoin = 'hang'
    client.expire()
    await clock.advance(15_000)
    client.onJoin = 'ok'
    await clock.advance(60_000)
    expect(told).not.toContain('stopped')
    expect([renewer.phase, client.connectionState]).toEqual(['fresh', 'CONNECTED'])
  })
})
