import { describe, expect, it } from 'vitest'

import { testEndpoint, tokenRequest } from '../../test/support/token-endpoint.ts'

const OWN = 'https://app.example'
const FOREIGN = 'https://evil.example'
const { handler } = testEndpoint({
  compat: { routes: 'agora-token-service' },
  services: ['rtm'],
  authenticate: () => ({ id: 'alice' }),
  cors: { origins: [OWN], credentials: true },
})

const FORM = 'application/x-www-form-urlencoded'
const TYPES = [undefined, 'text/plain;charset=UTF-8', FORM, 'multipart/form-data; boundary=x']

async function post(headers: Record<string, string>, path = '/getToken'): Promise<number> {
  const body = new TextEncoder().encode('{"tokenType":"rtm","uid":"7"}')
  const request = tokenRequest(body, { path })
  for (const name of ['content-type', 'authorization']) request.headers.delete(name)
  for (const [name, value] of Object.entries(headers)) request.headers.set(name, value)
  return (await handler.respond(request)).status
}

function typed(type: string | undefined, headers: Record<string, string>): Record<string, string> {
  return type === undefined ? headers : { ...headers, 'content-type': type }
}

describe.each(TYPES)('a getToken of the media type %s', (type) => {
  it.each([
    ['a program', {}],
    ['a program with a bearer', { authorization: 'Bearer x' }],
    ['a program with a bearer in lower case', { authorization: 'bearer x' }],
    ['a listed page', { origin: OWN, 'sec-fetch-site': 'cross-site' }],
    ['a listed page in an old browser', { origin: OWN }],
    ['a page of the same origin', { origin: FOREIGN, 'sec-fetch-site': 'same-origin' }],
  ])('is answered to %s', async (_name, headers) => {
    expect(await post(typed(type, headers))).toBe(200)
  })

  it.each([
    ['cookies', { cookie: 'sid=1' }],
    ['cookies from a listed page', { cookie: 'sid=1', origin: OWN }],
    [
      'cookies from the same origin',
      { cookie: 'sid=1', origin: OWN, 'sec-fetch-site': 'same-origin' },
    ],
    ['cookies from a sibling', { cookie: 'sid=1', origin: FOREIGN, 'sec-fetch-site': 'same-site' }],
    ['a password that the browser has kept', { authorization: 'Basic dTpw' }],
    ['a ticket of Kerberos', { authorization: 'Negotiate YII' }],
    ['nothing from a foreign page', { origin: FOREIGN, 'sec-fetch-site': 'cross-site' }],
    ['nothing from a foreign page in an old browser', { origin: FOREIGN }],
    ['nothing from a sandbox', { origin: 'null' }],
    ['nothing from a page that hides its origin', { 'sec-fetch-site': 'cross-site' }],
    ['nothing from a sibling', { 'sec-fetch-site': 'same-site' }],
    ['nothing from the address bar', { 'sec-fetch-site': 'none' }],
  ])('is refused with %s', async (_name, headers) => {
    expect(await post(typed(type, headers))).toBe(415)
  })

  it.each([{ 'content-encoding': 'gzip' }, { 'content-type': 'text/plain; charset=utf-16' }])(
    'is refused with %o, as hosts would read that differently',
    async (headers) => {
      expect(await post({ ...typed(type, {}), ...headers })).toBe(415)
    },
  )

  it('is no reason to take it for /v1/tokens', async () => {
    expect(await post(typed(type, {}), '/v1/tokens')).toBe(415)
  })
})

it.each([{ cookie: 'sid=1' }, { origin: FOREIGN }, { authorization: 'Basic dTpw' }])(
  'a getToken that says it is JSON is answered to %o, whose browser was asked',
  async (headers) => {
    expect(await post({ ...headers, 'content-type': 'application/json' })).toBe(200)
  },
)
