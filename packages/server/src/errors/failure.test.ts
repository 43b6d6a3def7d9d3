import { afterEach, describe, expect, it, vi } from 'vitest'

import {
  expectProblem,
  PROJECT,
  testEndpoint,
  tokenRequest,
} from '../../test/support/token-endpoint.ts'
import { AuthenticatorUnavailable } from './refusal.ts'
import { memoryLimiter } from '../limit/memory-limiter.ts'
import { allow } from '../policy/policy.ts'
import { createTokenHandler } from '../token-handler.ts'

describe('a hook that fails', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  const error = new Error('postgres://app:hunter2@db/rooms is down')
  const fails = (): never => {
    throw error
  }

  it('is also a limit by address that no address comes to', async () => {
    const perIp = memoryLimiter({ name: 'ip', limit: 1, windowSeconds: 60 })
    const { handler, failures } = testEndpoint({ limits: { perIp } })
    await handler.respond(tokenRequest(), { ip: '203.0.113.7' })
    expect(failures).toEqual([])
    await handler.respond(tokenRequest())
    expect(failures).toMatchObject([{ error: { message: expect.stringContaining('perIp') } }])
  })

  it.each([
    ['authenticate throws', { authenticate: fails }],
    ['authenticate rejects', { authenticate: async () => fails() }],
    ['authorize throws', { authorize: fails }],
    ['authorize rejects', { authorize: async () => fails() }],
  ])('gives 500 without detail, and the error to onError, when %s', async (_name, hook) => {
    const { handler, failures } = testEndpoint(hook)
    const problem = await expectProblem(handler, tokenRequest(), 'internal_error')
    expect(problem).not.toHaveProperty('detail')
    expect(JSON.stringify(problem)).not.toContain('hunter2')
    expect(failures).toEqual([{ error, requestId: problem.requestId }])
  })

  it('gives 500 when the grant is for another channel than the wish', async () => {
    const { handler, failures } = testEndpoint({ authorize: () => allow({ channel: 'room-43' }) })
    const problem = await expectProblem(handler, tokenRequest(), 'internal_error')
    expect(problem).not.toHaveProperty('detail')
    expect(failures).toHaveLength(1)
  })

  it.each(['authenticate', 'authorize'])('gives 503 when %s never answers', async (hook) => {
    vi.useFakeTimers()
    const { handler, failures } = testEndpoint({
      [hook]: () => new Promise(() => {}),
      timeoutMs: 70,
    })
    const answer = handler.respond(tokenRequest())
    await vi.advanceTimersByTimeAsync(70)
    const { status, headers, body } = await answer
    expect(status).toBe(503)
    expect(headers['retry-after']).toBe('1')
    expect(JSON.parse(body)).toMatchObject({
      code: 'policy_timeout',
      retryable: true,
      retryAfter: 1,
    })
    expect(failures[0]?.error).toEqual(new Error(`${hook} did not answer within 70 ms`))
  })

  it('gives 503, and the error to onError, while no caller can be authenticated', async () => {
    const away = new AuthenticatorUnavailable('no key set')
    const { handler, failures } = testEndpoint({ authenticate: () => Promise.reject(away) })
    const { requestId } = await expectProblem(handler, tokenRequest(), 'authenticator_unavailable')
    expect(failures).toEqual([{ error: away, requestId }])
  })

  it('is no failure when the caller has gone', async () => {
    const caller = new AbortController()
    const { handler, failures } = testEndpoint({
      authorize: ({ signal }) => {
        caller.abort()
        signal.throwIfAborted()
        return allow()
      },
    })
    const request = new Request(tokenRequest(), { signal: caller.signal })
    expect((await handler.respond(request)).status).toBe(500)
    expect(failures).toEqual([])
  })

  it.each([
    ['throws', fails],
    ['rejects', async () => fails()],
  ])('is answered even when onError %s', async (_name, onError) => {
    const { handler } = testEndpoint({ authorize: fails, onError })
    await expectProblem(handler, tokenRequest(), 'internal_error')
  })

  it('is printed when there is no onError', async () => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => {})
    const options = { project: PROJECT, authenticate: () => 'alice', authorize: fails }
    await createTokenHandler(options).respond(tokenRequest())
    expect(print).toHaveBeenCalledWith(expect.stringContaining('[rtc-token] request '), error)
    print.mockRestore()
  })

  it('is printed without an empty id when it belongs to no request', async () => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => {})
    const perIp = memoryLimiter({ name: 'ip', limit: 1, windowSeconds: 60 })
    const options = { project: PROJECT, authenticate: () => 'alice', authorize: () => allow() }
    await createTokenHandler({ ...options, limits: { perIp } }).respond(tokenRequest())
    expect(print.mock.calls).toEqual([['[rtc-token]:', expect.any(Error)]])
    print.mockRestore()
  })
})
