import { describe, expect, it } from 'vitest'
import { rtcNg } from '../src/adapters/rtc-ng.ts'
import { createRenewer } from '../src/index.ts'
import { session } from './support/session.ts'

// One client, and who has it: a session that follows another one, and renewers that meet.

const HOUR_MS = 3_600_000

type World = ReturnType<typeof session>

const MOMENTS: readonly [string, (world: World) => unknown][] = [
  ['before any session', () => {}],
  [
    'while the first token is fetched',
    ({ server, renewer }) => {
      server.answer = 'hang'
      renewer.join().catch(() => {})
    },
  ],
  [
    'while it joins',
    ({ client, renewer }) => {
      client.onJoin = 'hang'
      renewer.join().catch(() => {})
    },
  ],
  ['in the channel', ({ renewer }) => renewer.join()],
  [
    'while it renews',
    async ({ client, renewer, clock }) => {
      await renewer.join()
      client.onRenew = 'hang'
      await clock.advance(0.75 * HOUR_MS)
    },
  ],
  [
    'while it waits for the server',
    async ({ server, renewer, clock }) => {
      await renewer.join()
      server.answer = new Error('down')
      await clock.advance(0.75 * HOUR_MS)
    },
  ],
  [
    'after it has given up',
    async ({ server, renewer, clock }) => {
      await renewer.join()
      server.answer = Object.assign(new Error('no'), { name: 'RenewError', code: 'SOURCE_DENIED' })
      await clock.advance(0.75 * HOUR_MS)
    },
  ],
  [
    'while the SDK reconnects',
    async ({ client, renewer }) => {
      await renewer.join()
      client.dropLine()
    },
  ],
  [
    'out of the channel',
    async ({ client, server, renewer, clock }) => {
      await renewer.join()
      server.answer = new Error('down')
      client.expire()
      await clock.advance(1000)
    },
  ],
  [
    'while it joins again',
    async ({ client, renewer, clock }) => {
      await renewer.join()
      client.onJoin = 'hang'
      client.expire()
      await clock.advance(0)
    },
  ],
  [
    'while it leaves the channel to join again',
    async ({ client, renewer, clock }) => {
      await renewer.join()
      client.dropLine()
      client.onLeave = 'hang'
      await clock.advance(HOUR_MS + 38_000)
    },
  ],
]

/** At a moment of a session's life, from which on all is well. */
async function at(reach: (world: World) => unknown): Promise<World> {
  const world = session()
  await reach(world)
  await world.clock.advance(0)
  world.server.answer = world.client.onJoin = world.client.onRenew = world.client.onLeave = 'ok'
  return world
}

/** Another renewer of the same client, in another channel. */
function another({ client, clock, device }: World, channel = 'hall') {
  const notices: string[] = []
  const adapter = rtcNg(client, { appId: 'a', channel })
  let count = 0
  const source = async () => ({ token: `007other${++count}`, expiresIn: 3600 })
  const renewer = createRenewer(adapter, { source, clock, lifecycle: device, random: () => 0 })
  renewer.on('notice', ({ code }) => notices.push(code))
  return { renewer, notices }
}

async function settle<T>({ client, clock }: World, promise: Promise<T>): Promise<T> {
  let isSettled = false
  const end = () => (isSettled = true)
  promise.then(end, end)
  await clock.advance(0)
  client.answer()
  await clock.advance(1000)
  expect(isSettled, 'settled').toBe(true)
  return promise
}

