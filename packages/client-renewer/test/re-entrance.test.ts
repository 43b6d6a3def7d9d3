import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RenewError } from '../src/errors.ts'
import { createRenewer } from '../src/index.ts'
import { fakeDevice } from './support/fake-device.ts'
import { mint, session } from './support/session.ts'

// Listeners act, and throw. What they do comes back into the renewer in the middle of what it is doing.

const HOUR_MS = 3_600_000
type Session = ReturnType<typeof session>

async function joined(...args: Parameters<typeof session>): Promise<Session> {
  const all = session(...args)
  await all.renewer.join()
  return all
}

const times = ({ told }: Session, event: string) => told.filter((it) => it === event).length

async function joinSoon({ client, renewer }: Session): Promise<void> {
  await client.leave()
  await renewer.join()
}

/** Lets a minute pass in small steps, in each of which a loop could go on and on. */
async function minute({ clock }: Session): Promise<void> {
  for (let i = 0; i < 6000; i++) await clock.advance(10)
}

/** What ends a session. */
const ENDS: readonly (readonly [string, (all: Session) => unknown])[] = [
  ['leave() of the renewer', ({ renewer }) => renewer.leave()],
  ['leave() of the client', ({ client }) => client.leave()],
  ['a ban', ({ client }) => client.kick('UID_BANNED')],
  ['a conflict', ({ client }) => client.kick('UID_CONFLICT')],
  ['a loss', ({ client }) => client.kick('NETWORK_ERROR')],
]

describe('stopped', () => {
  describe.each(ENDS)('by %s', (_, end) => {
    it.each(['stopped', 'phase'] as const)(
      'is told once, also when a listener of %s leaves',
      async (event) => {
        const all = await joined()
        all.renewer.on(event, () => {
          if (all.renewer.phase === 'stopped') void all.renewer.leave()
        })
        await end(all)
        await all.clock.advance(HOUR_MS)
        expect(times(all, 'stopped')).toBe(1)
        expect(all.client.calls.filter((call) => call === 'leave').length).toBeLessThanOrEqual(2)
        expect([all.renewer.phase, all.clock.timers]).toEqual(['stopped', 0])
      },
    )

    it('is told once for each session, also when a listener joins again', async () => {
      const all = await joined()
      all.renewer.once('stopped', () => void joinSoon(all))
      await end(all)
      await all.clock.advance(1000)
      expect([times(all, 'stopped'), all.renewer.phase]).toEqual([1, 'fresh'])
      await end(all)
      await all.clock.advance(1000)
      expect([times(all, 'stopped'), all.renewer.phase]).toEqual([2, 'stopped'])
    })

    it('is followed by a quiet leave()', async () => {
      const all = await joined()
      await end(all)
      await all.renewer.leave()
      await all.renewer.leave()
      expect(times(all, 'stopped')).toBe(1)
    })
  })

  it('is not told where there was no session', async () => {
    const all = session()
    await all.renewer.leave()
    expect([all.told, all.renewer.phase]).toEqual([[], 'idle'])
    all.server.answer = new Error('down')
    await all.renewer.join().catch(() => {})
    await all.renewer.leave()
    expect(all.told).toEqual(['fetching'])
  })

  it('is told when a join is left, at each moment of it', async () => {
    for (let steps = 0; steps < 20; steps++) {
      const all = session()
      all.client.onJoin = 'hang'
      const joining = all.renewer.join().catch((error: unknown) => error)
      for (let step = 0; step < steps; step++) await Promise.resolve()
      await all.renewer.leave()
      expect(await joining).toMatchObject({ code: 'STOPPED' })
      expect(times(all, 'stopped')).toBe(1)
    }
  })
})

