import { describe, expect, it } from 'vitest'

import { NEAR_MISSES } from '../../test/attacks/page-attacks.ts'
import { testEndpoint, tokenRequest } from '../../test/support/token-endpoint.ts'
import { type CorsOptions, createCors } from './cors.ts'

const APP = 'https://app.example'
const LISTED: CorsOptions = { origins: [APP, 'http://localhost:5173'] }

function from(origin: string, headers: Record<string, string> = {}): Request {
  return new Request('http://localhost/v1/tokens', { headers: { origin, ...headers } })
}

describe('createCors', () => {
  it.each([
    'app.example',
    'https://app.example/',
    'https://APP.example',
    'https://app.example:443',
    'https://*.example',
    'https://app.*',
    '',
  ])('refuses to be made for %s, which no browser sends', (origin) => {
    expect(() => createCors({ origins: [origin] })).toThrow(TypeError)
  })

  it.each<[string, unknown]>([
    ['null', { origins: ['null'] }],
    ['a number', { origins: [7] }],
    ['text in place of a list', { origins: APP }],
    ['every page with cookies', { origins: ['*'], credentials: true }],
    ['every page and one more', { origins: ['*', APP] }],
  ])('refuses to be made for %s', (_name, options) => {
    expect(() => createCors(options as CorsOptions)).toThrow(TypeError)
  })

  it.each<[string, object]>([
    ['credentials: boolean expected, got string', { credentials: 'false' }],
    ['credentials: boolean expected, got 1', { credentials: 1 }],
    ['credentials: boolean expected, got null', { credentials: null }],
    ['maxAgeSeconds: integer 0 to 86400 expected, got string', { maxAgeSeconds: 'x\r\ny: 1' }],
    ['maxAgeSeconds: integer 0 to 86400 expected, got -1', { maxAgeSeconds: -1 }],
    ['maxAgeSeconds: integer 0 to 86400 expected, got 0.5', { maxAgeSeconds: 0.5 }],
    ['maxAgeSeconds: integer 0 to 86400 expected, got NaN', { maxAgeSeconds: Number.NaN }],
    ['maxAgeSeconds: integer 0 to 86400 expected, got 86401', { maxAgeSeconds: 86_401 }],
  ])('says cors.%s', (message, members) => {
    const start = (): unknown => createCors({ ...LISTED, ...members })
    expect(start).toThrow(new TypeError(`cors.${message}`))
  })

  const names = 'allowHeaders: names of headers expected, such as apikey'
  const alone = "allowHeaders: '*' expected alone and without credentials"

  it.each<[string, object]>([
    ['allowHeaders: a list expected', { allowHeaders: 'apikey' }],
    ['allowHeaders: a list expected', { allowHeaders: null }],
    [names, { allowHeaders: [''] }],
    [names, { allowHeaders: ['apikey, x-client-info'] }],
    [names, { allowHeaders: ['apikey:'] }],
    [names, { allowHeaders: ['apikey\r\nset-cookie: a=b'] }],
    [names, { allowHeaders: ['x-clé'] }],
    [names, { allowHeaders: ['x-*'] }],
    [names, { allowHeaders: ['apikey', 7] }],
    [alone, { allowHeaders: ['*'], credentials: true }],
    [alone, { allowHeaders: ['apikey', '*'] }],
    [alone, { allowHeaders: ['*', '*'] }],
  ])('says cors.%s', (message, members) => {
    const start = (): unknown => createCors({ ...LISTED, ...members })
    expect(start).toThrow(new TypeError(`cors.${message}`))
  })

  it.each([
    [[], ''],
    [['apikey', 'X-Client-Info'], ', apikey, x-client-info'],
    [['Authorization', 'apikey', 'APIKEY'], ', apikey'],
    [['*'], ', *'],
  ])('lets a page send %o beside what it always may', (allowHeaders, more) => {
    const { headers } = createCors({ ...LISTED, allowHeaders }).preflight(from(APP), 'POST')
    const always = 'authorization, content-type, x-request-id'
    expect(headers).toHaveProperty('access-control-allow-headers', always + more)
  })

  it.each([0, 86_400])('takes %i seconds', (maxAgeSeconds) => {
    const { headers } = createCors({ ...LISTED, maxAgeSeconds }).preflight(from(APP), 'POST')
    expect(headers).toHaveProperty('access-control-max-age', String(maxAgeSeconds))
  })

  it('lets a listed page read the reply, and says what it may read', () => {
    expect(createCors(LISTED).headersFor(from(APP))).toEqual({
      'access-control-allow-origin': APP,
      'access-control-expose-headers': 'RateLimit, RateLimit-Policy, Retry-After, X-Request-Id',
    })
  })

  it.each(NEAR_MISSES)('lets no page of "%s" read anything', (origin) => {
    expect(createCors({ ...LISTED, credentials: true }).headersFor(from(origin))).toEqual({})
  })

  it('says nothing where no page asks', () => {
    const nobody = new Request('http://localhost/')
    expect(createCors({ origins: () => true }).headersFor(nobody)).toEqual({})
    expect(createCors().headersFor(from(APP))).toEqual({})
  })

  it('lets a listed page send cookies where that is wanted', () => {
    const cors = createCors({ ...LISTED, credentials: true })
    expect(cors.headersFor(from(APP))).toHaveProperty('access-control-allow-credentials', 'true')
  })

  it('asks a function about the origin as it came', () => {
    const cors = createCors({ origins: (origin) => origin.endsWith('.app.example') })
    expect(cors.headersFor(from('https://a.app.example'))).toHaveProperty(
      'access-control-allow-origin',
    )
    expect(cors.headersFor(from('https://app.example'))).toEqual({})
  })

  it.each<[string, unknown]>([
    ['a promise of no', async () => false],
    ['a text', () => 'no'],
  ])('takes %s for no answer', (_name, origins) => {
    const cors = createCors({ origins: origins as () => boolean })
    expect(cors.headersFor(from(APP))).toEqual({})
  })

  it('refuses cookies that a foreign page sends along', () => {
    const cors = createCors(LISTED)
    const foreign = { cookie: 'sid=1', 'sec-fetch-site': 'cross-site' }
    const forbidden = expect.objectContaining({ code: 'forbidden' }) as Error
    expect(() => cors.refuseForeignPage(from('https://evil.example', foreign))).toThrow(forbidden)
    expect(() => cors.refuseForeignPage(from(APP, foreign))).not.toThrow()
    expect(() =>
      cors.refuseForeignPage(from('https://evil.example', { 'sec-fetch-site': 'cross-site' })),
    ).not.toThrow()
    expect(() =>
      cors.refuseForeignPage(from(APP, { cookie: 'sid=1', 'sec-fetch-site': 'same-site' })),
    ).not.toThrow()
  })
})

