import { describe, expect, it } from 'vitest'
import { rtcNg } from '../src/adapters/rtc-ng.ts'
import { rtcV3 } from '../src/adapters/rtc-v3.ts'
import { rtm, rtmStream } from '../src/adapters/rtm/rtm.ts'
import type { SessionAdapter } from '../src/session-adapter.ts'
import { sinkOf } from './support/adapter-calls.ts'

// What is thrown into an SDK keeps the app's own handlers from hearing of the event.

const listeners = new Map<string, () => void>()
const listen = (event: string, listener: () => void) => void listeners.set(event, listener)
const client = {
  on: listen,
  off() {},
  addEventListener: listen,
  removeEventListener() {},
  login() {},
  join() {},
  getConnectionState: () => 'CONNECTED',
  connectionState: 'CONNECTED',
  localTracks: [],
}

const ADAPTERS: Readonly<Record<string, (of: never) => SessionAdapter>> = {
  rtcNg: (of) => rtcNg(of, { appId: 'a', channel: 'c' }),
  rtcV3: (of) => rtcV3(of, { channel: 'c' }),
  rtm: (of) => rtm(of, { userId: 'u' }),
  rtmStream: (of) => rtmStream(of, of, { channelName: 'c' }),
}

describe('an event that says nothing', () => {
  it.each(Object.entries(ADAPTERS))('is not thrown back by %s', (_, adapt) => {
    listeners.clear()
    adapt(client as never).attach(sinkOf([]))
    expect(listeners.size).toBeGreaterThan(2)
    for (const [event, listener] of listeners) expect(listener, event).not.toThrow()
  })
})
