// @vitest-environment jsdom
import { rtcNg } from '@rtc-token/client-renewer/rtc-ng'
import type { IAgoraRTC } from 'agora-rtc-sdk-ng'
import { beforeAll, describe, expect, it, vi } from 'vitest'

// The real agora-rtc-sdk-ng without a network: the gateway's state is set by hand, and what the SDK tells
// of it is its own doing. The browser tests of the demo run it against a whole service.

/** What the SDK keeps to itself. */
interface Gateway {
  state: string
  _disconnectedReason: string | undefined
}

describe('rtcNg with the real agora-rtc-sdk-ng', () => {
  let sdk: IAgoraRTC

  beforeAll(async () => {
    class Idle {
      readonly upload = { addEventListener() {} }
      open() {}
      setRequestHeader() {}
      abort() {}
      send() {}
      close() {}
      addEventListener() {}
    }
    for (const name of ['WebSocket', 'XMLHttpRequest', 'RTCPeerConnection'])
      vi.stubGlobal(name, Idle)
    sdk = (await import('agora-rtc-sdk-ng')).default
    sdk.setLogLevel(4)
    sdk.disableLogUpload()
  })

  it('hears of a token’s end while reconnecting, where there is no event of its own', () => {
    const { adapter, gateway, heard } = connected()
    gateway.state = 'RECONNECTING'
    expect([heard, adapter.link()]).toEqual([['linkChanged'], 'unsettled'])
    gateway._disconnectedReason = 'TOKEN_EXPIRE'
    gateway.state = 'DISCONNECTED'
    expect([heard, adapter.link()]).toEqual([['linkChanged', 'expired'], 'down'])
  })

  it.each([
    ['UID_BANNED', 'banned'],
    ['UID_CONFLICT', 'conflict'],
    ['LEAVE', 'left'],
    ['NETWORK_ERROR', 'lost'],
  ])('tells %s as %s', (reason, cause) => {
    const { gateway, heard } = connected()
    gateway._disconnectedReason = reason
    gateway.state = 'DISCONNECTED'
    expect(heard).toEqual([`ended ${cause}`])
  })

  it('rejects a renewal before the join', async () => {
    const client = sdk.createClient({ mode: 'rtc', codec: 'vp8' })
    const adapter = rtcNg(client, { appId: 'a', channel: 'room' })
    await expect(adapter.renew('007next')).rejects.toMatchObject({ code: 'INVALID_OPERATION' })
  })

  it('leaves no listener behind', () => {
    const { client, detach, heard, gateway } = connected()
    detach()
    gateway.state = 'RECONNECTING'
    expect(heard).toEqual([])
    for (const event of ['connection-state-change', 'token-privilege-did-expire']) {
      expect(client.getListeners(event)).toEqual([])
    }
  })

  function connected() {
    const client = sdk.createClient({ mode: 'rtc', codec: 'vp8' })
    const { _gateway: gateway } = client as unknown as { _gateway: Gateway }
    gateway.state = 'CONNECTED'
    const heard: string[] = []
    const adapter = rtcNg(client, { appId: 'a', channel: 'room' })
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
