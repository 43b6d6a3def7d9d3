import { describe, expect, it } from 'vitest'

import { testEndpoint, tokenRequest } from '../../test/support/token-endpoint.ts'
import { memoryLimiter } from '../limit/memory-limiter.ts'
import { unsafeAllowEveryone } from '../policy/unsafe-allow-everyone.ts'

describe('the headers of a reply', () => {
  it('say how long each step took, where that is wanted', async () => {
    const { handler } = testEndpoint({ serverTiming: true })
    const timing = (await handler.respond(tokenRequest())).headers['server-timing']
    expect(timing).toMatch(/^authenticate;dur=[\d.]+, authorize;dur=[\d.]+, sign;dur=[\d.]+$/)
  })

  it('say only the steps that were reached', async () => {
    const { handler } = testEndpoint({ serverTiming: true })
    const request = tokenRequest(undefined, { headers: { authorization: '' } })
    expect((await handler.respond(request)).headers['server-timing']).toMatch(
      /^authenticate;dur=[\d.]+$/,
    )
  })

  it('say nothing of time where that is not wanted', async () => {
    const { headers } = await testEndpoint().handler.respond(tokenRequest())
    expect(headers).not.toHaveProperty('server-timing')
  })

  it('say on every reply that everyone gets a token', async () => {
    const unsafe = testEndpoint(unsafeAllowEveryone({ warn: () => undefined })).handler
    const missing = tokenRequest(undefined, { path: '/nowhere' })
    for (const request of [tokenRequest(), tokenRequest('{'), missing]) {
      const { headers } = await unsafe.respond(request.clone())
      expect(headers['x-rtc-token-unsafe']).toBe('allow-everyone')
      const safe = await testEndpoint().handler.respond(request)
      expect(safe.headers).not.toHaveProperty('x-rtc-token-unsafe')
    }
  })

  it('say what is left of every limit, in the order of asking', async () => {
    const limiter = (name: string) => memoryLimiter({ name, limit: 2, windowSeconds: 60 })
    const limits = { perIp: limiter('ip'), perSubject: limiter('who'), perChannel: limiter('room') }
    const { handler } = testEndpoint({ limits })
    const { headers } = await handler.respond(tokenRequest(), { ip: '203.0.113.7' })
    expect(headers).toMatchObject({
      ratelimit: '"ip";r=1;t=60, "who";r=1;t=60, "room";r=1;t=60',
      'ratelimit-policy': '"ip";q=2;w=60, "who";q=2;w=60, "room";q=2;w=60',
    })
  })

  it('say above a limit when to come back', async () => {
    const perSubject = memoryLimiter({ name: 'who', limit: 1, windowSeconds: 60 })
    const { handler } = testEndpoint({ limits: { perSubject } })
    await handler.respond(tokenRequest())
    const { status, headers } = await handler.respond(tokenRequest())
    expect(status).toBe(429)
    expect(headers).toMatchObject({ 'retry-after': '60', ratelimit: '"who";r=0;t=60' })
  })

  it('let no cache reuse a reply without asking again', async () => {
    const { handler } = testEndpoint({ health: true })
    for (const path of ['/v1/tokens', '/nowhere', '/healthz', '/v1/openapi.json']) {
      for (const method of ['GET', 'POST']) {
        const { headers } = await handler.respond(tokenRequest(undefined, { path, method }))
        const isContract = path === '/v1/openapi.json' && method === 'GET'
        expect(headers).toMatchObject({
          'cache-control': isContract ? 'no-cache' : 'no-store',
          'x-content-type-options': 'nosniff',
        })
      }
    }
  })
})
