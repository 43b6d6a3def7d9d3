import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

import { afterEach, describe, expect, it, vi } from 'vitest'

import { toNodeListener } from '../../src/adapters/node.ts'
import type { TokenHandler } from '../../src/index.ts'
import { hostEndpoint } from './host-endpoint.ts'
import { toWire } from './host-case.ts'
import { LAMBDA_HOSTS } from './lambda-hosts.ts'
import { nestHost } from './nest-host.ts'
import { NODE_HOSTS } from './node-hosts.ts'

const error = new Error('a handler that an app has wrapped')

/** Handlers that do what the handler itself never does. */
const BROKEN: readonly (readonly [how: string, respond: TokenHandler['respond']])[] = [
  ['rejects', () => Promise.reject(error)],
  [
    'throws',
    () => {
      throw error
    },
  ],
  ['answers nothing', () => Promise.resolve(undefined as never)],
]

const print = vi.spyOn(console, 'error').mockImplementation(() => {})
afterEach(() => {
  print.mockClear()
})

describe.each([...NODE_HOSTS, nestHost, ...LAMBDA_HOSTS])('$name', (host) => {
  it.each(BROKEN)('answers 500 for a handler that %s, and prints why', async (_how, respond) => {
    const running = await host.start({ ...hostEndpoint(), respond })
    const reply = await running.send(toWire({ name: '', status: 500 }, host.prefix))
    await running.stop()
    expect(reply).toMatchObject({ status: 500, headers: { 'cache-control': 'no-store' } })
    expect(JSON.parse(reply.body)).toMatchObject({ code: 'internal_error' })
    expect(print).toHaveBeenCalledOnce()
  })
})

describe('toNodeListener', () => {
  it('closes a connection on which another reply has begun', async () => {
    const respond = (): Promise<never> => Promise.reject(error)
    const listener = toNodeListener({ ...hostEndpoint(), respond })
    const server = createServer((req, res) => {
      res.writeHead(200, { 'content-length': '9' }).write('x')
      void listener(req, res)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const call = request({ host: '127.0.0.1', port, path: '/v1/tokens' }).end()
    const [response] = await once(call, 'response')
    response.resume()
    await expect(once(response, 'end')).rejects.toMatchObject({ code: 'ECONNRESET' })
    await once(server.close(), 'close')
  })
})
