import { describe, expect, it } from 'vitest'

import { findRoute, isHost, type Match, readTarget, type Route } from './routes.ts'

const ROUTES: readonly Route<string>[] = [
  { path: '/v1/tokens', endpoint: 'tokens' },
  { path: '/healthz', endpoint: 'health' },
  { path: '/rtc/:channel/:role/:kind/:user', endpoint: 'rtc' },
  { path: '/rtm/:user', endpoint: 'rtm' },
]

function found(path: string): Match<string> | undefined {
  return findRoute(ROUTES, readTarget(new URL(path, 'http://rtm/').href))
}

describe('findRoute', () => {
  it.each([
    '/v1/tokens',
    '/agora/v1/tokens',
    '/rtm/alice/v1/tokens',
    'http://rtm//v1/tokens',
    '/a/../v1/tokens',
    '/a/%2e%2e/v1/tokens',
    '/x\\v1\\tokens',
    '/v1/tokens?rtm/alice',
    '/v1/tokens#/healthz',
  ])('finds by the end of the path, at %s', (path) => {
    expect(found(path)).toMatchObject({ endpoint: 'tokens', values: [] })
  })

  it.each([
    '/',
    '/tokens',
    '/v1/tokens/',
    '/xv1/tokens',
    '/v1%2ftokens',
    '/healthz/x',
    '/nohealthz',
    '/?/v1/tokens',
    '/#/healthz',
    '/rtm',
    '/rtm/',
    '/xrtm/alice',
    '/rtc/a/b/c',
    '/RTM/alice',
  ])('finds nothing at %s', (path) => {
    expect(found(path)).toBeUndefined()
  })

  it.each([
    ['/rtm/alice', ['alice']],
    ['/rtm/alice/', ['alice']],
    ['/rtm//', ['']],
    ['/agora/rtm/alice?expiry=60', ['alice']],
    ['/rtm/a%20b', ['a b']],
    ['/rtm/a%2Fb', ['a/b']],
    ['/rtm/%252A', ['%2A']],
    ['/rtm/%F0%9F%92%A9', ['💩']],
  ])('reads the texts in %s', (path, values) => {
    expect(found(path)).toMatchObject({ endpoint: 'rtm', values })
  })

  it('reads every value in its place', () => {
    const values = ['room-42', 'publisher', 'uid', '7']
    expect(found('/v1/rtc/room-42/publisher/uid/7/')).toMatchObject({ endpoint: 'rtc', values })
  })

  it('turns a segment that is not escaped UTF-8 into one that every check refuses', () => {
    expect(found('/rtm/%FF')).toMatchObject({ endpoint: 'rtm', values: ['\u{fffd}'] })
  })

  it('takes the first of two that fit', () => {
    expect(found('/rtc/rtm/alice/uid/7')).toMatchObject({ endpoint: 'rtc' })
  })

  it('does not look at the host', () => {
    expect(findRoute(ROUTES, readTarget('http://rtm/alice'))).toBeUndefined()
    expect(findRoute(ROUTES, readTarget('http://v1/tokens'))).toBeUndefined()
  })
})

describe('isHost', () => {
  it.each(['room.example', 'room.example:443', '[::1]:80', '192.0.2.1'])(
    'accepts %s, also right after a host that is none',
    (host) => {
      expect([host, host, 'a/b', host].map(isHost)).toEqual([true, true, false, true])
    },
  )

  it.each(['', 'a/b', 'a b', 'user@room.example', 'room.example:port', '[::1', 'a:99999'])(
    'refuses %j each time, also right after one that is',
    (text) => {
      expect(['room.example', text, text].map(isHost)).toEqual([true, false, false])
    },
  )
})
