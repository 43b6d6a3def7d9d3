import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { afterEach, describe, expect, it } from 'vitest'

import { toNodeListener } from '../../src/adapters/node.ts'
import type { TrustProxy } from '../../src/adapters/trust-proxy.ts'
import { memoryLimiter } from '../../src/limit/memory-limiter.ts'
import { attackedEndpoint, TARGET } from './attacked-endpoint.ts'

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
})

/** Asks once with each of these headers, two a minute being allowed for each address. */
async function statusesOf(trustProxy: TrustProxy, headers: readonly string[]): Promise<number[]> {
  const perIp = memoryLimiter({ name: 'ip', limit: 2, windowSeconds: 60 })
  const { handler } = attackedEndpoint({ limits: { perIp } })
  const answer = toNodeListener(handler, { trustProxy })
  const server = createServer((req, res) => void answer(req, res)).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const statuses: number[] = []
  for (const forwarded of headers) statuses.push(await ask(port, forwarded))
  return statuses
}

async function ask(port: number, forwarded: string): Promise<number> {
  const { authorization } = TARGET
  const headers = {
    authorization,
    'content-type': 'application/json',
    'x-forwarded-for': forwarded,
    forwarded: `for=${forwarded}`,
  }
  const body = JSON.stringify({ channel: 'room-42', uid: 1234 })
  const url = `http://127.0.0.1:${port}/v1/tokens`
  const reply = await fetch(url, { method: 'POST', headers, body })
  await reply.arrayBuffer()
  return reply.status
}

const ports = Array.from({ length: 6 }, (_, i) => 40_000 + i)

describe('a caller behind a proxy that is believed', () => {
  it.each<[string, TrustProxy, (n: number) => string]>([
    ['comes from ever new ports', 'loopback', (n) => `198.51.100.4:${n}`],
    ['comes from ever new ports, in quotes', 'loopback', (n) => `"198.51.100.4:${n}"`],
    ['comes from ever new ports of IPv6', 'loopback', (n) => `[2001:db8::4]:${n}`],
    ['has a network of IPv6', 'loopback', (n) => `2001:db8::${n}`],
    ['has ever new zones', 'loopback', (n) => `fe80::1%${n}`],
    ['writes addresses before its own', 'loopback', (n) => `198.51.100.${n % 200}, 203.0.113.7`],
    ['writes a proxy before its own', 1, (n) => `198.51.100.${n % 200}, 203.0.113.7`],
    [
      'says it is a proxy of ours',
      ['127.0.0.0/8', '10.0.0.0/8'],
      (n) => `10.0.0.${n % 200}, 9.9.9.9`,
    ],
    ['writes very much', 'loopback', (n) => `${`${n}, `.repeat(1000)}203.0.113.7`],
    ['is named otherwise each time', 'loopback', (n) => `_caller${n}`],
    ['writes IPv4 as IPv6', 'loopback', (n) => (n % 2 ? '::ffff:c633:6404' : '198.51.100.4')],
  ])('is counted as one when it %s', async (_what, trustProxy, forwarded) => {
    expect(await statusesOf(trustProxy, ports.map(forwarded))).toEqual([
      200, 200, 429, 429, 429, 429,
    ])
  })

  it.each<[string, (n: number) => string]>([
    ['with ports', (n) => `198.51.100.${n % 200}:443`],
    ['with quotes and ports', (n) => `"198.51.100.${n % 200}:443"`],
    ['with brackets', (n) => `[2001:db8:0:${n % 200}::1]`],
    ['with brackets and ports', (n) => `[2001:db8:0:${n % 200}::1]:443`],
    ['as IPv6', (n) => `::ffff:c633:64${(n % 200).toString(16).padStart(2, '0')}`],
    ['as long IPv6', (n) => `0000:0:0:0:0:ffff:c633:64${(n % 200).toString(16).padStart(2, '0')}`],
    ['with blanks', (n) => ` 198.51.100.${n % 200} `],
  ])('is not counted with all the others when it is written %s', async (_what, forwarded) => {
    expect(await statusesOf('loopback', ports.map(forwarded))).toEqual(ports.map(() => 200))
  })
})