describe('leave() and then join(), without await', () => {
  it.each(MOMENTS)('joins anew when it comes %s', async (_, reach) => {
    const world = await at(reach)
    const { client, renewer } = world
    const leaving = renewer.leave()
    const joining = renewer.join()
    await expect(settle(world, Promise.all([leaving, joining]))).resolves.toBeDefined()
    expect([renewer.phase, client.connectionState]).toEqual(['fresh', 'CONNECTED'])
  })

  it.each(MOMENTS)('joins by another renewer when it comes %s', async (_, reach) => {
    const world = await at(reach)
    const other = another(world)
    world.renewer.leave().catch(() => {})
    world.renewer.dispose()
    await settle(world, other.renewer.join())
    expect(world.client.channelName).toBe('hall')
    await world.clock.advance(0.75 * HOUR_MS)
    expect([other.renewer.phase, other.notices]).toEqual(['fresh', []])
  })

  it.each(MOMENTS)(
    'joins by another renewer that is faster, when it comes %s',
    async (_, reach) => {
      const world = await at(reach)
      const other = another(world)
      const joining = other.renewer.join()
      // As React lets go of a component: after the effects of the one that takes its place.
      world.renewer.leave().catch(() => {})
      world.renewer.dispose()
      await settle(world, joining)
      expect([world.client.channelName, other.renewer.phase]).toEqual(['hall', 'fresh'])
    },
  )

  it('waits no longer than the time limit for a leave that hangs', async () => {
    const { client, renewer, clock } = session()
    await renewer.join()
    client.onLeave = 'hang'
    const leaving = expect(renewer.leave()).rejects.toMatchObject({ code: 'LEAVE_TIMEOUT' })
    const joining = expect(renewer.join()).rejects.toMatchObject({ code: 'JOIN_TIMEOUT' })
    await clock.advance(20_000)
    await Promise.all([leaving, joining])
    expect([renewer.phase, clock.timers]).toEqual(['idle', 0])
  })

  it('is refused without a leave, by its own session and by that of another renewer', async () => {
    const world = session()
    await world.renewer.join()
    const { renewer } = another(world)
    for (const it of [world.renewer, renewer])
      await expect(it.join()).rejects.toMatchObject({ code: 'JOIN_FAILED' })
    expect([world.renewer.phase, renewer.phase]).toEqual(['fresh', 'idle'])
    expect(world.client.calls).toEqual(['join room null'])
  })

  it('forgets a renewToken that the SDK has never answered', async () => {
    for (const how of ['renewer', 'client'] as const) {
      const { client, renewer, clock } = session()
      await renewer.join()
      const renewToken = client.renewToken.bind(client)
      client.renewToken = () => new Promise(() => {})
      await clock.advance(0.75 * HOUR_MS)
      client.renewToken = renewToken
      await (how === 'renewer' ? renewer : client).leave()
      await renewer.join()
      await clock.advance(0.75 * HOUR_MS)
      expect([client.calls.at(-1), renewer.phase]).toEqual(['renewToken', 'fresh'])
    }
  })
})

describe('a second renewer on one client', () => {
  it('takes the session over when it starts: the first does nothing more, and both are told', async () => {
    const world = session()
    const { client, renewer, clock, told } = world
    await renewer.join()
    const other = another(world, 'room')
    other.renewer.start('008started')
    await clock.advance(0)
    expect([renewer.phase, told.at(-1), other.notices]).toEqual([
      'idle',
      'notice',
      ['LIFE_UNKNOWN', 'TAKEN_OVER'],
    ])
    await clock.advance(10 * HOUR_MS)
    expect(client.calls).toEqual(['join room null'])
    client.warn()
    await clock.advance(0)
    expect(client.tokens.at(-1)).toBe('007other1')
    expect(told).not.toContain('stopped')
  })

  it('takes the session over when it joins while the first brings it back', async () => {
    const world = await at(MOMENTS.find(([when]) => when === 'out of the channel')![1])
    const { client, renewer, clock } = world
    world.server.answer = new Error('down')
    const other = another(world)
    await settle(world, other.renewer.join())
    await clock.advance(HOUR_MS / 2)
    expect([renewer.phase, other.renewer.phase, client.channelName]).toEqual([
      'idle',
      'fresh',
      'hall',
    ])
    expect(other.notices).toEqual(['TAKEN_OVER'])
    expect(client.calls).toEqual(['join room null', 'join hall null'])
  })

  it('does not repeat a renewToken of the first that the SDK has not answered', async () => {
    const world = session()
    const { client, renewer, clock } = world
    await renewer.join()
    client.onRenew = 'hang'
    await clock.advance(0.75 * HOUR_MS)
    renewer.dispose()
    const other = another(world, 'room')
    other.renewer.start()
    await clock.advance(60_000)
    expect(client.calls.filter((call) => call === 'renewToken')).toHaveLength(1)
    client.answer()
    await clock.advance(0)
    expect(other.renewer.phase).toBe('fresh')
  })

  it('sends no notice when the first is disposed of in the same turn', async () => {
    const world = session()
    await world.renewer.join()
    const other = another(world, 'room')
    queueMicrotask(() => world.renewer.dispose())
    other.renewer.start({ token: '007first', expiresIn: 3600 })
    await world.clock.advance(0)
    expect(other.notices).toEqual([])
  })
})
