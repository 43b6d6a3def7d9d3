/* oxlint-disable typescript/unbound-method -- adapters are plain objects of functions */
import { describe, expect, it } from 'vitest'
import { rtcNg } from '../src/adapters/rtc-ng.ts'
import type { SessionAdapter, SessionSink } from '../src/session-adapter.ts'
import { adapterContract, type AdapterUnderTest, type SdkDriver } from '../src/testing/index.ts'
import { FakeRtcNgClient } from './support/fake-rtc-ng.ts'

function rtcNgDriver(client: FakeRtcNgClient): SdkDriver {
  return {
    get given() {
      const calls = client.calls.filter((call) => /^(join|renew)/.test(call))
      return calls.map((call, index) => ({
        by: call.startsWith('join') ? ('join' as const) : ('renew' as const),
        token: client.tokens[index]!,
      }))
    },
    listenerCount: () => client.listenerCount,
    warn: () => client.warn(),
    expire: () => client.expire(),
    expireQuietly() {
      client.dropLine()
      client.expireSilently()
    },
    dropLine: () => client.dropLine(),
    restoreLine: () => client.restoreLine(),
    userLeaves: () => client.leave(),
    ban: () => client.kick('UID_BANNED'),
    conflict: () => client.kick('UID_CONFLICT'),
    giveUp: () => client.kick('NETWORK_ERROR'),
    publish: () => client.publish({ name: 'camera' }),
    published: () => client.localTracks.length,
    refuseNextJoinAsExpired: () => (client.onNextJoin = new Error('dynamic key expired')),
    set(call, behaviour) {
      const how = behaviour === 'refuse' ? new Error('UNEXPECTED_RESPONSE') : behaviour
      if (call === 'join') client.onJoin = how
      else if (call === 'renew') client.onRenew = how
      else client.onLeave = how
    },
    answer: () => client.answer(),
  }
}

function make(): AdapterUnderTest & { readonly client: FakeRtcNgClient } {
  const client = new FakeRtcNgClient()
  const adapter = rtcNg(client, { appId: 'a', channel: 'room' })
  return { adapter, driver: rtcNgDriver(client), client }
}

type Mutate = (adapter: SessionAdapter, client: FakeRtcNgClient) => Partial<SessionAdapter>

/** An adapter that is told by its SDK what it should be, and tells the renewer something else. */
function sinkMutant(change: (sink: SessionSink) => Partial<SessionSink>): Mutate {
  return ({ attach }) => ({ attach: (sink) => attach({ ...sink, ...change(sink) }) })
}

const never = () => new AbortController().signal

