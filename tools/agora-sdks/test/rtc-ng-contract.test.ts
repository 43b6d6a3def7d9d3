// @vitest-environment jsdom
import { rtcNg, type RtcNgClient } from '@rtc-token/client-renewer/rtc-ng'
import {
  adapterContract,
  contractSession,
  type GivenToken,
  type SdkDriver,
} from '@rtc-token/client-renewer/testing'
import type { IAgoraRTC, IAgoraRTCClient, ILocalTrack } from 'agora-rtc-sdk-ng'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { edgeDriver, resetPage } from './support/edge-driver.ts'
import { type EdgePage, edgePage, settled, settlePage } from './support/edge-page.ts'
import { cameraTrack } from './support/page-media.ts'

// The real agora-rtc-sdk-ng in a page whose network leads, in memory, to the stand-in for Agora's edge.
// Only the media is missing: it joins, loses its line, comes back and publishes as it does in a call.

const APP_ID = '970CA35de60c44645bbae8a215061b33'
const TYPES = { join: 'join_v3', renew: 'renew_token', leave: 'leave' }
/** A code of `on_user_license_banned`, after which the SDK gives up. */
const LICENSE_EXPIRED = 32_771

/** What the SDK keeps to itself. */
interface Internals {
  readonly _events: Readonly<Record<string, readonly unknown[]>>
}

let sdk: IAgoraRTC & { setParameter?(name: string, value: unknown): void }
let page: EdgePage
let rooms = 0
let clients: readonly IAgoraRTCClient[] = []

beforeAll(async () => {
  page = edgePage(APP_ID)
  sdk = (await import('agora-rtc-sdk-ng')).default
  sdk.setLogLevel(4)
  tellConflicts(true)
})

afterEach(async () => {
  resetPage(page, TYPES)
  for (const client of clients) await settled(client.leave())
  clients = []
  tellConflicts(true)
})

/** Unless it is told to, the SDK says that a user is banned who has come in elsewhere. */
function tellConflicts(value: boolean): void {
  sdk.setParameter?.('IGNORE_UID_CHECK', value)
}

function make() {
  const channel = `room-${++rooms}`
  const client = sdk.createClient({ mode: 'rtc', codec: 'vp8' })
  clients = [...clients, client]
  const given: GivenToken[] = []
  const adapter = rtcNg(watched(client, given), { appId: APP_ID, channel })
  return { client, channel, adapter, driver: driverOf(client, channel, given) }
}

function watched(client: IAgoraRTCClient, given: GivenToken[]): RtcNgClient<ILocalTrack> {
  return {
    get connectionState() {
      return client.connectionState
    },
    get uid() {
      return client.uid!
    },
    get localTracks() {
      return client.localTracks
    },
    join(appId, channel, token, user, options) {
      given.push({ by: 'join', token: String(token), user })
      // A line that is cut is cut for that session only: a new join finds it up.
      page.line.mend()
      return client.join(appId, channel, token, user, options)
    },
    renewToken(token) {
      given.push({ by: 'renew', token })
      return client.renewToken(token)
    },
    leave: () => client.leave(),
    publish: (track) => client.publish(track),
    on: (event, listener) => client.on(event, listener),
    off: (event, listener) => client.off(event, listener),
  }
}

function driverOf(
  client: IAgoraRTCClient,
  channel: string,
  given: readonly GivenToken[],
): SdkDriver {
  const { line, service } = page
  const { _events: events } = client as unknown as Internals
  const driver = edgeDriver({
    page,
    channel,
    given,
    types: TYPES,
    joinRefusedAt: 'access-point',
    listenerCount: () => Object.values(events).reduce((sum, list) => sum + list.length, 0),
    userLeaves: () => client.leave(),
  })
  return {
    ...driver,
    // The gateway refuses it on the way back: the SDK has no event for that.
    expireQuietly() {
      line.cut()
      service.refuseOnce('join', 'invalid')
      line.mend()
    },
    conflict: () => joinElsewhere(channel, client.uid),
    giveUp: () => line.tell('on_user_license_banned', { error_code: LICENSE_EXPIRED }),
    publish: async () =>
      client.publish(sdk.createCustomVideoTrack({ mediaStreamTrack: cameraTrack() })),
  }
}

/** The SDK does not let one page have the same user twice, so this one comes without it. */
function joinElsewhere(channel_name: string, uid: unknown): void {
  const who = { app_id: APP_ID, channel_name, ap_response: { uid } }
  const join = { ...who, channel_key: token(99), session_id: 'elsewhere' }
  const text = JSON.stringify({ _id: '1', _type: 'join_v3', _message: join })
  const elsewhere = new WebSocket('wss://elsewhere.test')
  Object.assign(elsewhere, { onopen: () => elsewhere.send(text) })
}

/** No two checks have a token in common. */
function token(n: number): string {
  return `007ThisOnlyLooksLikeAToken+Room${rooms}+${n}=`
}

async function joined() {
  const under = make()
  const session = contractSession(under, { token })
  await session.settled(session.renewer.join())
  const reasons: unknown[] = []
  under.client.on('connection-state-change', (state, _, reason) => {
    if (state === 'DISCONNECTED') reasons.push(reason)
  })
  under.client.on('token-privilege-did-expire', () => reasons.push('did-expire'))
  return { ...under, ...session, reasons, refusedAt: () => refusedAt(under.channel) }
}

/** Which parts of the service have turned a user away. */
function refusedAt(channel: string): readonly unknown[] {
  const seen = page.service.edge.observations.all.filter((it) => it.channel === channel)
  return [...new Set(seen.filter(({ type }) => type === 'refused').map(({ where }) => where))]
}

describe('rtcNg with the real agora-rtc-sdk-ng', () => {
  for (const check of adapterContract(make, { token })) it(check.name, check.run)

  it('comes back when the gateway refuses the ended token, which the SDK tells once', async () => {
    const { driver, clock, count, reasons, refusedAt } = await joined()
    driver.expireQuietly?.()
    await clock.advance(1000)
    expect(refusedAt()).toEqual(['gateway'])
    expect([reasons, count('expired'), count('rejoined')]).toEqual([['TOKEN_EXPIRE'], 1, 1])
  })

  it('comes back when the access point refuses the ended token, told twice', async () => {
    const { channel, driver, clock, count, reasons, refusedAt } = await joined()
    driver.dropLine?.()
    page.service.expire(channel)
    driver.restoreLine?.()
    await settlePage()
    await settlePage()
    await clock.advance(1000)
    expect(refusedAt()).toEqual(['access-point'])
    expect(reasons).toContain('did-expire')
    expect([count('expired'), count('rejoined')]).toEqual([1, 1])
  })

  it('comes back when the access point refuses the ended token in words that the SDK does not heed', async () => {
    const { channel, driver, clock, count, reasons, refusedAt } = await joined()
    driver.dropLine?.()
    page.service.callEnded('timed-out')
    page.service.expire(channel)
    driver.restoreLine?.()
    await clock.advance(60_000)
    expect(refusedAt()).toEqual(['access-point'])
    expect([reasons, count('rejoined')]).toEqual([[], 0])
    await clock.advance(3_600_000)
    expect([reasons, count('rejoined')]).toEqual([['LEAVE'], 1])
  })

  it('takes the same user elsewhere for a ban, as the SDK says unless told otherwise', async () => {
    tellConflicts(false)
    const { driver, clock, told } = await joined()
    driver.conflict?.()
    await clock.advance(0)
    expect(told.at(-1)).toEqual({ event: 'stopped', args: ['banned'] })
  })
})
