// @vitest-environment jsdom
import { rtcNg, type RtcNgClient } from '@rtc-token/client-renewer/rtc-ng'
import { type TokenRenewal, useTokenRenewal } from '@rtc-token/client-renewer/react'
import { manualClock, scriptedSource } from '@rtc-token/client-renewer/testing'
import AgoraRTC, {
  AgoraRTCProvider,
  type IAgoraRTCClient,
  type ILocalTrack,
  useJoin,
  usePublish,
  useRTCClient,
} from 'agora-rtc-react'
import { act, createElement, useMemo } from 'react'
import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest'

// The hooks of agora-rtc-react are the real ones. The client that they drive has the real one's order
// of events and its forgetting, and no network.

// The typings of react-dom are not installed here; this is all that is used of it.
interface Root {
  render(element: unknown): void
  unmount(): void
}
const REACT_DOM: string = 'react-dom/client'
const { createRoot } = (await import(REACT_DOM)) as {
  readonly createRoot: (container: Element) => Root
}

type Listener = (...args: never[]) => void

class StandInClient {
  readonly mode = 'rtc'
  connectionState = 'DISCONNECTED'
  uid?: number
  localTracks: ILocalTrack[] = []
  readonly calls: string[] = []
  readonly #listeners = new Map<string, Set<Listener>>()

  get listenerCount(): number {
    return [...this.#listeners.values()].reduce((sum, { size }) => sum + size, 0)
  }

  on(event: string, listener: Listener): void {
    const listeners = this.#listeners.get(event) ?? new Set()
    this.#listeners.set(event, listeners.add(listener))
  }

  off(event: string, listener: Listener): void {
    this.#listeners.get(event)?.delete(listener)
  }

  async join(_: string, channel: string, __: string, uid: number): Promise<number> {
    if (this.connectionState !== 'DISCONNECTED') throw new Error('INVALID_OPERATION')
    this.calls.push(`join ${channel} ${uid}`)
    this.#change('CONNECTING')
    this.uid = uid
    this.#change('CONNECTED')
    return uid
  }

  async leave(): Promise<void> {
    this.calls.push('leave')
    if (this.connectionState === 'DISCONNECTED') return
    this.#change('DISCONNECTING')
    this.#forget()
    this.#change('DISCONNECTED', 'LEAVE')
  }

  async publish(track: ILocalTrack): Promise<void> {
    if (this.connectionState !== 'CONNECTED') throw new Error('INVALID_OPERATION')
    if (this.localTracks.includes(track)) throw new Error('published already')
    this.calls.push(`publish ${track.getTrackId()}`)
    this.localTracks = [...this.localTracks, track]
  }

  async unpublish(tracks: readonly ILocalTrack[]): Promise<void> {
    this.localTracks = this.localTracks.filter((track) => !tracks.includes(track))
  }

  async renewToken(): Promise<void> {
    this.calls.push('renewToken')
  }

  expire(): void {
    this.#change('DISCONNECTING')
    this.#forget()
    this.#change('DISCONNECTED', 'TOKEN_EXPIRE')
    this.#emit('token-privilege-did-expire')
  }

  #forget(): void {
    delete this.uid
    this.localTracks = []
  }

  #change(state: string, reason?: string): void {
    const previous = this.connectionState
    this.connectionState = state
    this.#emit('connection-state-change', state, previous, reason)
  }

  #emit(event: string, ...args: unknown[]): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(...(args as never[]))
  }
}

function track(id: string, trackMediaType: 'audio' | 'video'): ILocalTrack {
  const fake = { getTrackId: () => id, trackMediaType, enabled: true, isPlaying: false }
  return { ...fake, close: () => {}, stop: () => {} } as unknown as ILocalTrack
}

const FIRST = { token: '007first', expiresIn: 3600 }
const JOIN = { appid: 'a', channel: 'room', token: FIRST.token, uid: 7 }

let root: Root

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  root = createRoot(document.createElement('div'))
})

afterEach(async () => {
  await act(async () => root.unmount())
  vi.unstubAllGlobals()
})

/** A call as an app writes it with agora-rtc-react, with or without a renewer. */
function call({ isRenewed }: { readonly isRenewed: boolean }) {
  const client = new StandInClient()
  const clock = manualClock()
  const { source } = scriptedSource()
  const tracks = [track('microphone', 'audio'), track('camera', 'video')]
  const seen: TokenRenewal[] = []
  const Call = () => {
    const own = useRTCClient()
    const adapter = useMemo(() => rtcNg(own, { appId: 'a', channel: 'room' }), [own])
    const { isConnected } = useJoin(JOIN)
    usePublish(tracks)
    const renewal = { adapter: isRenewed ? adapter : undefined, source, clock, random: () => 0 }
    seen.push(useTokenRenewal({ ...renewal, isConnected, first: FIRST }))
    return null
  }
  const value = client as unknown as IAgoraRTCClient
  const element = createElement(AgoraRTCProvider, { client: value }, createElement(Call))
  return { client, clock, element, last: () => seen.at(-1)! }
}

/** The hooks tell of a new state from a timer of 0 ms. */
async function turn(): Promise<void> {
  for (let i = 0; i < 5; i++) await act(() => new Promise((resolve) => setTimeout(resolve)))
}

async function inCall(options: { readonly isRenewed: boolean }) {
  const it = call(options)
  await act(async () => root.render(it.element))
  await turn()
  expect(it.client.calls).toEqual(['join room 7', 'publish microphone', 'publish camera'])
  it.client.calls.length = 0
  return it
}

describe('useTokenRenewal beside the hooks of agora-rtc-react', () => {
  it('takes over the session that useJoin has made, and renews its token', async () => {
    const { client, clock, last } = await inCall({ isRenewed: true })
    expect(last().phase).toBe('fresh')
    await act(() => clock.advance(2_700_000))
    expect(client.calls).toEqual(['renewToken'])
  })

  it('publishes each track once after a rejoin: usePublish takes them for published', async () => {
    const { client, clock, last } = await inCall({ isRenewed: true })
    await act(async () => client.expire())
    await act(() => clock.advance(1000))
    await turn()
    expect(client.calls).toEqual(['join room 7', 'publish microphone', 'publish camera'])
    expect(client.localTracks).toHaveLength(2)
    expect(last()).toMatchObject({ phase: 'fresh', error: undefined })
  })

  it('is needed for that: usePublish alone leaves the user silent', async () => {
    const { client } = await inCall({ isRenewed: false })
    await act(async () => client.expire())
    await turn()
    await client.join('a', 'room', 't', 7)
    await turn()
    expect(client.calls).toEqual(['join room 7'])
    expect(client.localTracks).toEqual([])
  })

  it('goes quiet when useJoin leaves, and leaves no listener', async () => {
    const { client, clock } = await inCall({ isRenewed: true })
    await act(async () => root.render(null))
    await turn()
    expect(client.calls).toEqual(['leave'])
    expect([client.listenerCount, clock.timers]).toEqual([0, 0])
  })
})

describe('rtcNg', () => {
  it('fits the client that agora-rtc-react brings', () => {
    const client = AgoraRTC.createClient({ mode: 'rtc', codec: 'vp8' })
    expect(rtcNg(client, { appId: 'a', channel: 'room' }).link()).toBe('down')
    expectTypeOf(useRTCClient).returns.toExtend<RtcNgClient<ILocalTrack>>()
    expectTypeOf<IAgoraRTCClient>().not.toBeAny()
    expectTypeOf<Omit<IAgoraRTCClient, 'renewToken'>>().not.toExtend<RtcNgClient<ILocalTrack>>()
  })
})
