// @vitest-environment jsdom
import { rtcV3, type RtcV3Client } from '@rtc-token/client-renewer/rtc-v3'
import type AgoraRTC from 'agora-rtc-sdk'
import { beforeAll, describe, expect, expectTypeOf, it, vi } from 'vitest'

// The real agora-rtc-sdk 3.6. Its network is cut off: the connected state is set by hand, and what the
// service says is played where its socket would. What follows is the SDK's own doing.

type Client = AgoraRTC.Client

/** What the SDK keeps to itself. */
interface Gateway {
  state: number
  key: string
  socket: object | undefined
  joinInfo: object
  closeGateway(): void
  dispatchEvent(event: object): void
}

const CONNECTED = 2

describe('rtcV3', () => {
  it('takes a client of the real SDK', () => {
    expectTypeOf<Client>().toExtend<RtcV3Client>()
    expectTypeOf<Omit<Client, 'renewToken'>>().not.toExtend<RtcV3Client>()
    expectTypeOf(rtcV3).parameter(0).not.toBeAny()
  })
})

describe('rtcV3 with the real agora-rtc-sdk', () => {
  let sdk: typeof AgoraRTC
  // The SDK keeps a list of who is in which channel, for the whole page.
  let uid = 0

  beforeAll(async () => {
    class Idle {
      readonly destination = {}
      createGain = () => this
      createMediaStreamDestination = () => ({ stream: {} })
      connect() {}
      open() {}
      send() {}
      close() {}
      abort() {}
      setRequestHeader() {}
      addEventListener() {}
    }
    for (const name of ['AudioContext', 'WebSocket', 'XMLHttpRequest']) vi.stubGlobal(name, Idle)
    sdk = (await import('agora-rtc-sdk')).default
    sdk.Logger.setLogLevel(4)
  })

  it('is told of the warning and of the end, once, and is down', () => {
    const { adapter, gateway, heard } = connected()
    gateway.dispatchEvent({ type: 'onTokenPrivilegeWillExpire' })
    expect([heard, adapter.link()]).toEqual([['willExpire'], 'online'])
    gateway.closeGateway()
    gateway.dispatchEvent({ type: 'onTokenPrivilegeDidExpire' })
    expect(heard).toEqual(['willExpire', 'linkChanged', 'expired'])
    expect(adapter.link()).toBe('down')
  })

  it('comes back by renewToken, which succeeds before the SDK is back', async () => {
    const { adapter, client, gateway } = connected()
    gateway.closeGateway()
    gateway.dispatchEvent({ type: 'onTokenPrivilegeDidExpire' })
    const events: string[] = []
    client.on('rejoin', () => events.push('rejoin'))
    const { signal } = new AbortController()
    const back = adapter.rejoin({ token: '007next', user: undefined, signal })
    void back.then(() => events.push('back'))
    await settle()
    expect([events, gateway.key, client.getConnectionState()]).toEqual([
      [],
      '007next',
      'CONNECTING',
    ])
    gateway.state = CONNECTED
    gateway.dispatchEvent({ type: 'rejoin' })
    await expect(back).resolves.toBe(uid)
    expect([events, adapter.link()]).toEqual([['rejoin', 'back'], 'online'])
  })

  it('rejects and leaves when it is refused on the way back', async () => {
    const { adapter, client, gateway } = connected()
    gateway.closeGateway()
    gateway.dispatchEvent({ type: 'onTokenPrivilegeDidExpire' })
    const { signal } = new AbortController()
    const back = adapter.rejoin({ token: '007next', user: undefined, signal })
    gateway.dispatchEvent({ type: 'error', reason: 'ERR_NO_AUTHORIZED' })
    await expect(back).rejects.toThrow('ERR_NO_AUTHORIZED')
    expect(client.getConnectionState()).toBe('DISCONNECTED')
  })

  it('rejects for a token that the SDK throws at', async () => {
    const { adapter } = connected()
    await expect(adapter.renew('')).rejects.toThrow('Invalid token')
  })

  it('rejects before the first join', async () => {
    const client = sdk.createClient({ mode: 'rtc', codec: 'vp8' })
    await expect(rtcV3(client, { channel: 'room' }).renew('007next')).rejects.toThrow(
      'INVALID_OPERATION',
    )
  })

  it('is told that the user has left', async () => {
    const { client, heard, detach } = connected()
    await new Promise<void>((resolve) => client.leave(resolve))
    await settle()
    expect(heard.at(-1)).toBe('ended left')
    detach()
  })

  function connected() {
    uid++
    const client = sdk.createClient({ mode: 'rtc', codec: 'vp8' })
    const { gatewayClient: gateway } = client as unknown as { gatewayClient: Gateway }
    Object.assign(client, { key: '007first' })
    Object.assign(gateway, {
      key: '007first',
      uid,
      joinInfo: { uid, cname: 'room', sid: 'sid', apResponse: {}, turnServers: [] },
      socket: { close() {}, on() {}, emitRequest() {}, emitReport() {}, getURL: () => '' },
    })
    gateway.state = CONNECTED
    const heard: string[] = []
    const adapter = rtcV3(client, { channel: 'room', uid })
    const detach = adapter.attach({
      willExpire: () => heard.push('willExpire'),
      expired: () => heard.push('expired'),
      linkChanged: () => heard.push('linkChanged'),
      ended: (cause) => heard.push(`ended ${cause}`),
      notice: () => heard.push('notice'),
    })
    return { client, gateway, adapter, heard, detach }
  }
})

async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}
