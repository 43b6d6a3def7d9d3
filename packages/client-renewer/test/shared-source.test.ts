import { chat, createToken, rtc, rtm } from '@rtc-token/core'
import type { ServiceName, TokenRequestBody } from '@rtc-token/core/contract'
import { describe, expect, it, vi } from 'vitest'
import { rtcNg } from '../src/adapters/rtc-ng.ts'
import { type BatchRequest, servicesOf } from '../src/sources/shared/batch-request.ts'
import {
  createSharedSource,
  type SharedSourceOptions,
} from '../src/sources/shared/shared-source.ts'
import { RenewError } from '../src/errors.ts'
import { httpSource } from '../src/sources/http-source.ts'
import { createRenewer } from '../src/renewer.ts'
import type { SessionAdapter, TokenScope } from '../src/session-adapter.ts'
import { manualClock } from '../src/testing/manual-clock.ts'
import type { TokenGrant, TokenRequest } from '../src/token-source.ts'
import { FakeRtcNgClient } from './support/fake-rtc-ng.ts'

const APP_ID = '970CA35de60c44645bbae8a215061b33'
const APP_CERTIFICATE = '5CFd2fd1755d40ecb72977518be15d3b'
const TTL = 3600

const CALL: TokenScope = { service: 'rtc', appId: APP_ID, channel: 'room', user: 7 }
const STREAM: TokenScope = { service: 'rtm-stream', channel: 'room', user: 7 }
const MESSAGES: TokenScope = { service: 'rtm', user: '7' }
const CHAT: TokenScope = { service: 'chat', user: '7' }
const BOTH = ['rtc', 'rtm'] as const

/** Signs what a server would that grants everything, or these services only. */
function mint({ scope, services }: BatchRequest, granted: readonly ServiceName[] = services) {
  const user = String(scope.user ?? 99)
  const grants = {
    rtc: () => rtc({ channel: scope.channel ?? '', account: user, role: 'publisher' }),
    rtm: () => rtm({ userId: user }),
    chat: () => chat({ userId: user }),
  }
  return createToken({
    appId: APP_ID,
    appCertificate: APP_CERTIFICATE,
    ttl: TTL,
    services: granted.map((name) => grants[name]()),
  })
}

/** A shared source in front of a server that answers when told, and everything that the server was asked. */
function sharedSource(
  options: SharedSourceOptions & { readonly granted?: readonly ServiceName[] } = {},
) {
  const { granted, ...rest } = options
  const clock = manualClock()
  const asked: BatchRequest[] = []
  const answers: ((fail?: Error) => void)[] = []
  const source = (request: BatchRequest) =>
    new Promise<TokenGrant>((resolve, reject) => {
      asked.push(request)
      const services = granted && request.services.filter((name) => granted.includes(name))
      const grant = { token: mint(request, services), expiresIn: TTL, renewIn: 2700, uid: 7 }
      answers.push((fail) => (fail ? reject(fail) : resolve(grant)))
    })
  const ask = createSharedSource(source, { clock, ...rest })
  const answer = async (fail?: Error) => {
    await clock.advance(0)
    for (const settle of answers.splice(0)) settle(fail)
    await clock.advance(0)
  }
  return { ask, answer, asked, clock, services: () => asked.map(({ services }) => services) }
}

function request(scope: TokenScope, more: Partial<TokenRequest> = {}): TokenRequest {
  const { signal } = new AbortController()
  return { reason: 'schedule', scope, attempt: 1, previousToken: undefined, signal, ...more }
}

const denied = new RenewError('SOURCE_DENIED', 'no')

