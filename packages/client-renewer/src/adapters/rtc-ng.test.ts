import type { IAgoraRTCClient, ILocalTrack } from 'agora-rtc-sdk-ng'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { FakeRtcNgClient } from '../../test/support/fake-rtc-ng.ts'
import { rtcNg, type RtcNgClient } from './rtc-ng.ts'

describe('rtcNg', () => {
  it('takes a client of the real SDK', () => {
    expectTypeOf<IAgoraRTCClient>().toExtend<RtcNgClient<ILocalTrack>>()
    expectTypeOf(rtcNg<ILocalTrack>)
      .parameter(0)
      .not.toBeAny()
  })

  it('joins as whom the server names, else as it was told, else as the SDK chooses', async () => {
    const user = async (uid: number | undefined, named: number | undefined) => {
      const client = new FakeRtcNgClient()
      const options = { appId: 'a', channel: 'room', ...(uid !== undefined && { uid }) }
      const signal = new AbortController().signal
      return rtcNg(client, options).join({ token: 't', user: named, signal })
    }
    expect([await user(1, 2), await user(1, undefined), await user(undefined, undefined)]).toEqual([
      2, 1, 4711,
    ])
  })

  it('keeps every track in mind when the session dies again while it is brought back', async () => {
    const client = new FakeRtcNgClient()
    const adapter = rtcNg(client, { appId: 'a', channel: 'room' })
    const request = { token: 't', user: 1, signal: new AbortController().signal }
    const [camera, microphone] = [{ name: 'camera' }, { name: 'microphone' }]
    await adapter.join(request)
    adapter.attach({ willExpire() {}, expired() {}, linkChanged() {}, ended() {} })
    await client.publish(camera)
    await client.publish(microphone)
    client.expire()
    await adapter.rejoin(request)
    client.expire()
    await adapter.rejoin(request)
    const [publishCamera] = adapter.republish()
    await publishCamera?.()
    client.expire()
    await adapter.rejoin(request)
    for (const publish of adapter.republish()) await publish()
    expect(client.localTracks).toEqual([camera, microphone])
  })

  it('does not join again while the user is leaving', async () => {
    const client = new FakeRtcNgClient()
    const adapter = rtcNg(client, { appId: 'a', channel: 'room' })
    const request = { token: 't', user: 1, signal: new AbortController().signal }
    await adapter.join(request)
    client.onLeave = 'hang'
    const leaving = client.leave()
    await Promise.resolve()
    await expect(adapter.rejoin(request)).rejects.toThrow('is being left')
    client.answer()
    await leaving
    expect(client.connectionState).toBe('DISCONNECTED')
  })

  it('does not take its own leaving for the user’s', async () => {
    const client = new FakeRtcNgClient()
    const adapter = rtcNg(client, { appId: 'a', channel: 'room' })
    const signal = new AbortController().signal
    await adapter.join({ token: 't', user: 1, signal })
    const ended: string[] = []
    adapter.attach({
      willExpire() {},
      expired() {},
      linkChanged() {},
      ended: (cause) => ended.push(cause),
    })
    client.dropLine()
    await adapter.rejoin({ token: 't', user: undefined, signal })
    expect(ended).toEqual([])
    await client.leave()
    expect(ended).toEqual(['left'])
  })
})
