import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { toNodeListener } from '../../src/adapters/node.ts'
import { CURIOUS_PATHS, MALFORMED_HOSTS } from './target-attacks.ts'
import { type AttackedEndpoint, attackedEndpoint, TARGET } from './attacked-endpoint.ts'

const WISH = '{"channel":"room-42","uid":1234}'
const AUTHORIZATION = `authorization: ${TARGET.authorization}`
const JSON_TYPE = 'content-type: application/json'
const LENGTH = `content-length: ${WISH.length}`
const TIMEOUT_MS = 60

let endpoint: AttackedEndpoint
let server: Server
let port: number

beforeAll(async () => {
  server = createServer((req, res) => {
    void toNodeListener(endpoint.handler, { trustProxy: 'loopback' })(req, res)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ;({ port } = server.address() as AddressInfo)
})

beforeEach(() => {
  endpoint = attackedEndpoint({ timeoutMs: TIMEOUT_MS })
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

describe('a request written by hand', () => {
  it.each([
    ['two lengths', [JSON_TYPE, LENGTH, 'content-length: 3'], WISH],
    ['a length and chunks', [JSON_TYPE, LENGTH, 'transfer-encoding: chunked'], WISH],
    ['a length that is no number', [JSON_TYPE, 'content-length: 3x'], WISH],
    ['a negative length', [JSON_TYPE, 'content-length: -1'], WISH],
    ['a header with a CR', [JSON_TYPE, LENGTH, 'x-request-id: a\rset-cookie: b'], WISH],
    ['a header with a NUL', [JSON_TYPE, LENGTH, 'x-request-id: a\0b'], WISH],
    ['a folded header', [JSON_TYPE, LENGTH, 'x-a: b', ' c'], WISH],
    ['a space before the colon', [JSON_TYPE, `content-length : ${WISH.length}`], WISH],
    ['a chunk of a size that is no number', [JSON_TYPE, 'transfer-encoding: chunked'], 'zz\r\n'],
    ['a chunk of 2^64 bytes', [JSON_TYPE, 'transfer-encoding: chunked'], '10000000000000001\r\n'],
    ['two bodies in one type', [`${JSON_TYPE}, text/plain`, LENGTH], WISH],
    ['the body in another coding', [JSON_TYPE, 'transfer-encoding: gzip, chunked'], '0\r\n\r\n'],
  ])('signs nothing with %s', async (_name, headers, body) => {
    const reply = await send(['POST /v1/tokens HTTP/1.1', ...headers], body)
    expect(reply).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(endpoint.signatures()).toBe(0)
  })

  it.each([
    ['a second request hidden in the first', `${WISH}POST /v1/tokens HTTP/1.1\r\n\r\n`],
    ['a second request without credentials', `${WISH}${hidden()}`],
  ])('never signs twice for %s', async (_name, body) => {
    const reply = await send(['POST /v1/tokens HTTP/1.1', JSON_TYPE, LENGTH], body)
    // The first request is whole, so it may have its reply before Node refuses the rest and closes.
    expect(reply).toMatch(/^HTTP\/1\.1 (?:200|400) /)
    expect(reply.match(/HTTP\/1\.1 200 /g) ?? []).toHaveLength(endpoint.signatures())
    expect(endpoint.signatures()).toBeLessThanOrEqual(1)
  })

  it.each([
    ['a host that is none', 'a b'],
    ['a host with a path', 'evil.example/v1/tokens?'],
    ['a host with a user', 'localhost@evil.example'],
    ['an empty host', ''],
  ])('never takes %s for a part of the path', async (_name, host) => {
    const reply = await send(['POST /nowhere HTTP/1.1', JSON_TYPE, LENGTH], WISH, host)
    expect(reply).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(endpoint.signatures()).toBe(0)
  })

  // All parts that a URL would be built from, with and without trusted proxies.
  it.each(MALFORMED_HOSTS)('answers where the host is %s, or a proxy says so', async (host) => {
    for (const path of CURIOUS_PATHS) {
      const line = `GET ${path} HTTP/1.1`
      // Node itself answers for a line that it cannot read.
      expect(await send([line], '', host)).toMatch(/^HTTP\/1\.1 400 /)
      const proxied = [line, `x-forwarded-host: ${host}`, `x-forwarded-proto: ${host}`]
      expect(await send(proxied, '')).toMatch(/^HTTP\/1\.1 40[04] /)
    }
  })

  it.each([
    '*',
    'v1/tokens',
    'http://v1/tokens',
    'http:///v1/tokens/',
    '//v1/tokens/x',
    '/\\v1\\token',
  ])('finds no endpoint at the target %s', async (target) => {
    const reply = await send([`POST ${target} HTTP/1.1`, JSON_TYPE, LENGTH], WISH)
    expect(reply).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(endpoint.signatures()).toBe(0)
  })
})

describe('a body that does not end', () => {
  it.each([
    ['never begins', ''],
    ['stops half way', WISH.slice(0, 9)],
  ])('is given up when it %s', async (_name, body) => {
    const reply = await send(['POST /v1/tokens HTTP/1.1', JSON_TYPE, LENGTH], body)
    expect(reply).toMatch(/^HTTP\/1\.1 408 /)
    expect(reply).toContain('"body_timeout"')
    expect(endpoint.signatures()).toBe(0)
  })

  it('is given up when it trickles', async () => {
    const head = ['POST /v1/tokens HTTP/1.1', JSON_TYPE, 'transfer-encoding: chunked']
    const reply = await send(head, '1\r\n{\r\n', 'localhost', '1\r\n \r\n')
    expect(reply).toMatch(/^HTTP\/1\.1 408 /)
    expect(endpoint.signatures()).toBe(0)
  })

  it('is given up when it never stops', async () => {
    const head = ['POST /v1/tokens HTTP/1.1', JSON_TYPE, 'transfer-encoding: chunked']
    const chunk = `400\r\n${' '.repeat(1024)}\r\n`
    const reply = await send(head, chunk, 'localhost', chunk)
    expect(reply).toMatch(/^HTTP\/1\.1 4(?:13|08) /)
    expect(endpoint.signatures()).toBe(0)
  })
})

/** Writes bytes as they are, goes on writing `more` if there is more, and returns what comes back. */
async function send(
  head: readonly string[],
  body: string,
  host = 'localhost',
  more?: string,
): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  const [line, ...headers] = head
  const all = [line, `host: ${host}`, AUTHORIZATION, 'connection: close', ...headers]
  socket.write(`${all.join('\r\n')}\r\n\r\n${body}`)
  const pump = more === undefined ? undefined : setInterval(() => socket.write(more), 4)
  socket.on('error', () => socket.destroy())
  socket.once('data', () => clearInterval(pump))
  try {
    return await text(socket)
  } finally {
    clearInterval(pump)
    socket.destroy()
  }
}

function hidden(): string {
  return `POST /v1/tokens HTTP/1.1\r\nhost: x\r\n${JSON_TYPE}\r\n${LENGTH}\r\n\r\n${WISH}`
}
