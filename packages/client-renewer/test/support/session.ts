import { createToken, rtc } from '@rtc-token/core'
import type { RenewerEvents } from '../../src/events.ts'
import {
  createRenewer,
  type RenewerOptions,
  type TokenRequest,
  type TokenSource,
} from '../../src/index.ts'
import { rtcNg } from '../../src/adapters/rtc-ng.ts'
import { FakeRtcNgClient, type FakeTrack } from './fake-rtc-ng.ts'
import { manualClock } from './manual-clock.ts'

const APP_ID = '970CA35de60c44645bbae8a215061b33'
const APP_CERTIFICATE = '5CFd2fd1755d40ecb72977518be15d3b'
const EVENTS = [
  'phase',
  'fetching',
  'renewed',
  'retry',
  'expired',
  'rejoined',
  'republished',
  'failed',
  'stopped',
] as const

/** A real token; each call makes another. */
export function mint(ttl: number, uid = 4711): string {
  const services = [rtc({ channel: 'room', uid, role: 'publisher' })]
  return createToken({ appId: APP_ID, appCertificate: APP_CERTIFICATE, ttl, services })
}

/** What a test can have the token server do. */
interface FakeServer {
  ttl: number
  answer: 'ok' | 'hang' | Error
  readonly requests: TokenRequest[]
  readonly minted: string[]
}

/** A client in a channel, a token server, a renewer between them, and everything it told. */
export function session(overrides: Partial<RenewerOptions> & { tracks?: () => FakeTrack[] } = {}) {
  const { tracks, ...options } = overrides
  const clock = manualClock()
  const client = new FakeRtcNgClient()
  const server: FakeServer = { ttl: 3600, answer: 'ok', requests: [], minted: [] }
  const adapter = rtcNg(client, { appId: APP_ID, channel: 'room', ...(tracks && { tracks }) })
  const source = fakeSource(server)
  const renewer = createRenewer(adapter, { source, clock, random: () => 0, ...options })
  const told: string[] = []
  const payloads: unknown[] = []
  for (const event of EVENTS) renewer.on(event, record(event))
  return { clock, client, server, renewer, told, payloads }

  function record(event: keyof RenewerEvents) {
    return (...args: unknown[]) => {
      if (event !== 'phase') told.push(event)
      payloads.push(args)
    }
  }
}

function fakeSource(server: FakeServer): TokenSource {
  return async (request) => {
    server.requests.push(request)
    if (server.answer === 'hang') return new Promise(() => {})
    if (server.answer instanceof Error) throw server.answer
    const token = mint(server.ttl)
    server.minted.push(token)
    return { token, expiresIn: server.ttl }
  }
}
