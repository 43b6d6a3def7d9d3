import { describe, expect, it, vi } from 'vitest'

import { PROJECT, type User } from '../../test/support/token-endpoint.ts'
import { jsonReply } from '../http/reply.ts'
import { memoryLimiter } from '../limit/memory-limiter.ts'
import { checkOptions } from '../options/resolve-options.ts'
import { deny } from '../policy/policy.ts'
import { answer } from './answer.ts'
import type { Endpoint } from './endpoint.ts'

const HEADERS = { 'content-type': 'application/json', authorization: 'Bearer alice' }
const FOREIGN = { cookie: 'session=1', 'sec-fetch-site': 'cross-site' }

/** A handler whose only endpoint names nothing but what it has to. */
function handlerWith(change: Partial<Endpoint<User>> = {}) {
  const authenticate = vi.fn((request: Request) =>
    request.headers.get('authorization') === 'Bearer alice' ? { id: 'alice' } : null,
  )
  const settings = checkOptions<User>({
    project: PROJECT,
    authenticate,
    authorize: () => deny(),
    limits: { perIp: memoryLimiter({ name: 'ip', limit: 1, windowSeconds: 60 }) },
  })
  const reply = vi.fn(({ requestId }: { requestId: string }) => jsonReply({}, requestId))
  const endpoint = { name: 'new', methods: ['POST', 'GET'], answer: reply, ...change }
  const routes = [{ path: '/new', endpoint: endpoint as Endpoint<User> }]
  const life = { isDraining: false, isClosed: false }
  const send = async (headers: Record<string, string>, body = '{}', method = 'POST') => {
    const init = method === 'GET' ? { method, headers } : { method, headers, body }
    const context = { ip: '192.0.2.1' }
    const request = new Request('http://localhost/new', init)
    const { status } = await answer({ settings, routes, life }, request, context)
    return status
  }
  return { send, reply, authenticate }
}

describe('an endpoint that names nothing', () => {
  it.each([
    ['a caller who is not recognised', 401, { ...HEADERS, authorization: 'Bearer bob' }, '{}'],
    ['a foreign page with the cookies of its visitor', 403, { ...HEADERS, ...FOREIGN }, '{}'],
    ['a body of another media type', 415, { ...HEADERS, 'content-type': 'text/plain' }, '{}'],
    ['a body that is too large', 413, HEADERS, `"${'x'.repeat(9000)}"`],
  ])('is protected from %s', async (_, status, headers, body) => {
    const { send, reply } = handlerWith()
    expect(await send(headers, body)).toBe(status)
    expect(reply).not.toHaveBeenCalled()
  })

  it('is protected from a GET of a foreign page', async () => {
    expect(await handlerWith().send({ ...HEADERS, ...FOREIGN }, '', 'GET')).toBe(403)
  })

  it('is protected from callers above the limit', async () => {
    const { send, reply } = handlerWith()
    expect([await send(HEADERS), await send(HEADERS)]).toEqual([200, 429])
    expect(reply).toHaveBeenCalledTimes(1)
  })

  it('gets the subject and the body', async () => {
    const { send, reply } = handlerWith()
    await send(HEADERS, '{"a":1}')
    const [, , received]: unknown[] = reply.mock.calls[0]!
    expect(received).toMatchObject({ subject: { id: 'alice' } })
    expect((received as { json: () => unknown }).json()).toEqual({ a: 1 })
  })
})

describe('the order of the checks', () => {
  it('refuses foreign pages and media types before it counts', async () => {
    const { send } = handlerWith()
    await send({ ...HEADERS, ...FOREIGN })
    await send({ ...HEADERS, 'content-type': 'text/plain' })
    expect(await send(HEADERS)).toBe(200)
  })

  it('counts before it asks the authenticator, and reads the body before too', async () => {
    const { send, authenticate } = handlerWith()
    expect(await send(HEADERS, `"${'x'.repeat(9000)}"`)).toBe(413)
    expect(await send(HEADERS)).toBe(429)
    expect(authenticate).not.toHaveBeenCalled()
  })

  it('asks no authenticator for what is open', async () => {
    const { send, authenticate } = handlerWith({ access: 'open' })
    expect([await send({}), await send({})]).toEqual([200, 200])
    expect(authenticate).not.toHaveBeenCalled()
  })

  it('counts what is open within the limit by address', async () => {
    const { send } = handlerWith({ access: 'counted' })
    expect([await send({}), await send({})]).toEqual([200, 429])
  })
})
