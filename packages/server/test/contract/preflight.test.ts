import { describe, expect, it } from 'vitest'

import { testEndpoint, tokenRequest } from '../support/token-endpoint.ts'
import { EVERYTHING_OPEN } from './everything-open.ts'
import { readDocument } from './read-document.ts'

const PAGE = 'https://app.example.com'
const CORS = { cors: { origins: [PAGE], credentials: true } }
const ALLOWED = {
  'access-control-allow-credentials': 'true',
  'access-control-allow-origin': PAGE,
  'access-control-expose-headers': 'RateLimit, RateLimit-Policy, Retry-After, X-Request-Id',
}
const { handler } = testEndpoint({ ...EVERYTHING_OPEN, ...CORS })
const { paths } = readDocument(handler)

async function ask(method: string, path: string, origin = PAGE): Promise<Response> {
  return handler.fetch(
    new Request(`http://localhost${path}`, {
      method,
      headers: { origin, 'access-control-request-method': 'POST' },
    }),
  )
}

describe('a preflight', () => {
  const methodsByPath = Object.entries(paths).map(
    ([path, item]) => [path, Object.keys(item).filter((name) => name !== 'parameters')] as const,
  )

  it.each(methodsByPath)(
    'of a listed page allows the documented methods of %s',
    async (path, methods) => {
      const response = await ask('OPTIONS', path)
      expect(response.status).toBe(204)
      expect(await response.text()).toBe('')
      const allowed = response.headers.get('access-control-allow-methods')?.split(', ') ?? []
      expect(allowed.filter((name) => name !== 'HEAD')).toEqual(
        methods.map((name) => name.toUpperCase()),
      )
    },
  )

  it('of a listed page has these headers', async () => {
    const { headers } = await ask('OPTIONS', '/v1/tokens')
    expect(Object.fromEntries(headers)).toEqual({
      ...ALLOWED,
      'access-control-allow-headers': 'authorization, content-type, x-request-id',
      'access-control-allow-methods': 'POST',
      'access-control-max-age': '600',
      vary: 'Origin',
    })
  })

  it.each(methodsByPath)('of a page of Supabase allows its headers for %s', async (path) => {
    const cors = { origins: [PAGE], allowHeaders: ['apikey', 'x-client-info'] }
    const open = testEndpoint({ ...EVERYTHING_OPEN, cors }).handler
    const headers = { origin: PAGE, 'access-control-request-headers': 'apikey,x-client-info' }
    const request = new Request(`http://localhost${path}`, { method: 'OPTIONS', headers })
    expect((await open.fetch(request)).headers.get('access-control-allow-headers')).toBe(
      'authorization, content-type, x-request-id, apikey, x-client-info',
    )
  })

  it('of another page allows nothing', async () => {
    const response = await ask('OPTIONS', '/v1/tokens', 'https://app.example.com.evil.example')
    expect(response.status).toBe(204)
    expect(Object.fromEntries(response.headers)).toEqual({ vary: 'Origin' })
  })

  it('of a path that leads nowhere is a problem that the page can read', async () => {
    const response = await ask('OPTIONS', '/v2/tokens')
    expect(response.status).toBe(404)
    expect(Object.fromEntries(response.headers)).toMatchObject(ALLOWED)
  })
})

describe('a listed page', () => {
  it.each([
    ['a token', tokenRequest(undefined, { headers: { origin: PAGE } }), 200],
    ['a refusal', tokenRequest({}, { headers: { origin: PAGE } }), 400],
    ['another method', tokenRequest({}, { headers: { origin: PAGE }, method: 'PUT' }), 405],
  ])('can read %s', async (_reply, request, status) => {
    const response = await handler.fetch(request)
    expect(response.status).toBe(status)
    expect(Object.fromEntries(response.headers)).toMatchObject(ALLOWED)
  })
})

describe('a rule for origins that throws', () => {
  it('is answered with internal_error and allows no page', async () => {
    const origins = (): boolean => {
      throw new Error('the list is gone')
    }
    const { handler } = testEndpoint({ cors: { origins } })
    const response = await handler.fetch(tokenRequest(undefined, { headers: { origin: PAGE } }))
    expect(response.status).toBe(500)
    expect(response.headers.has('access-control-allow-origin')).toBe(false)
  })
})

describe('Server-Timing', () => {
  it('is absent where no step was taken', async () => {
    const { handler } = testEndpoint({ serverTiming: true })
    const response = await handler.fetch(tokenRequest(undefined, { method: 'GET' }))
    expect(response.headers.has('server-timing')).toBe(false)
  })
})