describe('a shared source', () => {
  it('sends one request for all who ask for the same while it is being asked', async () => {
    const { ask, answer, asked } = sharedSource()
    const grants = Promise.all([ask(request(CALL)), ask(request(CALL)), ask(request(CALL))])
    await answer()
    expect(asked).toHaveLength(1)
    expect(new Set((await grants).map(({ token }) => token)).size).toBe(1)
  })

  it('has a call and a stream channel of the same name share: both need a token for calls', async () => {
    const { ask, answer, asked } = sharedSource()
    const grants = Promise.all([ask(request(CALL)), ask(request({ ...STREAM, appId: APP_ID }))])
    await answer()
    await grants
    expect(asked).toHaveLength(1)
  })

  it.each([
    ['another user', { user: 8 }],
    ['another channel', { channel: 'hall' }],
    ['another project', { appId: 'f'.repeat(32) }],
    ['an account that reads like the uid', { user: '7' }],
  ])('asks separately for %s', async (_, other) => {
    const { ask, answer, asked } = sharedSource()
    const grants = Promise.all([ask(request(CALL)), ask(request({ ...CALL, ...other }))])
    await answer()
    await grants
    expect(asked).toHaveLength(2)
  })

  it('shares nothing where the server is still to choose the user', async () => {
    const { ask, answer, asked } = sharedSource()
    const unnamed = { ...CALL, user: undefined }
    const grants = Promise.all([ask(request(unnamed)), ask(request(unnamed))])
    await answer()
    await grants
    expect(asked).toHaveLength(2)
  })

  it('goes on for the others when one stops waiting, and ends when the last one does', async () => {
    const { ask, asked, answer, clock } = sharedSource()
    const [one, two] = [new AbortController(), new AbortController()]
    const first = ask(request(CALL, { signal: one.signal }))
    const second = ask(request(CALL, { signal: two.signal }))
    await clock.advance(0)
    one.abort()
    await expect(first).rejects.toMatchObject({ code: 'STOPPED' })
    expect(asked[0]?.signal.aborted).toBe(false)
    two.abort()
    await expect(second).rejects.toMatchObject({ code: 'STOPPED' })
    expect(asked[0]?.signal.aborted).toBe(true)
    const third = ask(request(CALL))
    await answer()
    await third
    expect(asked).toHaveLength(2)
  })

  it('does not ask at all when its only session stops waiting before it has begun', async () => {
    const { ask, asked, clock } = sharedSource()
    const controller = new AbortController()
    const asking = ask(request(CALL, { signal: controller.signal }))
    controller.abort()
    await expect(asking).rejects.toMatchObject({ code: 'STOPPED' })
    await clock.advance(10)
    expect(asked).toHaveLength(0)
  })

  it('takes off what has passed since the token was asked for', async () => {
    const { ask, answer, clock } = sharedSource()
    const first = ask(request(CALL))
    await clock.advance(4_000)
    const late = ask(request(CALL))
    await clock.advance(1_000)
    await answer()
    expect(await first).toMatchObject({ expiresIn: 3600, renewIn: 2700 })
    expect(await late).toMatchObject({ expiresIn: 3596, renewIn: 2696 })
    await clock.advance(55_000)
    expect(await ask(request(CALL))).toMatchObject({ expiresIn: 3540, renewIn: 2640 })
  })

  it('passes a failure to every session that waits, and asks anew after it', async () => {
    const { ask, answer, asked } = sharedSource()
    const failing = Promise.allSettled([ask(request(CALL)), ask(request(CALL))])
    await answer(new Error('down'))
    expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    const next = ask(request(CALL, { attempt: 2 }))
    await answer()
    await next
    expect(asked).toHaveLength(2)
  })

  it('refuses an answer without a token', async () => {
    const ask = createSharedSource(() => ({ token: '' }))
    await expect(ask(request(CALL))).rejects.toMatchObject({ code: 'GRANT_INVALID' })
  })

  it('refuses a source that is not a function', () => {
    expect(() => createSharedSource('/tokens' as never)).toThrow(
      new TypeError('source: a function expected, got string'),
    )
  })
})

describe('an answer that is still new', () => {
  async function answered() {
    const it = sharedSource()
    const asking = it.ask(request(CALL))
    await it.answer()
    return { ...it, grant: await asking }
  }

  it('serves another session with the same needs', async () => {
    const { ask, grant } = await answered()
    expect((await ask(request(CALL, { previousToken: '007old' }))).token).toBe(grant.token)
  })

  it.each([
    ['the session holds it already', (token: string) => ({ previousToken: token })],
    ['a try has failed, perhaps because of it', () => ({ attempt: 2 })],
    ['the app asks for a renewal', () => ({ reason: 'manual' as const })],
    ['a session joins', () => ({ reason: 'join' as const })],
  ])('is not used when %s', async (_, more) => {
    const { ask, answer, asked, grant } = await answered()
    const asking = ask(request(CALL, more(grant.token)))
    await answer()
    expect((await asking).token).not.toBe(grant.token)
    expect(asked).toHaveLength(2)
  })

  it('is used for 35 % of its life and no longer', async () => {
    const { ask, answer, asked, clock } = await answered()
    await clock.advance(1_259_999)
    await ask(request(CALL))
    expect(asked).toHaveLength(1)
    await clock.advance(1)
    const asking = ask(request(CALL))
    await answer()
    await asking
    expect(asked).toHaveLength(2)
  })

  it('is forgotten when the source is closed, and nothing is shared any more', async () => {
    const { ask, answer, asked } = await answered()
    ask.close()
    const asking = Promise.all([ask(request(CALL)), ask(request(CALL))])
    await answer()
    await asking
    expect(asked).toHaveLength(3)
  })
})

