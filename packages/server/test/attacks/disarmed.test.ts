import type { TokenReply } from '@rtc-token/core/contract'
import { describe, expect, it } from 'vitest'

import { memoryLimiter } from '../../src/limit/memory-limiter.ts'
import { type AttackOptions, post } from './attack.ts'
import { attackedEndpoint, TARGET, toRequest } from './attacked-endpoint.ts'

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

  it('is a guesser, who is counted before anybody looks at the guess', async () => {
    const perIp = memoryLimiter({ name: 'ip', limit: 5, windowSeconds: 60 })
    const { send, signatures } = attackedEndpoint({ limits: { perIp } })
    const guess = (n: number) => send(post(WISH, { headers: { authorization: `Bearer ${n}` } }))
    const replies = await Promise.all(Array.from({ length: 50 }, (_, n) => guess(n)))
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(5)
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(45)
    expect(signatures()).toBe(0)
  })
})
