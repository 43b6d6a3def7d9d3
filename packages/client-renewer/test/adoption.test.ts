import { describe, expect, it } from 'vitest'
import { mint, session } from './support/session.ts'

// An app that joins again by itself, as the SDK's guide tells it to when a token has expired.

const HOUR_MS = 3_600_000
const microphone = { name: 'microphone' }

async function joined(...args: Parameters<typeof session>) {
  const all = session(...args)
  await all.renewer.join()
  await all.client.publish(microphone)
  all.client.calls.length = 0
  return all
}

type World = Awaited<ReturnType<typeof joined>>

async function joinByApp({ client }: World): Promise<void> {
  await client.join('', 'room', mint(3600), 4711)
  await client.publish(microphone)
}

describe('a client that the app has joined again', () => {
  it.each<[string, (world: World) => Promise<void>]>([
    [
      'at once',
      async (world) => {
        world.client.expire()
        await joinByApp(world)
      },
    ],
    [
      'while the token server is down',
      async (world) => {
        const { client, server, clock } = world
        server.answer = new Error('down')
        client.expire()
        await clock.advance(1000)
        await joinByApp(world)
        await clock.advance(30_000)
        server.answer = 'ok'
      },
    ],
    [
      'while the token is fetched',
      async (world) => {
        world.server.answer = 'hang'
        world.client.expire()
        await world.clock.advance(1000)
        await joinByApp(world)
        world.server.answer = 'ok'
      },
    ],
    [
      'slowly',
      async (world) => {
        const { client, clock } = world
        client.expire()
        client.onJoin = 'hang'
        const joining = joinByApp(world)
        await clock.advance(10_000)
        client.onJoin = 'ok'
        client.answer()
        await joining
      },
    ],
  ])(
    '%s is adopted: it gets the next token, nothing is left and nothing published',
    async (_, act) => {
      const world = await joined()
      const { client, renewer, clock, told, payloads } = world
      await act(world)
      await clock.advance(60_000)
      expect(client.calls).toEqual(['join room 4711', 'publish microphone', 'renewToken'])
      expect(client.localTracks).toEqual([microphone])
      expect(payloads).toContainEqual([{ uid: 4711 }])
      expect([told.includes('republished'), told.includes('stopped')]).toEqual([false, false])
      expect([renewer.phase, renewer.remainingMs]).toEqual(['fresh', expect.any(Number)])
      await clock.advance(HOUR_MS)
      expect(client.calls.filter((call) => call === 'renewToken')).toHaveLength(2)
    },
  )

  it('is brought back when the app fails to', async () => {
    const { client, renewer, server, clock, told } = await joined()
    server.answer = new Error('down')
    client.expire()
    await clock.advance(1000)
    client.onNextJoin = new Error('CAN_NOT_GET_GATEWAY_SERVER')
    await client.join('', 'room', 'none', 4711).catch(() => {})
    server.answer = 'ok'
    await clock.advance(60_000)
    expect(told).not.toContain('stopped')
    expect([renewer.phase, client.localTracks]).toEqual(['fresh', [microphone]])
  })

  it('publishes after the next end what the app has published since', async () => {
    const world = await joined()
    const { client, clock } = world
    client.expire()
    await client.join('', 'room', mint(3600), 4711)
    await clock.advance(60_000)
    expect(client.localTracks).toEqual([])
    client.expire()
    await clock.advance(1000)
    expect(client.localTracks).toEqual([])
  })

  it('stays where it is when the SDK refuses the next token, and gets another', async () => {
    const world = await joined()
    const { client, renewer, clock } = world
    client.onRenew = new Error('UNEXPECTED_RESPONSE')
    client.expire()
    await joinByApp(world)
    await clock.advance(5000)
    client.onRenew = 'hang'
    await clock.advance(30_000)
    client.onRenew = 'ok'
    client.answer()
    await clock.advance(30_000)
    expect(client.calls).not.toContain('leave')
    expect([renewer.phase, client.connectionState]).toEqual(['fresh', 'CONNECTED'])
  })
})
