// @vitest-environment jsdom
import { act, createElement, Fragment, type ReactNode, StrictMode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { rtcNg } from '../src/adapters/rtc-ng.ts'
import {
  type TokenRenewal,
  TokenRenewalProvider,
  useTokenRenewal,
  type UseTokenRenewalOptions,
} from '../src/react/index.ts'
import { manualClock, scriptedSource } from '../src/testing/index.ts'
import { FakeRtcNgClient } from './support/fake-rtc-ng.ts'

const HOUR = 3_600_000

let root: Root
let container: HTMLElement

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  container = document.body.appendChild(document.createElement('div'))
  root = createRoot(container)
})

afterEach(async () => {
  await act(async () => root.unmount())
  container.remove()
  vi.unstubAllGlobals()
})

/** A client, a source and a component that uses the hook. */
function stage() {
  const client = new FakeRtcNgClient()
  const clock = manualClock()
  const server = scriptedSource()
  const adapter = rtcNg(client, { appId: 'a', channel: 'room' })
  const seen: TokenRenewal[] = []
  const standard = { adapter, source: server.source, clock, random: () => 0 }
  return {
    client,
    clock,
    server,
    seen,
    last: () => seen.at(-1)!,
    element: (options: Partial<UseTokenRenewalOptions> = {}) =>
      createElement(Session, { options: { ...standard, ...options }, seen }),
    advance: (ms: number) => act(() => clock.advance(ms)),
  }
}

interface SessionProps {
  readonly options: UseTokenRenewalOptions
  readonly seen: TokenRenewal[]
}

function Session({ options, seen }: SessionProps): string {
  const renewal = useTokenRenewal(options)
  seen.push(renewal)
  return renewal.phase
}

async function render(element: ReactNode): Promise<void> {
  await act(async () => root.render(element))
}

const strict = (element: ReactNode) => createElement(StrictMode, null, element)

