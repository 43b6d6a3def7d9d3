// @vitest-environment jsdom
import { act, Component, createElement, type ReactNode, StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { rtcNg } from '../src/adapters/rtc-ng.ts'
import { type TokenRenewal, useTokenRenewal } from '../src/react/index.ts'
import { manualClock, scriptedSource } from '../src/testing/index.ts'
import { FakeRtcNgClient } from './support/fake-rtc-ng.ts'

// Mistakes of an app that must not become a loop: they are told once, and clearly.

/** Shows what has gone wrong in place of its children. */
class Boundary extends Component<{ readonly children?: ReactNode }, { error?: Error }> {
  override state: { error?: Error } = {}
  static getDerivedStateFromError(error: Error) {
    return { error }
  }
  override render(): ReactNode {
    return this.state.error?.message ?? this.props.children
  }
}

const container = document.body.appendChild(document.createElement('div'))
let root = createRoot(container)
const log = vi.spyOn(console, 'error')

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  log.mockReset().mockImplementation(() => {})
  root = createRoot(container)
})

afterEach(async () => {
  await act(async () => root.unmount())
  vi.unstubAllGlobals()
})

const MODES: readonly (readonly [string, (element: ReactNode) => ReactNode])[] = [
  ['in StrictMode', (element) => createElement(StrictMode, null, element)],
  ['outside of StrictMode', (element) => element],
]

describe.each(MODES)('useTokenRenewal %s', (_, wrap) => {
  const show = (element: ReactNode) =>
    act(async () => root.render(wrap(createElement(Boundary, null, element))))

  it.each([true, false])(
    'refuses an adapter that is made anew at each render: join %s',
    async (join) => {
      const client = new FakeRtcNgClient()
      const { source, requests } = scriptedSource()
      const clock = manualClock()
      let renders = 0
      const Call = (): string => {
        renders++
        // As without useMemo.
        const adapter = rtcNg(client, { appId: 'a', channel: 'room' })
        return useTokenRenewal({ adapter, source, clock, join }).phase
      }
      await show(createElement(Call))
      await act(() => clock.advance(60_000))
      expect(container.textContent).toMatch(/^adapter: .* useMemo$/)
      expect(renders).toBeLessThan(60)
      expect(requests.length).toBeLessThan(10)
      expect([client.connectionState, client.listenerCount, clock.timers]).toEqual([
        'DISCONNECTED',
        0,
        0,
      ])
    },
  )

  it('takes as many other adapters as the user has channels, one after the other', async () => {
    const client = new FakeRtcNgClient()
    const { source } = scriptedSource()
    const clock = manualClock()
    const rooms = Array.from({ length: 20 }, (_, n) =>
      rtcNg(client, { appId: 'a', channel: `${n}` }),
    )
    let go: (room: number) => void
    const Call = (): string => {
      const [room, setRoom] = useState(0)
      go = setRoom
      return useTokenRenewal({ adapter: rooms[room]!, source, clock, join: true }).phase
    }
    await show(createElement(Call))
    for (let room = 1; room < 20; room++) await act(async () => go(room))
    await act(() => clock.advance(10_000))
    expect([container.textContent, client.channelName]).toEqual(['fresh', '19'])
  })

  it('tells once of a lifecycle whose `subscribe` throws', async () => {
    const client = new FakeRtcNgClient()
    const { source, requests } = scriptedSource()
    const clock = manualClock()
    const adapter = rtcNg(client, { appId: 'a', channel: 'room' })
    const lifecycle = {
      subscribe: vi.fn(() => {
        throw new Error('no AppState')
      }),
    }
    const seen: TokenRenewal[] = []
    const Call = (): string => {
      const renewal = useTokenRenewal({ adapter, source, clock, lifecycle, join: true })
      seen.push(renewal)
      return renewal.phase
    }
    await show(createElement(Call))
    await act(() => clock.advance(60_000))
    // StrictMode mounts it twice.
    expect(lifecycle.subscribe.mock.calls.length).toBeLessThanOrEqual(2)
    expect(seen.at(-1)).toMatchObject({ phase: 'idle', error: { code: 'JOIN_FAILED' } })
    expect([requests.length, client.calls.length]).toEqual([0, 0])
  })
})
