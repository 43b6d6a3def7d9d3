import { describe, expect, it } from 'vitest'
import type { EdgeOptions } from '../edge-options.ts'
import { type EdgeServer, serveEdge } from '../../test/support/edge-server.ts'
import type { GatewayClient } from '../../test/support/gateway-client.ts'
import { mint, PROJECT } from '../../test/support/project.ts'
import { createToken, rtc } from '@rtc-token/core'

const AUDIO = { stream_type: 'audio', ssrcs: [{ ssrcId: 111 }] }
const VIDEO = { stream_type: 'high', ssrcs: [{ ssrcId: 222, rtx: 223 }] }

const as = (uid: number, more: object = {}): object => ({
  ap_response: { uid },
  session_id: `SESSION-${uid}`,
  ...more,
})

async function join(server: EdgeServer, uid: number, more: object = {}): Promise<GatewayClient> {
  const client = await server.connect()
  const reply = await client.join(mint({ user: { uid } }), as(uid, more))
  expect(reply).toMatchObject({ _result: 'success' })
  return client
}

async function told(client: GatewayClient): Promise<unknown[]> {
  await client.request('ping')
  return client.notices.map(({ _type, _message }) => [_type, _message])
}

describe('members of one channel', () => {
  it('are told of each other, by account where there is one', async () => {
    const server = await serveEdge()
    const first = await join(server, 1)
    const ann = await server.connect()
    await ann.join(mint({ user: { account: 'ann' } }), as(2, { string_uid: 'ann' }))
    expect(await told(first)).toEqual([['on_user_online', { uid: 'ann', uint_id: 2 }]])
    expect(await told(ann)).toEqual([['on_user_online', { uid: 1, uint_id: 1 }]])
    await ann.request('leave')
    const left = ['on_user_offline', { uid: 'ann', uint_id: 2, reason: 'Quit' }]
    expect((await told(first)).at(-1)).toEqual(left)
  })

  it('hear nothing of other channels', async () => {
    const server = await serveEdge()
    const first = await join(server, 1)
    const other = await server.connect()
    const elsewhere = { ...as(2), channel_name: 'elsewhere' }
    await other.join(mint({ user: { uid: 2 }, channel: 'elsewhere' }), elsewhere)
    await other.request('publish', { ortc: [AUDIO] })
    expect(await told(first)).toEqual([])
  })

  it('are told what is published, muted and taken back, newcomers too', async () => {
    const server = await serveEdge()
    const [host, early] = [await join(server, 1), await join(server, 2)]
    await host.request('publish', { ortc: [AUDIO, VIDEO] })
    await host.request('control', { action: 'mute_local_audio', ortc: [AUDIO] })
    const one = { uid: 1, uint_id: 1 }
    const audio = ['on_add_audio_stream', { ...one, audio: true, ssrcId: 111, cname: 'edge' }]
    const video = ['on_add_video_stream', { ...one, video: true, ssrcId: 222, cname: 'edge' }]
    const muted = ['mute_audio', one]
    expect((await told(early)).slice(1)).toEqual([audio, video, muted])
    const late = await join(server, 3)
    expect(await told(late)).toEqual([
      ['on_user_online', one],
      audio,
      muted,
      video,
      ['on_user_online', { uid: 2, uint_id: 2 }],
    ])
    await host.request('control', { action: 'unmute_local_audio' })
    await host.request('unpublish', { ortc: [VIDEO] })
    expect((await told(late)).slice(5)).toEqual([
      ['unmute_audio', one],
      ['on_remove_stream', one],
      audio,
    ])
    expect(server.edge.sessions()[0]).toMatchObject({ published: ['audio'] })
  })

  it('are listed, with what they publish, to who comes back', async () => {
    const server = await serveEdge()
    const host = await join(server, 1)
    await host.request('publish', { ortc: [AUDIO] })
    const guest = await server.connect()
    const { _message } = await guest.join(mint({ user: { uid: 2 } }), as(2))
    const seen = new Promise<void>((resolve) => {
      server.edge.observations.subscribe(({ type }) => type === 'dropped' && resolve())
    })
    guest.socket.terminate()
    await seen
    const again = await server.connect()
    const token = _message['rejoin_token']
    const reply = await again.request('rejoin_v3', { token, session_id: 'SESSION-2' })
    expect(reply._message['peers']).toMatchObject([
      { uid: 1, uint_id: 1, audio: true, audio_ssrc: 111, audio_mute: false },
    ])
  })

  it('see an audience in live mode only while it is host', async () => {
    const server = await serveEdge()
    const live = { mode: 'live', role: 'audience' }
    const [viewer, guest] = [await join(server, 1, live), await join(server, 2, live)]
    await guest.request('set_client_role', { role: 'host' })
    await guest.request('set_client_role', { role: 'audience' })
    const two = { uid: 2, uint_id: 2 }
    expect(await told(viewer)).toEqual([
      ['on_user_online', two],
      ['on_user_offline', { ...two, reason: 'BecomeAudience' }],
    ])
    expect(await told(guest)).toEqual([])
    const roles = server.edge.observations.all.filter(({ type }) => type === 'role')
    expect(roles.map(({ role }) => role)).toEqual(['host', 'audience'])
  })
})

describe('the right to publish', () => {
  const listener = (): string =>
    createToken({
      ...PROJECT,
      ttl: 60,
      services: [rtc({ uid: 7, channel: 'room', role: 'subscriber' })],
    })

  async function listening(options: Partial<EdgeOptions>) {
    const server = await serveEdge(options)
    const client = await server.connect()
    await client.join(listener(), { mode: 'live', role: 'audience' })
    const role = await client.request('set_client_role', { role: 'host' })
    const publish = await client.request('publish', { ortc: [AUDIO] })
    return { role, publish, server }
  }

  it('is not asked for by default', async () => {
    const { role, publish } = await listening({})
    expect([role, publish]).toMatchObject([{ _result: 'success' }, { _result: 'success' }])
  })

  it('is needed where publishing is checked', async () => {
    const { role, publish, server } = await listening({ checksPublishing: true })
    expect(role).toMatchObject({ _result: 'failed', _message: { error_code: 2018 } })
    expect(publish).toMatchObject({ _result: 'failed', _message: { error_code: 110 } })
    expect(server.edge.observations.all.at(-1)).toMatchObject({ type: 'publish-refused' })
  })
})
