// @vitest-environment jsdom
import { createToken, rtc } from '@rtc-token/core'
import {
  explainSdkError,
  type SdkErrorCause,
  type SdkErrorOptions,
} from '@rtc-token/core/sdk-errors'
import type { IAgoraRTC, IAgoraRTCClient } from 'agora-rtc-sdk-ng'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { resetPage } from './support/edge-driver.ts'
import { type EdgePage, edgePage, settled, settlePage } from './support/edge-page.ts'
import { cameraTrack } from './support/page-media.ts'

// What the real agora-rtc-sdk-ng throws and emits, in a page whose network leads to the stand-in for
// Agora's edge.

const APP_ID = '970CA35de60c44645bbae8a215061b33'
const APP_CERTIFICATE = '5CFd2fd1755d40ecb72977518be15d3b'
const TYPES = { join: 'join_v3', renew: 'renew_token', leave: 'leave' }

let page: EdgePage
let sdk: IAgoraRTC
let rooms = 0
let clients: readonly IAgoraRTCClient[] = []

beforeAll(async () => {
  page = edgePage(APP_ID)
  sdk = (await import('agora-rtc-sdk-ng')).default
  sdk.setLogLevel(4)
})

afterEach(async () => {
  resetPage(page, TYPES)
  for (const client of clients) await settled(client.leave())
  clients = []
})

function makeClient(mode: 'rtc' | 'live' = 'rtc'): IAgoraRTCClient {
  const client = sdk.createClient({ mode, codec: 'vp8' })
  clients = [...clients, client]
  return client
}

function tokenFor(channel: string): string {
  const services = [rtc({ channel, uid: 1234, role: 'publisher' })]
  return createToken({ appId: APP_ID, appCertificate: APP_CERTIFICATE, ttl: 3600, services })
}

/** What a call throws; it must. */
async function thrownBy(call: Promise<unknown>): Promise<unknown> {
  const [result] = await settled(Promise.allSettled([call]))
  if (result?.status !== 'rejected') throw new Error('The call did not fail')
  return result.reason
}

async function joined(channel = `room-${++rooms}`) {
  const client = makeClient()
  await settled(client.join(APP_ID, channel, tokenFor(channel), 1234))
  return { client, channel }
}

/** What an error is said to mean, and that its printed form means the same. */
function meaningOf(error: unknown, options?: SdkErrorOptions): readonly SdkErrorCause[] {
  const { kind, meanings } = explainSdkError(error, options)
  expect(kind).toBe('known')
  expect(explainSdkError(`12:03:44:110 Agora-SDK [ERROR]: ${String(error)}`).meanings).toEqual(
    meanings,
  )
  return [...new Set(meanings.map(({ cause }) => cause))]
}

describe('explainSdkError of what agora-rtc-sdk-ng throws', () => {
  it.each([
    ['invalid', 'TOKEN_REFUSED'],
    ['expired', 'TOKEN_ENDED'],
    ['timed-out', 'TOKEN_ENDED'],
    ['token-missing', 'TOKEN_MISSING'],
    ['app-unknown', 'APP_ID_UNKNOWN'],
  ] as const)('where the access point answers %s', async (refusal, cause) => {
    page.service.refuse('access-point', refusal)
    const error = await thrownBy(makeClient().join(APP_ID, 'room', tokenFor('room'), 1234))
    expect(error).toMatchObject({ code: 'CAN_NOT_GET_GATEWAY_SERVER' })
    expect(meaningOf(error)).toEqual([cause])
  })

  it('where the edge refuses a token that has not ended, which the SDK calls expired', async () => {
    page.service.refuse('join', 'invalid')
    const error = await thrownBy(makeClient().join(APP_ID, 'room', tokenFor('room'), 1234))
    expect(String(error)).toContain('dynamic key expired')
    expect(meaningOf(error)).toEqual(['TOKEN_ENDED_OR_REFUSED'])
  })

  it.each([
    ['invalid', 'TOKEN_REFUSED'],
    ['expired', 'TOKEN_ENDED'],
    ['timed-out', 'TOKEN_ENDED'],
  ] as const)('where the edge answers %s to a renewal', async (refusal, cause) => {
    const { client, channel } = await joined()
    page.service.refuse('renew', refusal)
    const error = await thrownBy(client.renewToken(tokenFor(channel)))
    expect(error).toMatchObject({ code: 'UNEXPECTED_RESPONSE' })
    expect(meaningOf(error)).toEqual([cause])
  })

  it('where the token is for another channel, and says so', async () => {
    page.service.refuse('access-point', 'invalid')
    const token = tokenFor('room-a')
    const error = await thrownBy(makeClient().join(APP_ID, 'room-b', token, 1234))
    const { because, message } = explainSdkError(error, { token, channel: 'room-b', uid: 1234 })
    expect(because[0]).toMatchObject({ code: 'CHANNEL_MISMATCH' })
    expect(message).toContain('room-a')
    expect(message).not.toContain(token.slice(0, 20))
  })

  it('where the calls do not fit the state', async () => {
    const idle = makeClient()
    expect(meaningOf(await thrownBy(idle.renewToken(tokenFor('room'))))).toEqual(['NOT_JOINED'])
    const { client, channel } = await joined()
    const again = client.join(APP_ID, channel, tokenFor(channel), 1234)
    expect(meaningOf(await thrownBy(again))).toEqual(['ALREADY_JOINED'])
    const other = makeClient().join(APP_ID, channel, tokenFor(channel), 1234)
    expect(meaningOf(await thrownBy(other))).toEqual(['SAME_USER'])
  })

  it('where the app leaves while it joins', async () => {
    const client = makeClient()
    const join = client.join(APP_ID, 'room', tokenFor('room'), 1234)
    void client.leave()
    const error = await thrownBy(join)
    if (String(error).includes('OPERATION_ABORTED')) return
    expect(meaningOf(error)).toEqual(['LEFT_MEANWHILE'])
  })

  it('where what is passed cannot be a token or an App ID', async () => {
    const client = makeClient()
    expect(meaningOf(await thrownBy(client.join(APP_ID, 'room', '', 1234)))).toEqual([
      'TOKEN_NOT_USABLE',
    ])
    for (const token of ['', 'x'.repeat(3000)]) {
      expect(meaningOf(await thrownBy(client.renewToken(token)))).toEqual(['TOKEN_NOT_USABLE'])
    }
    expect(meaningOf(await thrownBy(client.renewToken(undefined as never)))).toEqual([
      'TOKEN_NOT_USABLE',
    ])
    expect(meaningOf(await thrownBy(client.join('', 'room', null, 1234)))).toEqual([
      'APP_ID_UNKNOWN',
    ])
  })

  it('where the audience publishes', async () => {
    const client = makeClient('live')
    await settled(client.join(APP_ID, 'room-live', tokenFor('room-live'), 1234))
    await settled(client.setClientRole('audience'))
    const track = sdk.createCustomVideoTrack({ mediaStreamTrack: cameraTrack() })
    expect(meaningOf(await thrownBy(client.publish(track)))).toEqual(['AUDIENCE'])
  })

  it('where it emits the end of a token', async () => {
    const { client, channel } = await joined()
    const reasons: unknown[] = []
    client.on('connection-state-change', (state, before, reason) => {
      if (state === 'DISCONNECTED') reasons.push({ state, before, reason })
    })
    page.service.expire(channel)
    await settlePage()
    expect(reasons.map((it) => explainSdkError(it).meanings[0]?.cause)).toEqual([
      'TOKEN_ENDED_OR_REFUSED',
    ])
  })
})
