import { describe, expect, it, vi } from 'vitest'

import { testEndpoint, tokenRequest } from '../../test/support/token-endpoint.ts'
import { memoryLimiter } from '../limit/memory-limiter.ts'

const ask = (headers: Record<string, string> = {}, method = 'GET'): Request =>
  tokenRequest('', { path: '/v1/openapi.json', method, headers })

describe('GET /v1/openapi.json', () => {
  it('is written once', async () => {
    const { handler } = testEndpoint()
    const write = vi.spyOn(JSON, 'stringify')
    const replies = [await handler.respond(ask()), await handler.respond(ask())]
    const written = write.mock.calls.filter(([value]) => value === handler.openapi)
    write.mockRestore()
    expect(written).toHaveLength(1)
    expect(replies[1]?.body).toBe(replies[0]?.body)
    expect(JSON.parse(replies[0]!.body)).toEqual(handler.openapi)
  })

  it('may be kept, if the caller asks again whether it holds', async () => {
    const { handler } = testEndpoint()
    const { headers } = await handler.respond(ask())
    expect(headers).toMatchObject({
      'cache-control': 'no-cache',
      etag: expect.stringMatching(/^"[\da-f]{8}"$/),
    })
    const other = await testEndpoint({ services: ['rtc', 'rtm'] }).handler.respond(ask())
    expect(other.headers['etag']).not.toBe(headers['etag'])
  })

  it.each([
    ['%', 304],
    ['W/%', 304],
    ['"x", W/%', 304],
    ['*', 304],
    ['"x"', 200],
    ['', 200],
  ])('with If-None-Match: %s is answered with %i', async (held, status) => {
    const { handler } = testEndpoint()
    const { etag = '' } = (await handler.respond(ask())).headers
    for (const method of ['GET', 'HEAD']) {
      const request = ask({ 'if-none-match': held.replace('%', etag) }, method)
      const response = await handler.fetch(request)
      expect(response.status).toBe(status)
      expect(response.headers.get('etag')).toBe(etag)
      expect((await response.text()) === '').toBe(status === 304)
      expect(response.headers.has('content-type')).toBe(status === 200)
    }
  })

  it('is counted by address, with what is asked of the other endpoints', async () => {
    const perIp = memoryLimiter({ name: 'ip', limit: 2, windowSeconds: 60 })
    const { handler } = testEndpoint({ limits: { perIp } })
    const statusFor = async (request: Request, ip: string): Promise<number> =>
      (await handler.respond(request, { ip })).status
    expect(await statusFor(tokenRequest(), '203.0.113.7')).toBe(200)
    expect(await statusFor(ask(), '203.0.113.7')).toBe(200)
    expect(await statusFor(ask({ 'if-none-match': '*' }, 'HEAD'), '203.0.113.7')).toBe(429)
    expect(await statusFor(ask(), '203.0.113.8')).toBe(200)
  })
})
