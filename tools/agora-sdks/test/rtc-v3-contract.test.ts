// @vitest-environment jsdom
import { rtcV3, type RtcV3Client } from '@rtc-token/client-renewer/rtc-v3'
import {
  adapterContract,
  contractSession,
  type GivenToken,
  type SdkDriver,
} from '@rtc-token/client-renewer/testing'
import type AgoraRTC from 'agora-rtc-sdk'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { edgeDriver, resetPage } from './support/edge-driver.ts'
import { type Dialect, type EdgePage, edgePage, settled, settlePage } from './support/edge-page.ts'
import { cameraTrack } from './support/page-media.ts'

// The real agora-rtc-sdk 3.6 in a page whose network leads, in memory, to the stand-in for Agora's edge,
// which knows the SDK's 4.x: the few messages that 3.x words in its own way are translated. Only the
// media is missing, and so is the answer to what it publishes.

const APP_ID = '970CA35de60c44645bbae8a215061b33'
const TYPES = { join: 'join', renew: 'renew_token', leave: 'leave' }
/** A code of `on_notification`, after which the SDK gives up. */
const REPEATED_JOIN = 2003
const NEVER_MS = 2 ** 31 - 1

type Client = AgoraRTC.Client

/** What the SDK keeps to itself. */
interface Internals {
  readonly gatewayClient: {
    readonly dispatcher: { readonly eventListeners: Readonly<Record<string, readonly unknown[]>> }
  }
}

const DIALECT: Dialect = {
  // Where the App ID belongs, it puts the token.
  request: (json) => JSON.stringify({ ...JSON.parse(json), appid: APP_ID }),
  message(sent) {
    const { _type, _message } = sent
    if (_type === 'join') {
      return { ...sent, _type: 'join_v3', _message: { ..._message, app_id: APP_ID } }
    }
    const ortc = [{ stream_type: 'video' }]
    return _type === 'publish' ? { ...sent, _message: { ..._message, ortc } } : sent
  },
}

let sdk: typeof AgoraRTC & { setParameter?(name: string, value: unknown): void }
let page: EdgePage
let rooms = 0
let clients: readonly Client[] = []

beforeAll(async () => {
  page = edgePage(APP_ID, DIALECT)
  vi.stubGlobal('AudioContext', SilentAudio)
  sdk = (await import('agora-rtc-sdk')).default
  sdk.Logger.setLogLevel(4)
  // Its statistics throw, in a timer, where a session ends within five seconds.
  sdk.setParameter?.('EVENT_REPORT_SEND_INTERVAL', NEVER_MS)
})

afterEach(async () => {
  resetPage(page, TYPES)
  for (const client of clients) await settled(left(client))
  clients = []
})

class SilentAudio {
  readonly destination = {}
  createGain = () => this
  createMediaStreamDestination = () => ({ stream: {} })
  connect(): void {}
}

async function make() {
  const channel = `room-${++rooms}`
  const client = sdk.createClient({ mode: 'rtc', codec: 'vp8' })
  clients = [...clients, client]
  await new Promise<void>((resolve, reject) => client.init(APP_ID, resolve, reject))
  const given: GivenToken[] = []
  const adapter = rtcV3(watched(client, given), { channel })
  return { client, channel, adapter, driver: driverOf(client, channel, given) }
}

function watched(client: Client, given: GivenToken[]): RtcV3Client {
  const real: RtcV3Client = client
  return {
    getConnectionState: () => real.getConnectionState(),
    join(token, channel, user, ...rest) {
      given.push({ by: 'join', token: String(token), user })
      // A line that is cut is cut for that session only: a new join finds it up.
      page.line.mend()
      real.join(token, channel, user, ...rest)
    },
    renewToken(token, ...rest) {
      given.push({ by: 'renew', token })
      page.line.mend()
      real.renewToken(token, ...rest)
    },
    leave: (...rest) => real.leave(...rest),
    on: (event, listener) => real.on(event, listener),
    off: (event, listener) => real.off(event, listener),
  }
}

function driverOf(client: Client, channel: string, given: readonly GivenToken[]): SdkDriver {
  const { line, service } = page
  const { dispatcher } = (client as unknown as Internals).gatewayClient
  const driver = edgeDriver({
    page,
    channel,
    given,
    types: TYPES,
    // Refused by the access point it asks again and again.
    joinRefusedAt: 'join',
    listenerCount: () =>
      Object.values(dispatcher.eventListeners).reduce((sum, list) => sum + list.length, 0),
    userLeaves: () => left(client),
  })
  return {
    ...driver,
    // The gateway refuses it on the way back: the SDK has but an error for that.
    expireQuietly() {
      line.cut()
      service.refuseOnce('join', 'expired')
      line.mend()
    },
    // Told that it is banned, it waits to be cut off.
    ban() {
      driver.ban?.()
      line.cut()
    },
    // So it is put out when the same user has come in elsewhere: it does not tell the two apart.
    giveUp: () => line.tell('on_notification', { code: REPEATED_JOIN, detail: 'elsewhere' }),
    publish: () => publishCamera(client),
  }
}

async function publishCamera(client: Client): Promise<void> {
  const stream = sdk.createStream({ audio: false, video: true, videoSource: cameraTrack() })
  await settled(new Promise<void>((resolve, reject) => stream.init(resolve, reject)))
  client.publish(stream)
  await settlePage()
}

/** Leaves; a client that is out does not say so when it is told to leave again. */
async function left(client: Client): Promise<void> {
  if (client.getConnectionState() === 'DISCONNECTED') return
  await new Promise<void>((resolve) => client.leave(resolve))
}

/** No two checks have a token in common. */
function token(n: number): string {
  return `007ThisOnlyLooksLikeAToken+Room${rooms}+${n}=`
}

describe('rtcV3 with the real agora-rtc-sdk', () => {
  for (const check of adapterContract(make, { token })) it(check.name, check.run)

  it('comes back when the gateway refuses the ended token, for which there is but an error', async () => {
    const { client, ...under } = await make()
    const { renewer, driver, clock, count, settled: inTime } = contractSession(under, { token })
    await inTime(renewer.join())
    const reasons: string[] = []
    client.on('error', ({ reason }: { reason: string }) => reasons.push(reason))
    driver.expireQuietly?.()
    await clock.advance(10_000)
    expect(reasons).toEqual(['SOCKET_DISCONNECTED', 'ERR_DYNAMIC_KEY_TIMEOUT'])
    expect([count('expired'), count('rejoined'), count('retry')]).toEqual([1, 1, 0])
  })
})