describe('sessions of one user in different services', () => {
  it('that joined one by one renew together from the first renewal on, however far apart that is', async () => {
    const { ask, answer, asked, clock } = sharedSource()
    const due = async (scope: TokenScope, previousToken?: string) => {
      const asking = ask(request(scope, previousToken ? { previousToken } : { reason: 'join' }))
      await answer()
      return await asking
    }
    const call = await due(CALL)
    const messages = await due(MESSAGES)
    await clock.advance(0.4 * TTL * 1000)
    const renewed = await due(CALL, call.token)
    expect(asked.at(-1)?.services).toEqual(BOTH)
    await clock.advance(0.35 * TTL * 1000 - 1)
    const late = await due(MESSAGES, messages.token)
    expect(asked).toHaveLength(3)
    expect(late.token).toBe(renewed.token)
    expect(late.renewIn).toBeCloseTo(2700 - 0.35 * TTL, 2)
  })

  it('ask together when they ask in the same turn, with the scope that names the channel', async () => {
    const { ask, answer, asked, services } = sharedSource()
    const grants = Promise.all([ask(request(MESSAGES)), ask(request(CALL)), ask(request(CHAT))])
    await answer()
    expect(services()).toEqual([['rtm', 'rtc', 'chat']])
    expect(asked[0]?.scope).toEqual(CALL)
    const [messages, call, chat] = await grants
    expect(messages.token).toBe(call.token)
    expect(chat.token).toBe(call.token)
    expect([call.uid, messages.uid]).toEqual([7, undefined])
  })

  it('come to hold one token when they began with two', async () => {
    const { ask, answer, services, clock } = sharedSource()
    const call = ask(request(CALL))
    await answer()
    await clock.advance(60_000)
    const messages = ask(request(MESSAGES, { reason: 'join' }))
    await answer()
    await Promise.all([call, messages])
    await clock.advance(2_700_000)
    const renewed = ask(request(CALL, { previousToken: (await call).token }))
    await answer()
    await clock.advance(90_000)
    const same = await ask(request(MESSAGES, { previousToken: (await messages).token }))
    expect(same.token).toBe((await renewed).token)
    expect(services()).toEqual([['rtc'], ['rtm', 'rtc'], ['rtm', 'rtc'].toReversed()])
  })

  it('are served separately when the server refuses, and are not put together again', async () => {
    const { ask, answer, services, clock } = sharedSource()
    const asking = Promise.all([ask(request(CALL)), ask(request(MESSAGES))])
    await answer(denied)
    await answer()
    const [call, messages] = await asking
    expect(call.token).not.toBe(messages.token)
    await clock.advance(2_700_000)
    const again = Promise.all([ask(request(CALL)), ask(request(MESSAGES))])
    await answer()
    await again
    expect(services()).toEqual([BOTH, ['rtc'], ['rtm'], ['rtc'], ['rtm']])
  })

  it('go on together without the one that was refused with them', async () => {
    const { ask, answer, services, clock } = sharedSource()
    const chat = ask(request(CHAT))
    await answer()
    await chat
    await clock.advance(1_300_000)
    const call = ask(request(CALL))
    await answer(denied)
    await answer()
    await call
    await clock.advance(1_300_000)
    const both = Promise.all([ask(request(CALL)), ask(request(MESSAGES))])
    await answer()
    await both
    expect(services()).toEqual([['chat'], ['rtc', 'chat'], ['rtc'], BOTH])
  })

  it('are told so when the server refuses each of them too, and ask together another time', async () => {
    const { ask, answer, services } = sharedSource()
    const asking = Promise.allSettled([ask(request(CALL)), ask(request(MESSAGES))])
    await answer(denied)
    await answer(denied)
    expect((await asking).map((end) => end.status)).toEqual(['rejected', 'rejected'])
    const again = Promise.all([ask(request(CALL)), ask(request(MESSAGES))])
    await answer()
    await again
    expect(services()).toEqual([BOTH, ['rtc'], ['rtm'], BOTH])
  })

  it('are served separately when the token is for less than was asked', async () => {
    const { ask, answer, services } = sharedSource({ granted: ['rtc'] })
    const asking = Promise.allSettled([ask(request(CALL)), ask(request(MESSAGES))])
    await answer()
    await answer(new RenewError('SOURCE_DENIED', 'no messages here'))
    expect((await asking).map((end) => end.status)).toEqual(['fulfilled', 'rejected'])
    expect(services()).toEqual([BOTH, ['rtm']])
  })

  it('fail together while the server is down, and try again each for itself', async () => {
    const { ask, answer, services } = sharedSource()
    const asking = Promise.allSettled([ask(request(CALL)), ask(request(MESSAGES))])
    await answer(new RenewError('SOURCE_FAILED', 'HTTP 503'))
    await asking
    const again = Promise.all([CALL, MESSAGES].map((scope) => ask(request(scope, { attempt: 2 }))))
    await answer()
    await again
    expect(services()).toEqual([BOTH, ['rtc'], ['rtm']])
  })

  it('do not wait for a request for several when one of them asks again by itself', async () => {
    const { ask, answer, services, clock } = sharedSource()
    const asking = [ask(request(CALL)), ask(request(MESSAGES))]
    await clock.advance(0)
    asking.push(ask(request(CALL, { attempt: 2 })))
    await answer()
    await Promise.all(asking)
    expect(services()).toEqual([BOTH, ['rtc']])
  })

  it('are left alone where the app says so', async () => {
    const { ask, answer, services } = sharedSource({ together: false })
    const asking = Promise.all([ask(request(CALL)), ask(request(MESSAGES))])
    await answer()
    await asking
    expect(services()).toEqual([['rtc'], ['rtm']])
  })

  it('are not asked for any more once their last token has ended', async () => {
    const { ask, answer, services, clock } = sharedSource()
    const messages = ask(request(MESSAGES))
    await answer()
    await messages
    await clock.advance(TTL * 1000)
    const call = ask(request(CALL))
    await answer()
    await call
    expect(services()).toEqual([['rtm'], ['rtc']])
  })

  it('reach an endpoint through httpSource', async () => {
    const bodies: TokenRequestBody[] = []
    const fetch: typeof globalThis.fetch = async (_, init) => {
      bodies.push(JSON.parse(init?.body as string) as TokenRequestBody)
      const [services] = [bodies.at(-1)?.services ?? []]
      const token = mint({ ...request(CALL), services })
      return Response.json({ token, expiresIn: TTL, renewIn: 2700 })
    }
    const clock = manualClock()
    const wish = (asked: TokenRequest) => ({ services: servicesOf(asked) })
    const ask = createSharedSource(httpSource({ url: 'http://127.0.0.1/', request: wish, fetch }), {
      clock,
    })
    const asking = Promise.all([ask(request(MESSAGES)), ask(request(CALL))])
    await clock.advance(0)
    const [messages, call] = await asking
    expect(messages.token).toBe(call.token)
    expect(bodies).toEqual([{ channel: 'room', services: ['rtm', 'rtc'], uid: 7 }])
  })
})