// Each is a mistake that the author of an adapter can make.
const MUTANTS: Readonly<Record<string, Mutate>> = {
  'joins with a token of its own': ({ join }) => ({
    join: (request) => join({ ...request, token: '007mine' }),
  }),
  'does not say which user has joined': ({ scope }) => ({
    scope: () => ({ ...scope(), user: undefined }),
  }),
  'joins as no user': ({ join }) => ({
    join: async (request) => void (await join(request)) as never,
  }),
  'is online before it has joined': ({ link }) => ({
    link: () => (link() === 'down' ? 'online' : link()),
  }),
  'swallows a refusal to join': ({ join }) => ({
    join: (request) => join(request).catch(() => 4711),
  }),
  'joins once in its life': ({ join }) => {
    let times = 0
    return { join: async (request) => (times++ === 0 ? join(request) : 4711) }
  },
  'does not undo a join': ({ join }) => ({
    join: (request) => join({ ...request, signal: never() }),
  }),
  'hands no token over': () => ({ renew: async () => {} }),
  'hands tokens over twice': ({ renew }) => ({
    renew: async (token) => {
      await renew(token)
      await renew(token)
    },
  }),
  'does not wait until the token is taken': ({ renew }) => ({
    renew: async (token) => void renew(token).catch(() => {}),
  }),
  'swallows a refusal of a token': ({ renew }) => ({
    renew: (token) => renew(token).catch(() => {}),
  }),
  'renews by itself when warned': ({ attach, renew }) => ({
    attach: (sink) =>
      attach({
        ...sink,
        willExpire() {
          sink.willExpire()
          void renew('007mine').catch(() => {})
        },
      }),
  }),
  'is deaf to warnings': sinkMutant(() => ({ willExpire() {} })),
  'is deaf to the end of a token': sinkMutant(() => ({ expired() {} })),
  'takes the end of a token for giving up': sinkMutant((sink) => ({
    expired: () => sink.ended('lost'),
  })),
  'takes a warning for the end': sinkMutant((sink) => ({ willExpire: () => sink.expired() })),
  'says nothing of the line': sinkMutant(() => ({ linkChanged() {} })),
  'is always online': () => ({ link: () => 'online' }),
  'is down while the SDK reconnects': ({ link }) => ({
    link: () => (link() === 'online' ? 'online' : 'down'),
  }),
  'says nothing of the end': sinkMutant(() => ({ ended() {} })),
  'takes every end for leaving': sinkMutant((sink) => ({ ended: () => sink.ended('left') })),
  'takes leaving for giving up': sinkMutant((sink) => ({ ended: () => sink.ended('lost') })),
  'takes every end for the end of the token': sinkMutant((sink) => ({
    ended: () => sink.expired(),
  })),
  'takes its own leaving for the user’s': ({ attach, rejoin }) => {
    let sink: SessionSink | undefined
    return {
      attach: (to) => attach((sink = to)),
      rejoin: async (request) => {
        sink?.ended('left')
        return rejoin(request)
      },
    }
  },
  'comes back as another user': ({ scope, rejoin }, client) => ({
    rejoin: async (request) => {
      await rejoin(request)
      client.uid = 7
      return scope().user === 7 ? 4711 : 7
    },
  }),
  'comes back with the token of before': ({ join, rejoin }) => {
    let first = ''
    return {
      join: (request) => join({ ...request, token: (first = request.token) }),
      rejoin: (request) => rejoin({ ...request, token: first }),
    }
  },
  'does not leave before it comes back': (_, client) => ({
    rejoin: ({ token, user }) => client.join('a', 'room', token, user ?? 4711),
  }),
  'comes back twice': ({ rejoin }) => ({
    rejoin: async (request) => {
      await rejoin(request)
      return rejoin(request)
    },
  }),
  'comes back once in its life': ({ rejoin }) => {
    let times = 0
    return { rejoin: (request) => (times++ === 0 ? rejoin(request) : new Promise(() => {})) }
  },
  'swallows a refused rejoin': ({ rejoin }) => ({
    rejoin: (request) => rejoin(request).catch(() => 4711),
  }),
  'does not undo the way back': ({ rejoin }) => ({
    rejoin: (request) => rejoin({ ...request, signal: never() }),
  }),
  'publishes nothing': () => ({ republish: () => [] }),
  'publishes everything twice': ({ republish }, client) => ({
    republish: () => [
      ...republish(),
      async () => client.localTracks.map((track) => client.publish(track)),
    ],
  }),
  'does not leave': () => ({ leave: async () => {} }),
  'leaves its listeners behind': ({ attach }) => ({
    attach: (sink) => {
      attach(sink)
      return () => {}
    },
  }),
  'leaves a listener behind, deaf': ({ attach }, client) => ({
    attach: (sink) => {
      client.on('exception', () => {})
      return attach(sink)
    },
  }),
  'listens once in its life': ({ attach }) => {
    let times = 0
    return { attach: (sink) => (times++ < 2 ? attach(sink) : () => {}) }
  },
  'throws into the SDK': sinkMutant((sink) => ({
    expired() {
      sink.expired()
      throw new Error('from an adapter')
    },
  })),
  'has the token in its errors': ({ renew }) => ({
    renew: (token) =>
      renew(token).catch((error: unknown) => {
        throw new Error('refused', { cause: { error, token } })
      }),
  }),
  'has the token in a notice': ({ attach, rejoin }) => {
    let sink: SessionSink | undefined
    return {
      attach: (to) => attach((sink = to)),
      rejoin: async (request) => {
        sink?.notice({ code: 'RESUBSCRIBE_NEEDED', message: `again, with ${request.token}` })
        return rejoin(request)
      },
    }
  },
}

describe('the adapter contract with rtcNg', () => {
  for (const check of adapterContract(make)) it(check.name, check.run)
})

describe('the adapter contract', () => {
  const failing = new Set<string>()

  it.each(Object.keys(MUTANTS))('catches an adapter that %s', async (name) => {
    const failures = await failuresOf(MUTANTS[name]!)
    for (const failure of failures) failing.add(failure)
    expect(failures.length, 'checks that fail').toBeGreaterThan(0)
  })

  it('has no check that nothing fails', () => {
    const { driver } = make()
    const run = adapterContract(make).filter(({ needs }) => needs.every((it) => it in driver))
    expect(run.map(({ name }) => name).filter((name) => !failing.has(name))).toEqual([])
  })
})

async function failuresOf(mutate: Mutate): Promise<readonly string[]> {
  const failures: string[] = []
  const mutant = () => {
    const { adapter, driver, client } = make()
    return { adapter: { ...adapter, ...mutate(adapter, client) }, driver }
  }
  for (const { name, run } of adapterContract(mutant)) {
    await run().catch(() => failures.push(name))
  }
  return failures
}
