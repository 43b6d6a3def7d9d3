import { describe, expect, it } from 'vitest'
import { chat } from '../src/adapters/chat.ts'
import { native, nativeEx } from '../src/adapters/native/native.ts'
import { rtcNg } from '../src/adapters/rtc-ng.ts'
import { rtcV3 } from '../src/adapters/rtc-v3.ts'
import { rtmV1 } from '../src/adapters/rtm-v1.ts'
import { rtm, rtmStream } from '../src/adapters/rtm/rtm.ts'
import { createRenewer, httpSource } from '../src/index.ts'
import { FakeChatConnection } from './support/fake-chat.ts'
import { FakeNativeEngine } from './support/fake-native.ts'
import { FakeRtcNgClient } from './support/fake-rtc-ng.ts'
import { FakeRtcV3Client } from './support/fake-rtc-v3.ts'
import { FakeRtmV1Client } from './support/fake-rtm-v1.ts'
import { mint, session } from './support/session.ts'

// What an app that is not written in TypeScript may pass by mistake.

const client = new FakeRtcNgClient()
const engine = new FakeNativeEngine()
const stream = { login() {}, join() {} }
const options = () => ({})

const ROWS: readonly (readonly [make: unknown, args: readonly unknown[], message: string])[] = [
  [rtcNg, [], 'client.join: a function expected, got undefined'],
  [rtcNg, [{}, {}], 'client.join: a function expected, got undefined'],
  [rtcNg, [client], 'appId: a string expected, got undefined'],
  [rtcNg, [client, {}], 'appId: a string expected, got undefined'],
  [rtcNg, [client, { appid: 'a', channel: 'c' }], 'appId: a string expected, got undefined'],
  [rtcNg, [client, { appId: '', channel: 'c' }], 'appId: a string expected, got an empty one'],
  [rtcNg, [client, { appId: 'a', channel: 7 }], 'channel: a string expected, got number'],
  [
    rtcNg,
    [client, { appId: 'a', channel: 'c', tracks: [] }],
    'tracks: a function expected, got object',
  ],
  [
    rtcNg,
    [client, { appId: 'a', channel: 'c', beforeRejoin: true }],
    'beforeRejoin: a function expected, got boolean',
  ],
  [rtcV3, [null, {}], 'client.join: a function expected, got undefined'],
  [rtcV3, [new FakeRtcV3Client()], 'channel: a string expected, got undefined'],
  [native, [undefined], 'engine.joinChannel: a function expected, got undefined'],
  [native, [engine], 'channelId: a string expected, got undefined'],
  [native, [engine, { channelId: 'c' }], 'options: a function expected, got undefined'],
  [native, [engine, { channelId: 'c', options: {} }], 'options: a function expected, got object'],
  [nativeEx, [undefined], 'engine.joinChannelEx: a function expected, got undefined'],
  [nativeEx, [engine, { options }], 'connection.channelId: a string expected, got undefined'],
  [nativeEx, [engine, {}], 'connection.channelId: a string expected, got undefined'],
  [rtm, [undefined, { userId: 'u' }], 'client.login: a function expected, got undefined'],
  [rtm, [stream], 'userId: a string expected, got undefined'],
  [rtmStream, [stream, undefined], 'channel.join: a function expected, got undefined'],
  [rtmStream, [stream, stream], 'channelName: a string expected, got undefined'],
  [
    rtmStream,
    [stream, stream, { channelName: 'c', onRejoined: {} }],
    'onRejoined: a function expected, got object',
  ],
  [rtmV1, [{}, { uid: 'u' }], 'client.login: a function expected, got undefined'],
  [rtmV1, [new FakeRtmV1Client(), { uid: 7 }], 'uid: a string expected, got number'],
  [
    rtmV1,
    [new FakeRtmV1Client(), { uid: 'u', onRelogin: 'resubscribe' }],
    'onRelogin: a function expected, got string',
  ],
  [chat, [undefined, { user: 'u' }], 'connection.open: a function expected, got undefined'],
  [chat, [new FakeChatConnection()], 'user: a string expected, got undefined'],
  [httpSource, [], 'url: a string expected, got undefined'],
  [httpSource, ['/tokens'], 'url: a string expected, got undefined'],
  [httpSource, [{ endpoint: '/tokens' }], 'url: a string expected, got undefined'],
  [httpSource, [{ url: '' }], 'url: a string expected, got an empty one'],
  [httpSource, [{ url: '/t', fetch: null }], 'fetch: a function expected, got object'],
  [createRenewer, [], 'adapter.link: a function expected, got undefined'],
  [createRenewer, [client, {}], 'adapter.link: a function expected, got undefined'],
  [createRenewer, [{ link() {} }], 'source: a function expected, got undefined'],
  [
    createRenewer,
    [{ link() {} }, { source: '/tokens' }],
    'source: a function expected, got string',
  ],
  [
    createRenewer,
    [{ link() {} }, { source() {}, random: 0.5 }],
    'random: a function expected, got number',
  ],
]

describe('what cannot work is refused at once', () => {
  it.each(ROWS)('%o with %j', (make, args, message) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as JavaScript calls it
    const call = make as (...args: readonly unknown[]) => unknown
    expect(() => call(...args)).toThrow(new TypeError(message))
  })
})

describe('a grant that says by another name how long it lives', () => {
  it.each(['expires', 'expires_in', 'expiry', 'expireTs', 'ttl', 'lifetime', 'validFor'])(
    'is refused: %s',
    async (name) => {
      const grant = { token: mint(3600), [name]: 3600 }
      const { renewer } = session({ source: () => grant })
      const code = 'GRANT_INVALID'
      const message = `token source: a token with expiresIn expected, got ${name}`
      await expect(renewer.join()).rejects.toMatchObject({ code, message })
      expect(() => renewer.start(grant)).toThrow(message)
    },
  )

  it('may say so beside expiresIn, as may what has nothing to do with it', async () => {
    const others = { ttl: 3600, expiresAt: 1_795_003_600, channel: 'room' }
    const source = () => ({ token: mint(3600), expiresIn: 3600, ...others })
    await expect(session({ source }).renewer.join()).resolves.toBe(4711)
    const plain = () => ({ token: mint(3600), expiresAt: 1_795_003_600, requestId: 'r1' })
    await expect(session({ source: plain }).renewer.join()).resolves.toBe(4711)
  })
})