describe('a listener of the phase that leaves', () => {
  it.each(['joining', 'renewing', 'waiting', 'rejoining'] as const)(
    'ends all at %s',
    async (moment) => {
      const { client, renewer, server, clock } = session()
      renewer.on('phase', (next) => next === moment && void renewer.leave())
      await renewer.join().catch(() => {})
      if (moment === 'waiting') server.answer = new Error('down')
      if (moment === 'rejoining') client.expire()
      else renewer.renew().catch(() => {})
      await clock.advance(0)
      expect([renewer.phase, clock.timers, client.listenerCount]).toEqual(['stopped', 0, 0])
    },
  )
})

describe('an adapter that cannot listen', () => {
  const broken = () => {
    const { client, adapter, server, clock } = session()
    const attach = () => {
      throw new Error('no events')
    }
    const source = server.source
    const lifecycle = fakeDevice()
    const renewer = createRenewer({ ...adapter, attach }, { source, clock, lifecycle })
    return { client, renewer, lifecycle, clock }
  }
  const failure = { code: 'JOIN_FAILED', message: 'join failed: no events' }

  it('is told of by join(), which leaves again', async () => {
    const { client, renewer, lifecycle, clock } = broken()
    await expect(renewer.join()).rejects.toMatchObject(failure)
    expect([renewer.phase, lifecycle.listenerCount, clock.timers]).toEqual(['idle', 0, 0])
    expect(client.connectionState).toBe('DISCONNECTED')
  })

  it('is told of by start(), which leaves the session as it was', async () => {
    const { client, renewer, lifecycle, clock } = broken()
    await client.join('', 'room', 'token', 4711)
    expect(() => renewer.start()).toThrow(expect.objectContaining(failure))
    expect([renewer.phase, lifecycle.listenerCount, clock.timers]).toEqual(['idle', 0, 0])
    expect(client.connectionState).toBe('CONNECTED')
  })
})

describe('a listener that throws', () => {
  const report = vi.spyOn(console, 'error')
  beforeEach(() => void report.mockReset().mockImplementation(() => {}))
  afterEach(() => void report.mockReset())

  it('does not keep others from hearing', async () => {
    const { client, renewer } = await joined()
    const heard: string[] = []
    const thrower = () => {
      throw new Error('first')
    }
    renewer.once('stopped', thrower)
    renewer.on('stopped', thrower)
    renewer.once('stopped', () => heard.push('once'))
    renewer.on('stopped', (cause) => heard.push(cause))
    await client.leave()
    await renewer.join()
    await client.leave()
    expect(heard).toEqual(['once', 'left', 'left'])
    expect(report).toHaveBeenCalledTimes(3)
  })
})

describe('a listener that asks again', () => {
  it.each(['failed', 'renewed'] as const)('on each `%s` does so once a second', async (event) => {
    const all = await joined()
    const { server, renewer } = all
    if (event === 'failed') server.answer = new RenewError('SOURCE_DENIED', 'no')
    renewer.on(event, () => void renewer.renew().catch(() => {}))
    renewer.renew().catch(() => {})
    await minute(all)
    expect(server.requests.length).toBeGreaterThan(50)
    expect(server.requests.length).toBeLessThanOrEqual(70)
  })

  it('by joining after each session that was lost does so once a second', async () => {
    const all = await joined()
    const { client, renewer } = all
    renewer.on('phase', (phase) => {
      if (phase === 'fresh') client.kick('UID_CONFLICT')
    })
    renewer.on('stopped', () => void renewer.join().catch(() => {}))
    client.kick('UID_CONFLICT')
    await minute(all)
    expect(client.calls.length).toBeGreaterThan(50)
    expect(client.calls.length).toBeLessThanOrEqual(71)
  })
})

