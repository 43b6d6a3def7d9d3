import { createToken, rtc } from '@rtc-token/core'
import { AccessToken2, ServiceRtc } from '@rtc-token/core/builders'
import type { RenewerEvents } from '../../src/events.ts'
import { createRenewer, type RenewerOptions } from '../../src/index.ts'
import { rtcNg, type RtcNgOptions } from '../../src/adapters/rtc-ng.ts'
import { EVENTS } from '../../src/testing/contract-session.ts'
import { manualClock } from '../../src/testing/manual-clock.ts'
import { type ScriptedSource, scriptedSource } from '../../src/testing/scripted-source.ts'
import { fakeDevice } from './fake-device.ts'
import { FakeRtcNgClient, type FakeTrack } from './fake-rtc-ng.ts'

const APP_ID = '970CA35de60c44645bbae8a215061b33'
const APP_CERTIFICATE = '5CFd2fd1755d40ecb72977518be15d3b'
const START = 1_795_000_000

/**
 * A real token, issued now by the clock of {@link manualClock} at its start; each call makes another. The uid 0
 * is any user.
 */
export function mint(ttl: number, { uid = 0, channel = 'room', issuedAt = START } = {}): string {
  const user = uid === 0 ? { anyUser: true as const } : { uid }
  const services = [rtc({ channel, ...user, role: 'publisher' })]
  return createToken({ appId: APP_ID, appCertificate: APP_CERTIFICATE, ttl, services, issuedAt })
}

/** A token of an hour, issued at that start too, for any user of several channels, with how long for each. */
export function several(rights: readonly (readonly [channel: string, seconds: number])[]): string {
  const token = new AccessToken2(APP_ID, APP_CERTIFICATE, START, 3600)
  for (const [channel, seconds] of rights) {
    const service = new ServiceRtc(channel, '')
    service.add_privilege(ServiceRtc.kPrivilegeJoinChannel, seconds)
    token.add_service(service)
  }
  return token.build()
}

/** A token source whose tokens a test can choose. */
interface FakeServer extends ScriptedSource {
  mint: (ttl: number) => string
}

type Overrides = Partial<RenewerOptions> &
  Pick<
    Partial<RtcNgOptions<FakeTrack>>,
    'tracks' | 'beforeRejoin' | 'beforeRejoinTimeoutMs' | 'uid'
  >

/** A client in a channel, a token server, a renewer between them, and everything it told. */
export function session(overrides: Overrides = {}) {
  const { tracks, beforeRejoin, beforeRejoinTimeoutMs, uid, ...options } = overrides
  const clock = manualClock()
  const client = new FakeRtcNgClient()
  const device = fakeDevice()
  const script = scriptedSource({ token: (_, ttl) => server.mint(ttl) })
  const server: FakeServer = Object.assign(script, { mint: dated })
  const adapter = rtcNg(client, {
    appId: APP_ID,
    channel: 'room',
    ...(uid !== undefined && { uid }),
    ...(tracks && { tracks }),
    ...(beforeRejoin && { beforeRejoin }),
    ...(beforeRejoinTimeoutMs !== undefined && { beforeRejoinTimeoutMs }),
  })
  const renewer = createRenewer(adapter, {
    source: server.source,
    clock,
    random: () => 0,
    lifecycle: device,
    ...options,
  })
  const told: string[] = []
  const payloads: unknown[] = []
  for (const event of EVENTS) renewer.on(event, record(event))
  return { clock, client, device, server, adapter, renewer, told, payloads }

  function dated(ttl: number): string {
    return mint(ttl, { issuedAt: Math.floor(clock.now() / 1000) })
  }

  function record(event: keyof RenewerEvents) {
    return (...args: unknown[]) => {
      if (event !== 'phase') told.push(event)
      payloads.push(args)
    }
  }
}
