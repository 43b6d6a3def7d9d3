import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { httpSource, type HttpSourceOptions } from './http-source.ts'

const reply = {
  token: '007abc',
  appId: '970CA35de60c44645bbae8a215061b33',
  services: ['rtc'],
  channel: 'room',
  uid: 7,
  role: 'publisher',
  issuedAt: 1,
  expiresAt: 3601,
  expiresIn: 3600,
  renewIn: 2700,
  requestId: 'r1',
}

interface Seen {
  readonly method: string | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
}

describe('httpSource', () => {
  let url: string
  let answer: (res: ServerResponse, body: Record<string, unknown>) => void
  let seen: Seen[]
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, unknown>
      seen.push({ method: req.method, headers: req.headers, body })
      answer(res, body)
    })
  })

  beforeEach(async () => {
    seen = []
    answer = (res) => send(res, 200, reply)
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/tokens`
  })

  afterEach(() => {
    server.closeAllConnections()
    server.close()
  })

  const ask = async (
    options: Partial<HttpSourceOptions> = {},
    previousToken?: string,
    isExpired?: boolean,
  ) =>
    httpSource({ url, request: { channel: 'room', role: 'publisher' }, ...options })({
      reason: 'schedule',
      scope: { service: 'rtc', channel: 'room' },
      attempt: 1,
      previousToken,
      isExpired,
      signal: AbortSignal.timeout(5000),
    })

  it('posts the wish as JSON and returns the reply', async () => {
    await expect(ask()).resolves.toEqual(reply)
    expect(seen).toMatchObject([
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: { channel: 'room', role: 'publisher' },
      },
    ])
  })

  it('asks for wish and headers anew each time', async () => {
    let count = 0
    const options: Partial<HttpSourceOptions> = {
      request: () => ({ channel: `room-${++count}` }),
      headers: async () => ({ authorization: `Bearer ${count}` }),
    }
    await ask(options)
    await ask(options)
    expect(seen.map(({ headers, body }) => [headers.authorization, body])).toEqual([
      ['Bearer 1', { channel: 'room-1' }],
      ['Bearer 2', { channel: 'room-2' }],
    ])
  })

  it.each([
    [{ service: 'rtc', channel: 'room', user: 7 }, undefined, { channel: 'room', uid: 7 }],
    [{ service: 'rtc', channel: 'room', user: 'anna' }, {}, { channel: 'room', account: 'anna' }],
    [
      { service: 'rtc', channel: 'room', user: 7 },
      { account: 'anna' },
      { channel: 'room', account: 'anna' },
    ],
    [{ service: 'rtc', channel: 'room' }, { channel: 'other' }, { channel: 'other' }],
    [{ service: 'rtm-stream', channel: 'room', user: 0 }, {}, { channel: 'room' }],
    [{ service: 'rtm', user: 'anna' }, {}, { services: ['rtm'], account: 'anna' }],
    [
      { service: 'chat', user: 'anna' },
      { services: ['rtc', 'chat'] },
      { services: ['rtc', 'chat'], account: 'anna' },
    ],
  ] as const)(
    'asks for what the session %j needs, unless %j says otherwise',
    async (scope, request, body) => {
      const source = httpSource({ url, ...(request && { request }) })
      const signal = AbortSignal.timeout(5000)
      await source({ reason: 'start', scope, attempt: 1, previousToken: undefined, signal })
      expect(seen[0]?.body).toEqual(body)
    },
  )

  it('serves several sessions when the wish is a function of the request', async () => {
    const source = httpSource({
      url,
      request: ({ scope }) => ({ role: scope.user === 2 ? 'subscriber' : 'publisher' }),
    })
    const signal = AbortSignal.timeout(5000)
    for (const user of [1, 2]) {
      const scope = { service: 'rtc', channel: 'room', user } as const
      await source({ reason: 'join', scope, attempt: 1, previousToken: undefined, signal })
    }
    expect(seen.map(({ body }) => body)).toEqual([
      { channel: 'room', uid: 1, role: 'publisher' },
      { channel: 'room', uid: 2, role: 'subscriber' },
    ])
  })

  it('sends the token in use along as proof', async () => {
    await ask({}, '007old')
    expect(seen[0]?.body).toMatchObject({ previousToken: '007old' })
  })

  it('sends the token in use in place of an older one of the app’s own request', async () => {
    const request = { channel: 'room', previousToken: '007first' }
    await ask({ request })
    await ask({ request }, '007old')
    expect(seen.map(({ body }) => body)).toMatchObject([
      { previousToken: '007first' },
      { previousToken: '007old' },
    ])
  })

  it('asks once more without the proof when the server does not accept it', async () => {
    answer = (res, body) =>
      'previousToken' in body
        ? send(res, 400, { code: 'previous_token_invalid', status: 400 })
        : send(res, 200, reply)
    await expect(ask({}, '007old')).resolves.toEqual(reply)
    expect(seen).toHaveLength(2)
  })

  it.each([
    [400, 'invalid_request', 'SOURCE_DENIED'],
    [401, 'unauthenticated', 'SOURCE_DENIED'],
    [403, 'channel_forbidden', 'SOURCE_DENIED'],
    [403, 'removed', 'SOURCE_DENIED'],
    [403, 'a_code_of_tomorrow', 'SOURCE_DENIED'],
    [404, 'not_found', 'SOURCE_DENIED'],
    [408, '', 'SOURCE_FAILED'],
    [429, 'rate_limited', 'SOURCE_FAILED'],
    [500, 'internal_error', 'SOURCE_FAILED'],
    [503, 'policy_timeout', 'SOURCE_FAILED'],
  ])('takes %i %s for %s', async (status, code, expected) => {
    answer = (res) => send(res, status, { code, status })
    await expect(ask()).rejects.toMatchObject({
      code: expected,
      retryable: expected === 'SOURCE_FAILED',
      message: `token endpoint: HTTP ${status} ${code}`.trim(),
    })
  })

  it('passes on how long the server asks to wait, from the document or the header', async () => {
    answer = (res) => send(res, 429, { code: 'rate_limited', status: 429, retryAfter: 7 })
    await expect(ask()).rejects.toMatchObject({ retryAfterMs: 7000 })
    answer = (res) => {
      res.setHeader('retry-after', '3')
      send(res, 503, {})
    }
    await expect(ask()).rejects.toMatchObject({ retryAfterMs: 3000 })
  })

  it.each([
    ['a date, by the clock of the server', 'Sun, 29 Nov 2026 10:00:30 GMT', 30_000],
    ['a date that has passed', 'Sun, 29 Nov 2026 09:00:00 GMT', undefined],
    ['zero', '0', undefined],
    ['a negative number', '-5', undefined],
    ['a number beyond all numbers', '9'.repeat(400), undefined],
    ['neither', 'soon', undefined],
  ])('reads Retry-After of %s', async (_, value, retryAfterMs) => {
    answer = (res) => {
      res.setHeader('date', 'Sun, 29 Nov 2026 10:00:00 GMT')
      res.setHeader('retry-after', value)
      send(res, 503, {})
    }
    await expect(ask()).rejects.toMatchObject({ retryAfterMs })
  })

  it.each([
    ['of another case', { 'Content-Type': 'text/plain', Accept: 'text/x' }],
    ['in a Headers object', new Headers({ 'content-type': 'text/plain', accept: 'text/x' })],
  ])('sends each header once: fields %s', async (_, headers) => {
    await ask({ headers })
    expect(seen[0]?.headers).toMatchObject({ 'content-type': 'application/json', accept: 'text/x' })
  })

  it('keeps what the problem document says beside its code', async () => {
    const problem = {
      detail: 'Only members may enter this room.',
      errors: [{ pointer: '/channel', detail: 'a room of the caller expected' }],
      requestId: 'r-17',
    }
    answer = (res) => send(res, 403, { code: 'channel_forbidden', status: 403, ...problem })
    await expect(ask()).rejects.toMatchObject({ code: 'SOURCE_DENIED', ...problem })
    answer = (res) => send(res, 503, { code: 'policy_timeout', status: 503, ...problem })
    await expect(ask()).rejects.toMatchObject({ code: 'SOURCE_FAILED', ...problem })
  })

  it.each([403, 404, 405, 410])(
    'takes %i that is not the endpoint’s own for final only when the token has expired',
    async (status) => {
      answer = (res) => sendHtml(res, status)
      const failed = { code: 'SOURCE_FAILED', retryable: true }
      await expect(ask({}, '007old')).rejects.toMatchObject(failed)
      const denied = { code: 'SOURCE_DENIED', retryable: false }
      await expect(ask({}, '007old', true)).rejects.toMatchObject(denied)
    },
  )

  it('takes any 401 for final', async () => {
    answer = (res) => res.writeHead(401).end()
    await expect(ask({}, '007old')).rejects.toMatchObject({ code: 'SOURCE_DENIED' })
  })

  it.each([
    ['a page', 'answered HTML, HTTP 200', (res: ServerResponse) => sendHtml(res, 200)],
    ['a page of a proxy', 'answered HTML, HTTP 404', (res: ServerResponse) => sendHtml(res, 404)],
    ['text', 'HTTP 502', (res: ServerResponse) => res.writeHead(502).end('bad gateway')],
    [
      'a reply without a token',
      'answered no token',
      (res: ServerResponse) => send(res, 200, { ...reply, token: 1 }),
    ],
    [
      'a redirect',
      'redirected to a login page',
      (res: ServerResponse) => res.writeHead(302, { location: '/login' }).end(),
    ],
  ])('says what came in place of a reply: %s', async (_, words, respond) => {
    answer = respond
    await expect(ask()).rejects.toMatchObject({ message: `token endpoint: ${words}` })
    expect(seen).toHaveLength(1)
  })

  it('says that the endpoint cannot be reached, and what the runtime says of it', async () => {
    answer = (res) => res.destroy()
    const unreachable = {
      name: 'RenewError',
      code: 'SOURCE_FAILED',
      message: 'the token endpoint cannot be reached: blocked by CORS, or offline (fetch failed)',
    }
    await expect(ask()).rejects.toMatchObject(unreachable)
    await expect(ask({ url: '/v1/tokens' })).rejects.toThrow('Failed to parse URL from /v1/tokens')
  })

  it('takes no error of the app’s own functions for one of the network', async () => {
    const signedOut = () => Promise.reject(new Error('signed out'))
    await expect(ask({ headers: signedOut })).rejects.toThrow(/^signed out$/)
  })

  it('is aborted by the signal', async () => {
    answer = () => {}
    const controller = new AbortController()
    const source = httpSource({ url, request: { channel: 'room' } })
    const asked = source({
      reason: 'manual',
      scope: { service: 'rtc', channel: 'room' },
      attempt: 1,
      previousToken: undefined,
      signal: controller.signal,
    })
    controller.abort()
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('repeats neither token nor header in an error', async () => {
    const token = `007${'eJx'.repeat(30)}`
    const detail = `007old ${token} secret`
    const errors = [{ pointer: '/previousToken', detail: 'got "007old"' }]
    answer = (res) => send(res, 403, { code: 'secret', status: 403, detail, errors })
    const headers = { authorization: 'Bearer secret' }
    const error: unknown = await ask({ headers }, '007old').catch((error: unknown) => error)
    expect(inspect(error) + JSON.stringify(error)).not.toMatch(/secret|007/)
    expect(error).toMatchObject({ detail: '… … …' })
  })

  it('does not repeat a header that cannot be sent', async () => {
    const headers = { authorization: 'Bearer se\ncret' }
    const error: unknown = await ask({ headers }).catch((error: unknown) => error)
    expect(inspect(error)).toMatch('bad headers')
    expect(inspect(error)).not.toMatch(/Bearer|cret/)
  })
})

function sendHtml(res: ServerResponse, status: number): void {
  res.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end('<html>')
}

function send(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' })
  res.end(JSON.stringify(body))
}
