import { createServer, type RequestListener } from 'node:http'

import express from 'express'
import fastify from 'fastify'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { toLambdaHandler } from '../adapters/aws-lambda.ts'
import { toFastifyPlugin } from '../adapters/fastify.ts'
import { toNodeListener } from '../adapters/node.ts'
import {
  bodyOf,
  hmac,
  LEFT,
  NOW_MS,
  post,
  SECRET,
  setUp,
  signed,
} from '../../test/support/agora-notifications.ts'
import { type AgoraNotification, memoryNotices } from './notification-handler.ts'

describe('createNotificationHandler', () => {
  it('gives a signed event to the hook, typed, with what Agora sent', async () => {
    const { handler, events } = setUp()
    const response = await handler.fetch(post(bodyOf()))
    expect([response.status, await response.json()]).toEqual([200, { received: true }])
    expect(events).toEqual([
      {
        ...LEFT,
        type: 'user.left',
        channel: 'room-42',
        occurredAt: 1_795_999_999,
        role: 'broadcaster',
        reason: 'removed',
        reasonCode: 3,
        durationSeconds: 600,
        uid: 1234,
        account: 'zoë',
        clientSeq: 1_625_051_035_469,
      },
    ])
  })

  it.each<[number, object]>([
    [101, { type: 'channel.created', channel: 'room-42' }],
    [102, { type: 'channel.destroyed', channel: 'room-42' }],
    [103, { type: 'user.joined', role: 'broadcaster', uid: 1234 }],
    [104, { type: 'user.left', role: 'broadcaster', reason: 'removed' }],
    [105, { type: 'user.joined', role: 'audience' }],
    [106, { type: 'user.left', role: 'audience' }],
    [107, { type: 'user.joined', role: 'communication' }],
    [108, { type: 'user.left', role: 'communication' }],
    [111, { type: 'user.role', role: 'broadcaster' }],
    [112, { type: 'user.role', role: 'audience' }],
    [199, { type: 'other', eventType: 199 }],
  ])('names the event %i', async (eventType, expected) => {
    const { handler, events } = setUp()
    await handler.fetch(post(bodyOf({ eventType })))
    expect(events).toEqual([expect.objectContaining(expected)])
  })

  it('names the last user of a channel that is destroyed', async () => {
    const { handler, events } = setUp()
    const payload = { channelName: 'room-42', ts: 1_795_999_999, lastUid: 1234 }
    await handler.fetch(post(bodyOf({ eventType: 102, payload })))
    expect(events).toEqual([expect.objectContaining({ channel: 'room-42', lastUid: 1234 })])
  })

  it.each<[string, object]>([
    ['another product', { productId: 3 }],
    ['no user', { payload: { channelName: 'a', ts: 1 } }],
    ['a uid of text', { payload: { channelName: 'a', ts: 1, uid: '1' } }],
    ['no channel', { payload: { ts: 1, uid: 1 } }],
    ['no time', { payload: { channelName: 'a', uid: 1 } }],
  ])('gives an event with %s as it is', async (_name, changes) => {
    const { handler, events } = setUp()
    expect((await handler.fetch(post(bodyOf(changes)))).status).toBe(200)
    expect(events).toEqual([{ ...LEFT, ...changes, type: 'other' }])
  })

  it.each([
    [1, 'left'],
    [2, 'timed_out'],
    [4, 'server'],
    [5, 'other_device'],
    [9, 'addresses_changed'],
    [10, 'network'],
    [12, 'token'],
    [99, 'network'],
    [999, 'abnormal'],
    [0, 'unknown'],
    [77, 'unknown'],
  ])('says for the reason %i: %s', async (reason, word) => {
    const { handler, events } = setUp()
    await handler.fetch(post(bodyOf({ payload: { ...LEFT.payload, reason } })))
    expect(events).toEqual([expect.objectContaining({ reason: word, reasonCode: reason })])
  })

  it('takes each of several secrets', async () => {
    const { handler, events } = setUp({ secret: ['old', 'new'] })
    const of = (secret: string): Request => {
      const body = bodyOf({ noticeId: secret })
      return post(body, signed(body, secret))
    }
    for (const secret of ['old', 'new']) {
      expect((await handler.fetch(of(secret))).status).toBe(200)
    }
    expect((await handler.fetch(of('older'))).status).toBe(401)
    expect(events.map(({ noticeId }) => noticeId)).toEqual(['old', 'new'])
  })

  it('takes the older signature only when asked for it by name', async () => {
    const body = bodyOf()
    const older = { 'agora-signature': hmac(body, SECRET, 'sha1') }
    expect((await setUp().handler.fetch(post(body, older))).status).toBe(401)
    const { handler } = setUp({ signature: 'v1' })
    expect((await handler.fetch(post(body, older))).status).toBe(200)
    const newer = { 'agora-signature-v2': hmac(body) }
    expect((await handler.fetch(post(body, newer))).status).toBe(401)
  })

  it('gives an event once, and tells repeats apart', async () => {
    const repeats: AgoraNotification[] = []
    const { handler, events } = setUp({ onRepeat: (event) => void repeats.push(event) })
    const again = bodyOf({ notifyMs: NOW_MS + 1000 })
    for (const body of [bodyOf(), again]) {
      expect((await handler.fetch(post(body))).status).toBe(200)
    }
    expect(events).toHaveLength(1)
    expect(repeats).toEqual([expect.objectContaining({ notifyMs: NOW_MS + 1000 })])
  })

  it('gives an event rather twice than never when the store fails', async () => {
    const failure = new Error('away')
    const notices = { claim: () => Promise.reject(failure) }
    const { handler, events, errors } = setUp({ notices })
    expect((await handler.fetch(post(bodyOf()))).status).toBe(200)
    expect([events.length, errors]).toEqual([1, [failure]])
  })

  it('does not wait for a store that hangs', async () => {
    const { handler, events, errors } = setUp({ notices: { claim: () => new Promise(() => {}) } })
    expect((await handler.fetch(post(bodyOf()))).status).toBe(200)
    expect([events.length, errors]).toEqual([1, [new Error('notices: no answer within 250 ms')]])
  })

  it('answers 200 when the hook throws, and reports it', async () => {
    const failure = new Error('hook')
    const onEvent = () => Promise.reject(failure)
    const { handler, errors } = setUp({ onEvent })
    expect((await handler.fetch(post(bodyOf()))).status).toBe(200)
    expect(errors).toEqual([failure])
  })

  it('answers 200 within the deadline when the hook hangs, and keeps the host alive for it', async () => {
    const kept: Promise<unknown>[] = []
    const { handler } = setUp({ onEvent: () => new Promise(() => {}), timeoutMs: 5 })
    const waitUntil = (work: Promise<unknown>): void => void kept.push(work)
    expect((await handler.fetch(post(bodyOf()), { waitUntil })).status).toBe(200)
    expect(kept).toHaveLength(1)
  })

  it.each<[string, object]>([
    ['no secret', { secret: undefined }],
    ['a blank secret', { secret: '' }],
    ['no secrets', { secret: [] }],
    ['no hook', { onEvent: undefined }],
    ['an unknown signature', { signature: 'v3' }],
    ['an unknown option', { secrets: ['a'] }],
    ['a wait longer than Agora waits', { timeoutMs: 10_000 }],
  ])('does not start with %s', (_name, options) => {
    expect(() => setUp(options as never)).toThrow(TypeError)
  })
})

