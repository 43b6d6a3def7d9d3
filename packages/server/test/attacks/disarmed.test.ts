import { readWithAgoraToken } from '@rtc-token/agora-oracle'
import { rtc } from '@rtc-token/core'
import type { TokenReply } from '@rtc-token/core/contract'
import { describe, expect, it } from 'vitest'

import { memoryLimiter } from '../../src/limit/memory-limiter.ts'
import { type AttackOptions, get, post } from './attack.ts'
import { attackedEndpoint, TARGET, toRequest } from './attacked-endpoint.ts'
import { stolenFrom } from './stolen-tokens.ts'

const { authorization } = TARGET
const WISH = { channel: 'room-42', uid: 1234 }

async function sent(body: unknown, { path, headers }: AttackOptions = {}) {
  const { send, signatures, output } = attackedEndpoint()
  const options = { headers: { authorization, ...headers }, ...(path ? { path } : {}) }
  const reply = await send(post(body, options))
  return { ...reply, json: JSON.parse(reply.body) as TokenReply, signatures, output }
}

// What cannot be refused, since it is also sent in good faith, and must change nothing.
describe('an attack that gets its own token and nothing else', () => {
  it.each([
    ['a role in the query', WISH, '/v1/tokens?role=publisher&channel=*&uid=0&ttl=86400'],
    ['a role in the fragment', WISH, '/v1/tokens#?role=publisher'],
    ['a path from above', WISH, '/x/../v1/tokens'],
    ['a path with another host', WISH, '//evil.example/v1/tokens'],
    ['another endpoint in the query', WISH, '/v1/tokens?/v1/tokens/inspect'],
    ['a second uid, which counts', '{"channel":"room-42","uid":1,"uid":1234}', '/v1/tokens'],
    [
      'params that name another wish',
      { ...WISH, params: { role: 'publisher', uid: 0 } },
      '/v1/tokens',
    ],
  ])('is %s', async (_name, body, path) => {
    const { status, json, signatures } = await sent(body, { path })
    expect(status).toBe(200)
    expect(json).toMatchObject({ ...WISH, role: 'subscriber', expiresIn: 3600 })
    expect(signatures()).toBe(1)
  })

  it.each([
    [
      'of data only, to publish all',
      { joinChannel: 3600, publishDataStream: 3600 },
      { 1: 3600, 4: 3600 },
    ],
    [
      'of publishing that ends soon, for an hour of it',
      { joinChannel: 3600, publishAudioStream: 90 },
      { 1: 3600, 2: 90 },
    ],
  ] as const)('is a renewal %s', async (_name, privileges, signed) => {
    const previousToken = stolenFrom(TARGET).mint({ services: [rtc({ ...WISH, privileges })] })
    const { status, json } = await sent({ previousToken, role: 'publisher' })
    expect(status).toBe(200)
    const [service] = readWithAgoraToken(json.token, TARGET.appCertificate).services
    expect(service!.privileges).toEqual(signed)
  })

  it.each([
    ['too long', 'a'.repeat(65)],
    ['with a quote', '"}{"'],
    ['that forges a line of the log', 'a%0a{"level":50}'],
    ['with a space', 'a b'],
    ['with markup', '<script>'],
    ['that is empty', ''],
  ])('is a request id %s, which is not taken over', async (_name, id) => {
    const { json, headers, output } = await sent(WISH, { headers: { 'x-request-id': id } })
    expect(json.requestId).toMatch(/^[0-9a-f-]{36}$/)
    expect(headers['x-request-id']).toBe(json.requestId)
    if (id) expect(output() + JSON.stringify(headers)).not.toContain(id)
  })

  it.each(['\r\nset-cookie: a=b', 'a\nb', 'a\0b', '💩'])(
    'is a header %j, of which a host makes no request',
    (id) => {
      const headers = { 'x-request-id': `a${id}` }
      expect(() => toRequest(post(WISH, { headers }))).toThrow(TypeError)
    },
  )

  it('is a page that may not read it', async () => {
    const origin = 'https://app.example.evil.example'
    const { status, headers } = await sent(WISH, { headers: { origin } })
    expect(status).toBe(200)
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    expect(headers['vary']).toContain('Origin')
  })

  it('is a caller of many addresses, who is counted as one', async () => {
    const perIp = memoryLimiter({ name: 'ip', limit: 2, windowSeconds: 60 })
    const { send } = attackedEndpoint({ limits: { perIp } })
    const statuses: number[] = []
    for (const last of [1, 2, 3]) {
      const address = `198.51.100.${last}`
      const forged = {
        'x-forwarded-for': address,
        'x-real-ip': address,
        'cf-connecting-ip': address,
      }
      statuses.push((await send(post(WISH, { headers: { authorization, ...forged } }))).status)
    }
    expect(statuses).toEqual([200, 200, 429])
  })

  it.each([
    post(WISH, {}),
    post({ token: 'caught' }, { path: '/v1/tokens/inspect' }),
    post({ tokenType: 'rtm', uid: '1234' }, { path: '/getToken' }),
    get('/rtc/room-42/subscriber/uid/1234'),
  ])('is a guesser at $path, who is counted before anybody looks at the guess', async (request) => {
    const perIp = memoryLimiter({ name: 'ip', limit: 5, windowSeconds: 60 })
    const { send, signatures } = attackedEndpoint({ limits: { perIp } })
    const guess = (n: number) =>
      send({ ...request, headers: { ...request.headers, authorization: `Bearer ${n}` } })
    const replies = await Promise.all(Array.from({ length: 50 }, (_, n) => guess(n)))
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(5)
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(45)
    expect(signatures()).toBe(0)
  })

  it.each(['perSubject', 'perChannel'])(
    'is a flood, of which a limit %s that answers later lets pass no more than it says',
    async (kind) => {
      const limiter = memoryLimiter({ name: 'flood', limit: 5, windowSeconds: 60 })
      const later = { consume: async (key: string) => limiter.consume(key) }
      const { send, signatures } = attackedEndpoint({ limits: { [kind]: later } })
      const request = post(WISH, { headers: { authorization } })
      const replies = await Promise.all(Array.from({ length: 50 }, () => send(request)))
      expect(replies.filter(({ status }) => status === 200)).toHaveLength(5)
      expect(replies.filter(({ status }) => status === 429)).toHaveLength(45)
      expect(signatures()).toBe(5)
    },
  )
})

describe('an inspection by support', () => {
  it('says of a zlib bomb that it is too large, and no more', async () => {
    const { send, events } = attackedEndpoint()
    const token = stolenFrom(TARGET).bomb
    const headers = { authorization: 'Bearer secret-of-support' }
    const { status, body } = await send(post({ token }, { path: '/v1/tokens/inspect', headers }))
    expect(status).toBe(200)
    expect(JSON.parse(body)).toMatchObject({
      kind: 'not-a-token',
      findings: [{ code: 'TOKEN_TOO_LARGE' }],
    })
    expect(body).not.toContain(token.slice(20, 50))
    expect(events).toEqual([])
  })
})