describe('servicesOf', () => {
  it('is the service of the scope without a shared source', () => {
    expect(servicesOf(request(STREAM))).toEqual(['rtc'])
    expect(servicesOf(request(CHAT))).toEqual(['chat'])
  })
})

describe('two renewers with one shared source', () => {
  it('renew with one request for as long as they live, and leave no timer behind', async () => {
    const clock = manualClock()
    const source = vi.fn((asked: BatchRequest) => ({
      token: mint(asked),
      expiresIn: TTL,
      renewIn: 2700,
    }))
    const ask = createSharedSource(source, { clock })
    const client = new FakeRtcNgClient()
    const options = { source: ask, clock, random: () => 0.5 }
    const call = createRenewer(rtcNg(client, { appId: APP_ID, channel: 'room', uid: 7 }), options)
    const messages = createRenewer(messaging(), options)
    const joined = Promise.all([call.join(), messages.join()])
    await clock.advance(0)
    await joined
    await clock.advance(5 * 2700_000)
    expect(source).toHaveBeenCalledTimes(6)
    expect([call.phase, messages.phase]).toEqual(['fresh', 'fresh'])
    call.dispose()
    messages.dispose()
    expect(clock.timers).toBe(0)
  })
})

/** A session that takes every token it is given. */
function messaging(): SessionAdapter {
  let link: 'online' | 'down' = 'down'
  const join = async () => {
    link = 'online'
    return '7'
  }
  return {
    scope: () => MESSAGES,
    attach: () => () => {},
    link: () => link,
    renew: async () => {},
    join,
    rejoin: join,
    republish: () => [],
    leave: async () => {},
  }
}