describe('on the hosts of the token handler', () => {
  const closers: (() => unknown)[] = []
  afterEach(async () => {
    for (const close of closers.splice(0)) await close()
  })

  async function listen(listener: RequestListener): Promise<string> {
    const server = createServer(listener)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closers.push(() => server.close())
    const address = server.address()
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  }

  async function send(url: string, body = bodyOf()): Promise<number> {
    const headers = { ...signed(body), connection: 'close' }
    return (await fetch(url, { method: 'POST', headers, body })).status
  }

  it('hears over node:http, and discards what is too large', async () => {
    const { handler, events } = setUp()
    const url = await listen((req, res) => void toNodeListener(handler)(req, res))
    expect(await send(url)).toBe(200)
    expect(await send(url, bodyOf({ payload: { text: 'x'.repeat(65_536) } }))).toBe(413)
    expect(events).toHaveLength(1)
  })

  it('hears under a path of Express, before and behind its parsers', async () => {
    const { handler, events, errors } = setUp()
    const app = express()
    app.use('/raw', express.raw({ type: 'application/json' }), toNodeListener(handler))
    app.use('/bare', toNodeListener(handler))
    app.use('/json', express.json(), toNodeListener(handler))
    const url = await listen(app)
    const statuses = ['/raw', '/bare', '/json'].map((path, index) =>
      send(url + path, bodyOf({ noticeId: String(index) })),
    )
    expect(await Promise.all(statuses)).toEqual([200, 200, 500])
    expect([events.length, errors.length]).toEqual([2, 1])
  })

  it('hears in Fastify', async () => {
    const { handler, events } = setUp()
    const app = fastify()
    await app.register(toFastifyPlugin(handler), { prefix: '/agora' })
    closers.push(() => app.close())
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    expect(await send(`${url}/agora/notifications`)).toBe(200)
    expect(events).toHaveLength(1)
  })

  it('hears in Lambda, and does not hold the reply for a hook that hangs longer than Agora waits', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { handler } = setUp({ onEvent: () => new Promise(() => {}) })
    const body = bodyOf()
    const replied = toLambdaHandler(handler)(
      {
        version: '2.0',
        rawPath: '/',
        rawQueryString: '',
        headers: signed(body),
        body,
        isBase64Encoded: false,
        requestContext: { http: { method: 'POST', path: '/', sourceIp: '192.0.2.1' } },
      } as never,
      {},
    )
    const settled = vi.fn()
    void replied.then(settled)
    const settledLater = async (): Promise<number> => {
      await vi.advanceTimersByTimeAsync(1000)
      return settled.mock.calls.length
    }
    await expect.poll(settledLater).toBe(1)
    vi.useRealTimers()
    expect((await replied).statusCode).toBe(200)
  })
})

describe('memoryNotices', () => {
  it('forgets after the time, and the oldest when it is full', () => {
    let now = 0
    const notices = memoryNotices({ maxNotices: 2, clock: () => now })
    const claim = (id: string): unknown => notices.claim(id, 1)
    expect([claim('a'), claim('a')]).toEqual([true, false])
    now = 1000
    expect([claim('a'), claim('b'), claim('c')]).toEqual([true, true, true])
    expect([claim('a'), claim('c')]).toEqual([true, false])
  })
})