describe('a preflight', () => {
  const preflight = { method: 'OPTIONS', headers: { origin: APP, authorization: '' } }

  it('is answered before the caller is authenticated', async () => {
    const { handler } = testEndpoint({ cors: { ...LISTED, maxAgeSeconds: 60 } })
    const { status, headers, body } = await handler.respond(tokenRequest('', preflight))
    expect({ status, body }).toEqual({ status: 204, body: '' })
    expect(headers).toMatchObject({
      'access-control-allow-origin': APP,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization, content-type, x-request-id',
      'access-control-max-age': '60',
      vary: 'Origin',
    })
  })

  it('becomes a response without a body', async () => {
    const { handler } = testEndpoint({ cors: LISTED })
    const response = await handler.fetch(tokenRequest('', preflight))
    expect(response.status).toBe(204)
    expect(response.body).toBeNull()
  })

  it('tells a page that is not listed nothing', async () => {
    const { handler } = testEndpoint({ cors: LISTED })
    const request = tokenRequest('', { method: 'OPTIONS', headers: { origin: 'null' } })
    const { status, headers } = await handler.respond(request)
    expect(status).toBe(204)
    expect(headers).toEqual({ vary: 'Origin' })
  })

  it('is counted by address', async () => {
    const consume = () => ({
      ok: false,
      name: 'ip',
      limit: 1,
      remaining: 0,
      resetIn: 9,
      window: 60,
    })
    const { handler } = testEndpoint({ cors: LISTED, limits: { perIp: { consume } } })
    const reply = await handler.respond(tokenRequest('', preflight), { ip: '203.0.113.7' })
    expect(reply.status).toBe(429)
    expect(reply.headers).toHaveProperty('access-control-allow-origin', APP)
  })

  it('is no more than another method where no page is listed', async () => {
    const { status } = await testEndpoint().handler.respond(tokenRequest('', preflight))
    expect(status).toBe(405)
  })
})

describe('a reply to a page', () => {
  it.each(['Bearer alice', ''])('can be read there, a refusal too (%s)', async (authorization) => {
    const { handler } = testEndpoint({ cors: LISTED })
    const request = tokenRequest(undefined, { headers: { origin: APP, authorization } })
    const { headers } = await handler.respond(request)
    expect(headers).toMatchObject({
      'access-control-allow-origin': APP,
      vary: 'Origin, Authorization, Cookie',
    })
  })

  it('is a problem document when the function that knows the origins throws', async () => {
    const origins = (): boolean => {
      throw new Error('no list today')
    }
    const { handler } = testEndpoint({ cors: { origins } })
    const request = tokenRequest(undefined, { headers: { origin: APP } })
    expect((await handler.respond(request)).status).toBe(500)
  })
})
