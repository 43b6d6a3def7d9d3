import type { IAgoraRTCClient, ILocalTrack } from 'agora-rtc-sdk-ng'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { FakeRtcNgClient } from '../../test/support/fake-rtc-ng.ts'
import { mint, session } from '../../test/support/session.ts'
import { rtcNg, type RtcNgClient } from './rtc-ng.ts'

describe('rtcNg', () => {
  it('takes a client of the real SDK', () => {
    expectTypeOf<IAgoraRTCClient>().toExtend<RtcNgClient<ILocalTrack>>()
    expectTypeOf(rtcNg<ILocalTrack>)
      .parameter(0)
      .not.toBeAny()
  })

  it('joins as the user that the server names, else as it was told, else as the SDK chooses', async () => {
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

  it('leaves no listener behind when the client refuses one of them', () => {
    const client = new FakeRtcNgClient()
    const on = client.on.bind(client)
    client.on = (event, listener) => {
      if (event === 'connection-state-change') throw new Error('INVALID_PARAMS')
      on(event, listener)
    }
    const adapter = rtcNg(client, { appId: 'a', channel: 'room' })
    const sink = { willExpire() {}, expired() {}, linkChanged() {}, ended() {}, notice() {} }
    expect(() => adapter.attach(sink)).toThrow('INVALID_PARAMS')
    expect(client.listenerCount).toBe(0)
  })

  it('keeps every track in mind when the session dies again while it is brought back', async () => {
    const client = new FakeRtcNgClient()
    const adapter = rtcNg(client, { appId: 'a', channel: 'room' })
    const request = { token: 't', user: 1, signal: new AbortController().signal }
    const [camera, microphone] = [{ name: 'camera' }, { name: 'microphone' }]
    await adapter.join(request)
    adapter.attach({ willExpire() {}, expired() {}, linkChanged() {}, ended() {}, notice() {} })
    await client.publish(camera)
    await client.publish(microphone)
    client.expire()
    await adapter.rejoin(request)
    client.expire()
    await adapter.rejoin(request)
    const [publishCamera] = adapter.republish()
    await publishCamera?.(request.signal)
    client.expire()
    await adapter.rejoin(request)
    for (const publish of adapter.republish()) await publish(request.signal)
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
    await expect(adapter.rejoin(request)).rejects.toThrow(
      'client: DISCONNECTED expected, got DISCONNECTING',
    )
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
      notice() {},
    })
    client.dropLine()
    await adapter.rejoin({ token: 't', user: undefined, signal })
    expect(ended).toEqual([])
    await client.leave()
    expect(ended).toEqual(['left'])
  })

  it.each([
    [2, Object.assign(new Error('join failed'), { code: 'TOKEN_EXPIRE' })],
    [2, Object.assign(new Error('refused'), { data: { desc: ['dynamic key expired'] } })],
    [2, new Error('AgoraRTCError CAN_NOT_GET_GATEWAY_SERVER: dynamic key expired')],
    [2, new Error('dynamic key or token timeout')],
    [1, Object.assign(new Error('no'), { data: { desc: ['invalid token, authorized failed'] } })],
    [1, undefined],
  ])('tries a join %i times that is refused with %o', async (times, error) => {
    const { client, server, renewer } = session()
    client.join = async () => Promise.reject(error)
    await expect(renewer.join()).rejects.toMatchObject({ code: 'JOIN_FAILED', cause: error })
    expect(server.requests).toHaveLength(times)
  })

  it('fails a rejoin before which the app could not prepare the client', async () => {
    const client = new FakeRtcNgClient()
    const beforeRejoin = async () => Promise.reject(new Error('no key for the encryption'))
    const adapter = rtcNg(client, { appId: 'a', channel: 'room', beforeRejoin })
    const request = { token: 't', user: 1, signal: new AbortController().signal }
    await adapter.join(request)
    client.expire()
    await expect(adapter.rejoin(request)).rejects.toThrow('no key')
    expect(client.calls).toEqual(['join room 1'])
  })

  it('leaves nothing of a listener behind that it is rid of', async () => {
    const client = new FakeRtcNgClient()
    const adapter = rtcNg(client, { appId: 'a', channel: 'room' })
    const request = { token: 't', user: 1, signal: new AbortController().signal }
    const ended: string[] = []
    const sink = { willExpire() {}, expired() {}, linkChanged() {}, notice() {} }
    adapter.attach({ ...sink, ended: (cause) => ended.push(cause) })()
    client.onJoin = Object.assign(new Error('banned'), { code: 'UID_BANNED' })
    await expect(adapter.rejoin(request)).rejects.toThrow('banned')
    expect([ended, client.listenerCount]).toEqual([[], 0])
  })

  it('serves a second client that shares the screen as a session of its own', async () => {
    const [call, screen] = [session(), session({ uid: 4712 })]
    screen.server.mint = (ttl) => mint(ttl, { uid: 4712 })
    await Promise.all([call.renewer.join(), screen.renewer.join()])
    expect(screen.server.requests[0]?.scope).toMatchObject({ channel: 'room', user: 4712 })
    screen.client.expire()
    await screen.clock.advance(0)
    expect(screen.client.calls).toEqual(['join room 4712', 'join room 4712'])
    expect(call.client.calls).toEqual(['join room null'])
  })
})