// The client is still in the channel when the end is told, so that each `start` begins another session.
describe('a listener that starts where another leaves', () => {
  it.each<readonly [starts: 'phase' | 'stopped', leaves: 'phase' | 'stopped']>([
    ['phase', 'stopped'],
    ['stopped', 'phase'],
    ['phase', 'phase'],
  ])(
    'on each %s and each %s is called ten times at once, and then waits',
    async (starts, leaves) => {
      const all = await joined()
      const { client, renewer, server, clock, told } = all
      let calls = 0
      renewer.on(starts, () => {
        calls++
        renewer.start(mint(3600))
      })
      renewer.on(leaves, () => {
        if (leaves === 'stopped' || renewer.phase === 'fresh') renewer.leave().catch(() => {})
      })
      const report = vi.spyOn(console, 'error').mockImplementation(() => {})
      await renewer.leave()
      expect(calls).toBeLessThanOrEqual(25)
      await minute(all)
      report.mockRestore()
      expect(times(all, 'stopped')).toBeLessThanOrEqual(12)
      expect(server.requests).toHaveLength(1)
      expect(told.length).toBeLessThan(40)
      expect([renewer.phase, clock.timers, client.connectionState]).toEqual([
        'stopped',
        0,
        'DISCONNECTED',
      ])
    },
  )

  it('is supplied all the same by a start that waits: it asks for a token when its turn comes', async () => {
    const { client, renewer, server, clock } = await joined()
    for (let i = 0; i < 20; i++) renewer.start(mint(3600))
    expect(renewer.remainingMs).toBeUndefined()
    await clock.advance(2000)
    expect([renewer.phase, server.requests.length, client.calls]).toEqual([
      'fresh',
      2,
      ['join room null', 'renewToken'],
    ])
  })

  it('leaves no timer behind for a start that waits and is over before its turn', async () => {
    const { renewer, clock } = await joined()
    for (let i = 0; i < 20; i++) renewer.start(mint(3600))
    await clock.advance(0)
    expect(clock.timers).toBe(1)
    for (let i = 0; i < 20; i++) renewer.start(mint(3600))
    await renewer.leave()
    expect(clock.timers).toBe(0)
  })
})

describe('a line or a device that comes and goes', () => {
  it.each(['the line', 'the device'])('a thousand times a second: %s', async (what) => {
    const { client, device, server, clock, payloads } = await joined()
    server.answer = new Error('down')
    if (what === 'the line') client.dropLine()
    else client.expire()
    await clock.advance(HOUR_MS)
    server.answer = what === 'the line' ? 'ok' : server.answer
    const [asked, told] = [server.requests.length, payloads.length]
    for (let i = 0; i < 10_000; i++) {
      if (what === 'the line') client.dropLine()
      else device.signal('wake')
      await clock.advance(1)
    }
    expect(server.requests.length - asked).toBeLessThanOrEqual(20)
    expect(payloads.length - told).toBeLessThanOrEqual(100)
  })
})

describe('a lifecycle', () => {
  const broken = {
    subscribe: () => {
      throw new Error('no AppState')
    },
  }
  const message = 'lifecycle: a `subscribe` that does not throw expected, got no AppState'

  it('whose `subscribe` throws is told of by join() and start(), and nothing is begun', async () => {
    const { client, server, renewer, clock } = session({ lifecycle: broken })
    await expect(renewer.join()).rejects.toThrow(message)
    await client.join('', 'room', 'token', 4711)
    expect(() => renewer.start()).toThrow(message)
    expect([server.requests.length, client.listenerCount, clock.timers]).toEqual([0, 0, 0])
    expect(renewer.phase).toBe('idle')
  })

  it('whose way to stop throws does not keep the session from ending', async () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => {})
    const lifecycle = { subscribe: () => broken.subscribe }
    const { client, renewer, clock } = await joined({ lifecycle })
    await renewer.leave()
    expect([renewer.phase, client.listenerCount, clock.timers]).toEqual(['stopped', 0, 0])
    expect(report).toHaveBeenCalledTimes(1)
    report.mockRestore()
  })

  it.each([{}, null, { subscribe: 'yes' }])('%j is refused', (lifecycle) => {
    expect(() => session({ lifecycle: lifecycle as never })).toThrow(TypeError)
  })
})
