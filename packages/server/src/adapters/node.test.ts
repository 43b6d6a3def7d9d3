import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingMessage, request as httpRequest, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'

import { afterEach, describe, expect, it, vi } from 'vitest'

import { testEndpoint } from '../../test/support/token-endpoint.ts'
import { allow, deny } from '../policy/policy.ts'
import type { TokenHandler } from '../token-handler.ts'
import { type NodeListener, toNodeListener } from './node.ts'
import type { TrustProxy } from './trust-proxy.ts'

const BODY = JSON.stringify({ channel: 'room-42', uid: 1234 })
const HEADERS = { 'content-type': 'application/json', authorization: 'Bearer alice' }

describe('toNodeListener', () => {
  const servers: Server[] = []
  const answers: Promise<void>[] = []
  afterEach(async () => {
    answers.length = 0
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    }
  })

  async function listen(listener: NodeListener): Promise<{ server: Server; port: number }> {
    const server = createServer((req, res) => answers.push(listener(req, res)))
    server.listen(0, '127.0.0.1')
    servers.push(server)
    await once(server, 'listening')
    return { server, port: (server.address() as AddressInfo).port }
  }

  async function listenWith(
    overrides: Parameters<typeof testEndpoint>[0] = {},
  ): Promise<{ server: Server; port: number; failures: unknown[] }> {
    const { handler, failures } = testEndpoint(overrides)
    return { ...(await listen(toNodeListener(handler))), failures }
  }

  it('answers over HTTP just what respond says', async () => {
    const { port } = await listenWith()
    const reply = await send(port, BODY)
    expect(reply.status).toBe(200)
    expect(reply.headers).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'content-length': String(Buffer.byteLength(reply.body)),
      'x-request-id': JSON.parse(reply.body).requestId,
    })
    expect(JSON.parse(reply.body)).toMatchObject({ channel: 'room-42', uid: 1234 })
  })

  it.each(['plain', 'a Größe that Latin-1 has', '≥ 1 and 🎥'])(
    'writes %j as it is',
    async (detail) => {
      const { port } = await listenWith({ authorize: () => deny('forbidden', detail) })
      const { headers, body } = await send(port, BODY)
      expect(JSON.parse(body).detail).toBe(detail)
      expect(headers['content-length']).toBe(String(Buffer.byteLength(body)))
    },
  )

  it('answers a HEAD without a body and an OPTIONS with one', async () => {
    const { port } = await listenWith()
    expect(await send(port, '', { method: 'HEAD' })).toMatchObject({ status: 405, body: '' })
    const { status, headers, body } = await send(port, '', { method: 'OPTIONS' })
    expect([status, headers['allow'], JSON.parse(body).code]).toEqual([
      405,
      'POST',
      'method_not_allowed',
    ])
  })

  it('answers those who have the contract already without a body and a length', async () => {
    const { port } = await listenWith()
    const init = { method: 'GET', path: '/v1/openapi.json', headers: { 'if-none-match': '*' } }
    const { status, headers, body } = await send(port, '', init)
    expect([status, headers['content-length'], body]).toEqual([304, undefined, ''])
  })

  it('tells the hooks the address of the socket, not that of a header', async () => {
    const authorize = vi.fn(() => allow())
    const { port } = await listenWith({ authorize })
    await send(port, BODY, { headers: { 'x-forwarded-for': '203.0.113.7' } })
    expect(authorize).toHaveBeenCalledWith(expect.objectContaining({ ip: '127.0.0.1' }))
  })

  it.each<[TrustProxy, string, string]>([
    ['loopback', '203.0.113.7', '203.0.113.7'],
    ['loopback', '203.0.113.8, 203.0.113.7, 127.0.0.1', '203.0.113.7'],
    [['127.0.0.1', '10.0.0.1'], '203.0.113.8, 203.0.113.7, 10.0.0.1', '203.0.113.7'],
    [['10.0.0.1'], '203.0.113.7', '127.0.0.1'],
    [true, '203.0.113.8, 203.0.113.7', '203.0.113.8'],
    ['loopback', '::ffff:203.0.113.7', '203.0.113.7'],
    ['loopback', '203.0.113.7:5678', '203.0.113.7'],
    ['loopback', '"[2001:db8::7]:443"', '2001:db8::7'],
    ['loopback', '::ffff:cb00:7107', '203.0.113.7'],
    [['127.0.0.0/8', '10.0.0.0/8'], '203.0.113.8, 203.0.113.7, 10.9.9.9', '203.0.113.7'],
    [1, '203.0.113.8, 203.0.113.7', '203.0.113.7'],
    [2, '203.0.113.8, 203.0.113.7', '203.0.113.8'],
    ['loopback', 'unknown', '127.0.0.1'],
    [false, '203.0.113.7', '127.0.0.1'],
  ])('trusting %j, of the forwarded %j believes %j', async (trustProxy, forwarded, ip) => {
    const authorize = vi.fn(() => allow())
    const { handler } = testEndpoint({ authorize })
    const { port } = await listen(toNodeListener(handler, { trustProxy }))
    await send(port, BODY, { headers: { 'x-forwarded-for': forwarded } })
    expect(authorize).toHaveBeenCalledWith(expect.objectContaining({ ip }))
  })

  it('says what it takes for a proxy', () => {
    const options = { trustProxy: ['10.0.0.0/33'] }
    expect(() => toNodeListener(testEndpoint().handler, options)).toThrow(
      /^trustProxy: a boolean, .* expected, got "10\.0\.0\.0\/33" in the list$/,
    )
  })

  it('waits for a body that comes in pieces', async () => {
    const { handler } = testEndpoint()
    const steps = new EventEmitter()
    const begun = once(steps, 'begun')
    const respond: TokenHandler['respond'] = (...args) => {
      steps.emit('begun')
      return handler.respond(...args)
    }
    const { port } = await listen(toNodeListener({ ...handler, respond }))
    const request = httpRequest({ port, path: '/v1/tokens', method: 'POST', headers: HEADERS })
    request.write(BODY.slice(0, 9))
    await begun
    request.end(BODY.slice(9))
    expect((await replyTo(request)).status).toBe(200)
  })

  it.each([
    ['declared', { 'content-length': '65536' }],
    ['chunked', { 'transfer-encoding': 'chunked' }],
  ])(
    'refuses a %s body over the limit, and the caller gets to read that',
    async (_name, headers) => {
      const authorize = vi.fn(() => allow())
      const { port } = await listenWith({ authorize })
      const { status, body } = await send(port, 'x'.repeat(65_536), { headers })
      expect(status).toBe(413)
      expect(JSON.parse(body).code).toBe('body_too_large')
      expect(authorize).not.toHaveBeenCalled()
    },
  )

  it('answers before an endless body has ended', async () => {
    const { port } = await listenWith()
    const request = httpRequest({ port, path: '/v1/tokens', method: 'POST', headers: HEADERS })
    request.on('error', () => {})
    request.write('x'.repeat(8193))
    expect((await replyTo(request)).status).toBe(413)
    request.destroy()
  })

  it('keeps the connection after a refusal that left the body unread', async () => {
    const { port } = await listenWith()
    const socket = connect(port, '127.0.0.1')
    const length = `content-length: ${BODY.length}\r\n`
    socket.write(`POST /nowhere HTTP/1.1\r\nhost: a\r\n${length}\r\n${BODY}`)
    expect(await nextStatus(socket)).toBe(404)
    socket.write(`POST /v1/tokens HTTP/1.1\r\nhost: a\r\n${rawHeaders()}${length}\r\n${BODY}`)
    expect(await nextStatus(socket)).toBe(200)
    socket.destroy()
  })

  it('takes the body that a parser before it has left in req.body', async () => {
    const { handler } = testEndpoint()
    const listener = toNodeListener(handler)
    const { port } = await listen(async (req, res) => {
      Object.assign(req, { body: JSON.parse(await text(req)) })
      await listener(req, res)
    })
    expect(await send(port, BODY)).toMatchObject({ status: 200 })
  })

  it('reads the body itself when a parser has left an empty object and the stream alone', async () => {
    const { handler } = testEndpoint()
    const listener = toNodeListener(handler)
    const { port } = await listen((req, res) => listener(Object.assign(req, { body: {} }), res))
    expect(await send(port, BODY)).toMatchObject({ status: 200 })
  })

  it('reports a body that a middleware has read and kept', async () => {
    const { handler, failures } = testEndpoint()
    const listener = toNodeListener(handler)
    const { port } = await listen(async (req, res) => {
      await text(req)
      await listener(req, res)
    })
    expect(await send(port, BODY)).toMatchObject({ status: 500 })
    expect(failures[0]?.error).toEqual(
      new Error('The body was already read, and req.body is not set'),
    )
  })

  it.each([
    'a b',
    'v1/tokens?',
    '[::',
    'a:b:c',
    'user@host',
    '\u0001',
    '',
    '<script>',
    'x'.repeat(300),
  ])('survives the host %j', async (host) => {
    const { port } = await listenWith()
    const socket = connect(port, '127.0.0.1')
    socket.write(
      `POST /v1/tokens HTTP/1.1\r\nhost: ${host}\r\n${rawHeaders()}content-length: ${BODY.length}\r\n\r\n${BODY}`,
    )
    // 400 is Node's own, for what is no header at all.
    expect([200, 400]).toContain(await nextStatus(socket))
    socket.destroy()
    expect((await send(port, BODY)).status).toBe(200)
  })

  it.each([
    ['http://evil.example/v1/tokens', 200],
    ['//evil.example/v1/tokens', 200],
    ['/x/../v1/tokens', 200],
    ['*', 404],
    ['http://v1/tokens', 404],
    ['nonsense', 404],
  ])('survives the request target %s', async (target, expected) => {
    const { port, failures } = await listenWith()
    const socket = connect(port, '127.0.0.1')
    socket.write(
      `POST ${target} HTTP/1.1\r\nhost: a\r\n${rawHeaders()}content-length: ${BODY.length}\r\n\r\n${BODY}`,
    )
    expect([expected, 400]).toContain(await nextStatus(socket))
    socket.destroy()
    expect(failures).toEqual([])
  })

  it('tells the policy when the caller hangs up', async () => {
    const asked = new EventEmitter<{ signal: [AbortSignal] }>()
    const reached = once(asked, 'signal')
    const { port, failures } = await listenWith({
      authorize: ({ signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error))
          asked.emit('signal', signal)
        }),
    })
    const request = httpRequest({ port, path: '/v1/tokens', method: 'POST', headers: HEADERS })
    request.on('error', () => {})
    request.end(BODY)
    const [signal] = (await reached) as [AbortSignal]
    request.destroy()
    if (!signal.aborted) await once(signal, 'abort')
    await Promise.all(answers)
    expect(failures).toEqual([])
  })

  it('settles without a failure when the caller hangs up in the middle of the body', async () => {
    const { handler, failures } = testEndpoint()
    const listener = toNodeListener(handler)
    const { server, port } = await listen(listener)
    const socket = connect(port, '127.0.0.1')
    socket.write(
      `POST /v1/tokens HTTP/1.1\r\nhost: a\r\n${rawHeaders()}content-length: 50\r\n\r\n{`,
    )
    await once(server, 'request')
    socket.destroy()
    await Promise.all(answers)
    expect(failures).toEqual([])
  })

  it('settles without a failure when the caller has gone before the host passes the request on', async () => {
    const { handler, failures } = testEndpoint()
    const listener = toNodeListener(handler)
    const { server, port } = await listen(async (req, res) => {
      await new Promise((resolve) => req.once('close', resolve))
      await listener(req, res)
    })
    const socket = connect(port, '127.0.0.1')
    socket.write(
      `POST /v1/tokens HTTP/1.1\r\nhost: a\r\n${rawHeaders()}content-length: 50\r\n\r\n{`,
    )
    const [req] = (await once(server, 'request')) as [IncomingMessage]
    // No other listener gets it.
    req.on('error', () => {})
    socket.destroy()
    await Promise.all(answers)
    expect(failures).toEqual([])
  })

  it('calls a body empty that a parser has waited for in vain', async () => {
    const { handler } = testEndpoint()
    const listener = toNodeListener(handler)
    const { port } = await listen(async (req, res) => {
      await text(req)
      await listener(req, res)
    })
    const { status, body } = await send(port, '')
    expect([status, JSON.parse(body).code]).toEqual([400, 'invalid_json'])
  })

  it('settles without a failure when the host drops the request', async () => {
    const { handler, failures } = testEndpoint()
    const listener = toNodeListener(handler)
    const { port } = await listen((req, res) => {
      const answer = listener(req, res)
      req.destroy()
      return answer
    })
    await expect(send(port, BODY)).rejects.toMatchObject({ code: 'ECONNRESET' })
    await Promise.all(answers)
    expect(failures).toEqual([])
  })

  it('does not ask about a caller who has reset the connection, since no limit could count it', async () => {
    const authorize = vi.fn(() => allow())
    const { server, port } = await listenWith({ authorize })
    const head = `POST /v1/tokens HTTP/1.1\r\nhost: a\r\n${rawHeaders()}`
    const callers = Array.from({ length: 50 }, () => connect(port, '127.0.0.1'))
    await Promise.all(callers.map((socket) => once(socket, 'connect')))
    for (const socket of callers) {
      socket.write(`${head}content-length: ${BODY.length}\r\n\r\n${BODY}`)
      socket.resetAndDestroy()
    }
    while ((await connectionsOf(server)) > 0) await new Promise((resolve) => setImmediate(resolve))
    await Promise.all(answers)
    for (const [ask] of authorize.mock.calls as unknown as [{ ip?: string }][]) {
      expect(ask.ip).toBe('127.0.0.1')
    }
  })

  it('takes a body that a middleware wants as text', async () => {
    const { handler } = testEndpoint()
    const listener = toNodeListener(handler)
    const { port } = await listen((req, res) => listener(req.setEncoding('utf8'), res))
    expect(await send(port, BODY)).toMatchObject({ status: 200 })
    expect(await send(port, `"${'é'.repeat(4096)}"`)).toMatchObject({ status: 413 })
  })

  it('reports a body that other code has listened to', async () => {
    const { handler, failures } = testEndpoint()
    const listener = toNodeListener(handler)
    const { port } = await listen(async (req, res) => {
      await once(
        req.on('data', () => {}),
        'end',
      )
      await listener(req, res)
    })
    expect(await send(port, BODY)).toMatchObject({ status: 500 })
    expect(failures).toHaveLength(1)
  })

  it('settles when the reply cannot be written, and prints why', async () => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { handler } = testEndpoint()
    const listener = toNodeListener(handler)
    const error = new Error('a middleware that fails')
    const writeHead = (): never => {
      throw error
    }
    const { port } = await listen((req, res) => listener(req, Object.assign(res, { writeHead })))
    await expect(send(port, BODY)).rejects.toMatchObject({ code: 'ECONNRESET' })
    await Promise.all(answers)
    expect(print.mock.calls).toEqual([[expect.stringContaining('[rtc-token]'), error]])
    print.mockRestore()
  })

  it('closes a response that a middleware has begun and not ended, and signs nothing', async () => {
    const { handler } = testEndpoint()
    const respond = vi.spyOn(handler, 'respond')
    const { port } = await listen(async (req, res) => {
      res.writeHead(200, { 'transfer-encoding': 'chunked' }).flushHeaders()
      await toNodeListener(handler)(req, res)
    })
    await expect(send(port, BODY)).rejects.toThrow()
    expect(respond).not.toHaveBeenCalled()
  })

  it('leaves a response alone that other code has begun', async () => {
    const { handler, failures } = testEndpoint()
    const listener = toNodeListener(handler)
    const { port } = await listen(async (req, res) => {
      res.writeHead(504).end('too late')
      await listener(req, res)
    })
    expect(await send(port, BODY)).toMatchObject({ status: 504, body: 'too late' })
    await Promise.all(answers)
    expect(failures).toEqual([])
  })
})

interface Reply {
  readonly status: number | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

function send(
  port: number,
  body: string,
  init: { method?: string; path?: string; headers?: Record<string, string> } = {},
): Promise<Reply> {
  const { method = 'POST', path = '/v1/tokens' } = init
  const headers = { ...HEADERS, ...init.headers }
  const request = httpRequest({ port, path, method, headers })
  request.end(body)
  return replyTo(request)
}

async function replyTo(request: ReturnType<typeof httpRequest>): Promise<Reply> {
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  return { status: response.statusCode, headers: response.headers, body: await text(response) }
}

function rawHeaders(): string {
  return Object.entries(HEADERS)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')
}

async function nextStatus(socket: Socket): Promise<number> {
  const [data] = (await once(socket, 'data')) as [Buffer]
  return Number(data.toString().split(' ')[1])
}

function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)))
  })
}