describe('useTokenRenewal', () => {
  it('shows what the renewer of a session that the app has joined is doing', async () => {
    const { client, element, advance, last, server } = stage()
    await render(element())
    expect(container.textContent).toBe('idle')
    await client.join('a', 'room', 'first', 7)
    await render(element({ isConnected: true, first: { token: '007first', expiresIn: 3600 } }))
    expect(container.textContent).toBe('fresh')
    expect(last().remainingMs).toBe(HOUR)
    expect(server.requests).toHaveLength(0)
    await advance(0.75 * HOUR)
    expect(client.tokens).toEqual(['first', server.tokens[0]])
    expect(container.textContent).toBe('fresh')
    expect(last().remainingMs).toBe(HOUR)
  })

  it('counts what is left at the moment of reading', async () => {
    const { element, client, clock, last } = stage()
    await client.join('a', 'room', 'first', 7)
    await render(element({ isConnected: true, first: { token: '007first', expiresIn: 3600 } }))
    const shown = last()
    await clock.advance(60_000)
    expect(shown.remainingMs).toBe(HOUR - 60_000)
  })

  it.each([
    ['once', (element: ReactNode) => element],
    ['once in StrictMode too', strict],
  ])('attaches, joins and leaves %s', async (_, wrap) => {
    const { client, element, server, clock } = stage()
    await render(wrap(element({ join: true })))
    expect(client.calls).toEqual(['join room null'])
    expect(client.listenerCount).toBe(4)
    expect(server.requests).toHaveLength(1)
    await render(wrap(element({ join: true })))
    await render(null)
    expect(client.calls).toEqual(['join room null', 'leave'])
    expect(client.listenerCount).toBe(0)
    expect(clock.timers).toBe(0)
  })

  it('leaves the session of an app that joins by itself to that app when unmounted', async () => {
    const { client, element, clock } = stage()
    await client.join('a', 'room', 'first', 7)
    await render(strict(element({ isConnected: true })))
    expect(client.listenerCount).toBe(4)
    await render(null)
    expect([client.connectionState, client.listenerCount, clock.timers]).toEqual([
      'CONNECTED',
      0,
      0,
    ])
  })

  it('takes over anew when the app comes back after having left', async () => {
    const { client, element, last } = stage()
    const first = '007first'
    await client.join('a', 'room', first, 7)
    await render(element({ isConnected: true, first: { token: first, expiresIn: 3600 } }))
    await act(() => client.leave())
    expect(last()).toMatchObject({ phase: 'stopped', endCause: 'left' })
    await render(element({ isConnected: false }))
    await client.join('a', 'room', first, 7)
    await render(element({ isConnected: true, first: { token: '007other', expiresIn: 3600 } }))
    expect(last()).toMatchObject({ phase: 'fresh', endCause: undefined })
  })

  it('does not disturb a rejoin when the app says that it is connected again', async () => {
    const { client, element, advance, last } = stage()
    await client.join('a', 'room', 'first', 7)
    await render(element({ isConnected: true, first: { token: '007first', expiresIn: 600 } }))
    await act(async () => client.expire())
    await render(element({ isConnected: false }))
    await advance(0)
    await render(element({ isConnected: true, first: { token: '007first', expiresIn: 600 } }))
    expect(client.calls).toEqual(['join room 7', 'join room 7'])
    expect(last()).toMatchObject({ phase: 'fresh', remainingMs: HOUR })
  })

  it('shows what went wrong until a renewal works', async () => {
    const { client, element, advance, last, server } = stage()
    await client.join('a', 'room', 'first', 7)
    await render(element({ isConnected: true, first: { token: '007first', expiresIn: 3600 } }))
    server.answer = new Error('down')
    await advance(0.75 * HOUR)
    expect(last()).toMatchObject({ phase: 'waiting', error: { code: 'SOURCE_FAILED' } })
    server.answer = 'ok'
    await advance(60_000)
    expect(last()).toMatchObject({ phase: 'fresh', error: undefined })
  })

  it('shows why a join failed, and lets the app try again', async () => {
    const { element, last, server } = stage()
    server.answer = new Error('down')
    await render(element({ join: true }))
    expect(last()).toMatchObject({ phase: 'idle', error: { code: 'SOURCE_FAILED' } })
    server.answer = 'ok'
    await act(() => last().renewer!.join())
    expect(last()).toMatchObject({ phase: 'fresh', error: undefined })
  })

  it('shows why a join failed that the app has asked the renewer for', async () => {
    const { element, last, client } = stage()
    client.onJoin = new Error('CAN_NOT_GET_GATEWAY_SERVER')
    await render(element())
    await act(() =>
      last()
        .renewer!.join()
        .catch(() => {}),
    )
    expect(last()).toMatchObject({ phase: 'idle', error: { code: 'JOIN_FAILED' } })
  })

  it('shows why a session cannot be taken over', async () => {
    const { element, last } = stage()
    await render(element({ isConnected: true }))
    expect(last().error).toMatchObject({ code: 'STOPPED' })
  })

  it('shows nothing of a join that was given up', async () => {
    const { element, server, seen, client } = stage()
    server.answer = 'hang'
    await render(element({ join: true }))
    await render(element({ join: true, adapter: undefined }))
    await render(null)
    expect(seen.map(({ error }) => error)).toEqual(seen.map(() => undefined))
    expect(client.listenerCount).toBe(0)
  })

  it('lets go of one session when it is given another', async () => {
    const { client, element, last } = stage()
    await render(element({ join: true }))
    const { renewer } = last()
    const other = new FakeRtcNgClient()
    const adapter = rtcNg(other, { appId: 'a', channel: 'hall' })
    await render(element({ join: true, adapter }))
    expect(renewer?.phase).toBe('disposed')
    expect([client.calls, client.listenerCount]).toEqual([['join room null', 'leave'], 0])
    expect(other.calls).toEqual(['join hall null'])
    await render(element({ join: true, adapter: undefined }))
    expect(other.calls).toEqual(['join hall null', 'leave'])
    expect(last()).toMatchObject({ phase: 'idle', renewer: undefined })
  })

  describe.each([
    ['without StrictMode', (element: ReactNode) => element],
    ['in StrictMode', strict],
  ])('%s', (_, wrap) => {
    it.each(['the endpoint is down', 'the user is being joined again'])(
      'does not bring back a user who hangs up while %s',
      async (when) => {
        const { client, element, advance, last, server } = stage()
        const session = { isConnected: true, first: { token: '007first', expiresIn: 3600 } }
        await client.join('a', 'room', 'first', 7)
        await render(wrap(element(session)))
        if (when === 'the endpoint is down') server.answer = new Error('down')
        else client.onJoin = 'hang'
        await act(async () => client.expire())
        await advance(1000)
        const joins = () => client.calls.filter((call) => call.startsWith('join')).length
        const before = joins()
        await render(wrap(element({ ...session, isConnected: false, enabled: false })))
        server.answer = client.onJoin = 'ok'
        await advance(HOUR)
        expect([joins(), client.connectionState, client.listenerCount]).toEqual([
          before,
          'DISCONNECTED',
          0,
        ])
        expect(last().phase).toBe('idle')
      },
    )

    it('leaves while it is not enabled, and is back when it is', async () => {
      for (const join of [true, false]) {
        const { client, element, last } = stage()
        if (!join) await client.join('a', 'room', 'first', 7)
        const session = { join, isConnected: true, first: { token: '007first', expiresIn: 3600 } }
        await render(wrap(element(session)))
        await render(wrap(element({ ...session, enabled: false })))
        expect([client.connectionState, client.listenerCount]).toEqual(['DISCONNECTED', 0])
        if (!join) await client.join('a', 'room', 'first', 7)
        await render(wrap(element(session)))
        expect([last().phase, client.connectionState]).toEqual(['fresh', 'CONNECTED'])
        await render(null)
      }
    })

    it.each(['channel', 'key', 'route'])(
      'joins anew with another %s in its place',
      async (what) => {
        const { client, element, last } = stage()
        const Route = (): ReactNode => element({ join: true, adapter: hall })
        const room = rtcNg(client, { appId: 'a', channel: 'room' })
        const hall = rtcNg(client, { appId: 'a', channel: 'hall' })
        const session = (adapter: typeof room, key: string) =>
          createElement(Fragment, { key }, element({ join: true, adapter }))
        await render(wrap(session(room, '1')))
        if (what === 'channel') await render(wrap(session(hall, '1')))
        else if (what === 'key') await render(wrap(session(hall, '2')))
        else await render(wrap(createElement(Route)))
        expect(client.calls).toEqual(['join room null', 'leave', 'join hall null'])
        expect(last()).toMatchObject({ phase: 'fresh', error: undefined })
        await render(null)
        expect([client.connectionState, client.listenerCount]).toEqual(['DISCONNECTED', 0])
      },
    )

    it('leaves what it has joined when `join` becomes false, and so before it is unmounted', async () => {
      const { client, element, clock } = stage()
      await render(wrap(element({ join: true })))
      await render(wrap(element({ join: false })))
      expect(client.calls).toEqual(['join room null', 'leave'])
      await render(null)
      expect([client.connectionState, client.listenerCount, clock.timers]).toEqual([
        'DISCONNECTED',
        0,
        0,
      ])
    })
  })

  it('asks the source of the latest render', async () => {
    const { client, element, advance, server } = stage()
    await client.join('a', 'room', 'first', 7)
    const first = { token: '007first', expiresIn: 3600 }
    const old = vi.fn()
    await render(element({ isConnected: true, first, source: old }))
    await render(element({ isConnected: true, first, source: server.source }))
    await advance(0.75 * HOUR)
    expect(old).not.toHaveBeenCalled()
    expect(server.requests).toHaveLength(1)
  })

  it('refuses to do without a source', async () => {
    const { element } = stage()
    const message = 'source: a function or a TokenRenewalProvider expected, got undefined'
    await expect(render(element({ source: undefined as never }))).rejects.toThrow(message)
  })
})

describe('TokenRenewalProvider', () => {
  it('is the source of every session below it that has none of its own', async () => {
    const [one, two] = [stage(), stage()]
    const none = undefined as never
    const sessions = [one.element({ source: none, join: true }), two.element({ join: true })]
    const below = createElement(Fragment, null, ...sessions)
    await render(createElement(TokenRenewalProvider, { source: one.server.source }, below))
    expect([one.server.requests.length, two.server.requests.length]).toEqual([1, 1])
  })
})
