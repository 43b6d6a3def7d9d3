import { describe, expect, it, vi } from 'vitest'
import { renewalStore, type RenewalState } from '../src/store/index.ts'
import { session } from './support/session.ts'

const HOUR = 3_600_000

/** A store of a session in its call, and the states that one follower was told. */
async function followed() {
  const scene = session()
  const store = renewalStore(scene.renewer)
  const states: RenewalState[] = []
  const unsubscribe = store.subscribe((state) => void states.push(state))
  await scene.renewer.join()
  return { ...scene, store, states, unsubscribe, phases: () => states.map(({ phase }) => phase) }
}

describe('renewalStore', () => {
  it('tells the state at once, and each later one', async () => {
    const { phases, clock } = await followed()
    expect(phases()).toEqual(['idle', 'joining', 'fresh'])
    await clock.advance(0.75 * HOUR)
    expect(phases().slice(3)).toEqual(['renewing', 'fresh'])
  })

  it('tells those who come later what is now', async () => {
    const { store } = await followed()
    const late: RenewalState[] = []
    store.subscribe((state) => void late.push(state))
    expect(late).toEqual([{ phase: 'fresh', error: undefined, endCause: undefined }])
  })

  it('shows the last error until a renewal succeeds', async () => {
    const { clock, server, states } = await followed()
    server.answer = new Error('down')
    await clock.advance(0.75 * HOUR)
    expect(states.at(-1)).toMatchObject({ phase: 'waiting', error: { code: expect.any(String) } })
    server.answer = 'ok'
    await clock.advance(HOUR / 4)
    expect(states.at(-1)).toMatchObject({ phase: 'fresh', error: undefined })
  })

  it('shows why a join failed, as soon as its phase does, until another succeeds', async () => {
    const { renewer, server, client } = session()
    const states: RenewalState[] = []
    renewalStore(renewer).subscribe((state) => void states.push(state))
    server.answer = new Error('down')
    const error = await renewer.join().catch((error: unknown) => error)
    expect(states.at(-1)).toEqual({ phase: 'idle', error, endCause: undefined })
    server.answer = 'ok'
    client.onNextJoin = new Error('CAN_NOT_GET_GATEWAY_SERVER')
    await renewer.join().catch(() => {})
    expect(states.at(-1)).toMatchObject({ phase: 'idle', error: { code: 'JOIN_FAILED' } })
    await renewer.join()
    expect(states.at(-1)).toEqual({ phase: 'fresh', error: undefined, endCause: undefined })
  })

  it('shows why a join failed that was in progress before the store was there', async () => {
    const { renewer, client, clock } = session()
    client.onNextJoin = 'hang'
    renewer.join().catch(() => {})
    await clock.advance(0)
    const states: RenewalState[] = []
    renewalStore(renewer).subscribe((state) => void states.push(state))
    client.refuse(new Error('CAN_NOT_GET_GATEWAY_SERVER'))
    await clock.advance(0)
    expect(states.at(-1)).toMatchObject({ phase: 'idle', error: { code: 'JOIN_FAILED' } })
  })

  it.each(['leave', 'dispose'] as const)(
    'shows no error of a join that ends by %s',
    async (end) => {
      const { renewer, server, clock } = session()
      const states: RenewalState[] = []
      renewalStore(renewer).subscribe((state) => void states.push(state))
      server.answer = 'hang'
      renewer.join().catch(() => {})
      await clock.advance(0)
      void renewer[end]()
      await clock.advance(0)
      expect(states.map(({ error }) => error)).toEqual(states.map(() => undefined))
    },
  )

  it('says why a session is over, and that its renewer is', async () => {
    const { renewer, states } = await followed()
    await renewer.leave()
    expect(states.at(-1)).toMatchObject({ phase: 'stopped', endCause: 'left' })
    renewer.dispose()
    expect(states.at(-1)).toMatchObject({ phase: 'disposed' })
  })

  it('ends one subscription and no other, also of the same function', async () => {
    const { renewer, states, store } = await followed()
    const seen: RenewalState[] = []
    const run = (state: RenewalState) => void seen.push(state)
    const [end] = [store.subscribe(run), store.subscribe(run)]
    end()
    end()
    const [before, told] = [seen.length, states.length]
    await renewer.leave()
    expect(seen.slice(before)).toEqual(states.slice(told))
    expect(seen.length).toBeGreaterThan(before)
  })

  it('lets a follower go while it is told', async () => {
    const { renewer, store } = await followed()
    const seen: string[] = []
    const end: () => void = store.subscribe(({ phase }) => {
      seen.push(phase)
      if (phase === 'stopped') end()
    })
    await renewer.leave()
    renewer.dispose()
    expect(seen).not.toContain('disposed')
  })
})

describe('a store', () => {
  /** The last state of a store that is made after this listener, once it has acted on the first join. */
  async function after(act: (scene: ReturnType<typeof session>) => unknown) {
    const scene = session()
    scene.renewer.on('phase', (phase) => void (phase === 'fresh' && act(scene)))
    const states: RenewalState[] = []
    renewalStore(scene.renewer).subscribe((state) => void states.push(state))
    await scene.renewer.join().catch(() => {})
    await scene.clock.advance(0)
    return states.at(-1)
  }

  it('shows what is, also when a listener before it has acted on what it is told', async () => {
    expect(await after(({ renewer }) => renewer.leave())).toMatchObject({
      phase: 'stopped',
      endCause: 'left',
    })
    expect(await after(({ renewer }) => renewer.dispose())).toMatchObject({ phase: 'disposed' })
  })

  it('names the cause of an end only while it is over', async () => {
    const { client, renewer, states } = await followed()
    client.kick('UID_BANNED')
    expect(states.at(-1)).toMatchObject({ phase: 'stopped', endCause: 'banned' })
    client.onJoin = new Error('no')
    await renewer.join().catch(() => {})
    expect(states.at(-1)).toMatchObject({ phase: 'idle', endCause: undefined })
  })

  it('tells the others when a follower throws', async () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { renewer, clock } = session()
    const store = renewalStore(renewer)
    const phases: string[] = []
    store.subscribe(({ phase }) => {
      if (phase === 'fresh') throw new Error('first')
    })
    store.subscribe(({ phase }) => void phases.push(phase))
    await renewer.join()
    await clock.advance(0)
    expect(phases).toEqual(['idle', 'joining', 'fresh'])
    expect(report).toHaveBeenCalledTimes(1)
    report.mockRestore()
  })
})
