import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

import { decodeToken } from '@rtc-token/core'
import { serveWorker } from '@rtc-token/runtimes'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { PROJECT } from '../support/token-endpoint.ts'
import { bundled, exampleWith } from './examples.ts'

const ENV = { AGORA_APP_ID: PROJECT.appId, AGORA_APP_CERTIFICATE: PROJECT.appCertificate }
const WISH = {
  method: 'POST',
  headers: { 'content-type': 'application/json', authorization: 'Bearer alice' },
  body: JSON.stringify({ channel: 'room-42' }),
}
const WORKER = exampleWith('export default {')
/** The handler of the Worker's example, as a module of its own. */
const WORKER_HANDLER = WORKER.slice(0, WORKER.indexOf('export default')).replace(
  'const handler',
  'export const handler',
)

const cleanups: (() => unknown)[] = []
beforeEach(() => {
  for (const [name, value] of Object.entries(ENV)) vi.stubEnv(name, value)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

describe('the README', () => {
  it.each([
    ['node:http', 'createServer(toNodeListener(handler))', '/v1/tokens'],
    ['Express', "from 'express'", '/agora/v1/tokens'],
    ['Fastify', "from 'fastify'", '/agora/v1/tokens'],
  ])('shows the integration with %s', async (_name, text, path) => {
    const server = listening()
    await run(exampleWith(text))
    await expectToken(fetch(`http://127.0.0.1:${await server}${path}`, WISH))
  })

  it('shows the integration with Cloudflare Workers', async () => {
    const { url, stop } = await serveWorker(await bundled(WORKER, { isWorker: true }), { env: ENV })
    cleanups.push(stop)
    await expectToken(fetch(`${url}/v1/tokens`, WISH))
  })

  it('shows the integration with Hono on Workers', async () => {
    const options = { isWorker: true, handler: WORKER_HANDLER }
    const module = await bundled(exampleWith("from 'hono'"), options)
    const { url, stop } = await serveWorker(module, { env: ENV })
    cleanups.push(stop)
    await expectToken(fetch(`${url}/agora/v1/tokens`, WISH))
    expect((await fetch(`${url}/agora/v1/tokens`, { method: 'OPTIONS' })).status).toBe(405)
  })

  it('shows the integration with Next', async () => {
    const { POST, OPTIONS } = await run<Routes>(exampleWith('export const POST'))
    const url = 'http://localhost/api/v1/tokens'
    await expectToken(POST(new Request(url, WISH)))
    expect((await OPTIONS(new Request(url, { method: 'OPTIONS' }))).status).toBe(405)
  })

  it('shows the integration with AWS Lambda', async () => {
    const { lambda } = await run<{ lambda: Lambda }>(exampleWith('export const lambda'))
    const { statusCode, body } = await lambda({ ...EVENT, ...WISH }, {})
    await expectToken(Promise.resolve(new Response(body, { status: statusCode })))
  })

  it.each(["from 'express'", "from 'hono'", 'export default {', 'export const POST'])(
    'needs no more than 20 lines, the handler too, for what has %s',
    (text) => {
      const handler = text === 'export default {' ? '' : exampleWith('// handler.ts')
      const code = (handler + exampleWith(text)).split('\n').filter((line) => isCode(line))
      expect(code.length).toBeLessThan(20)
    },
  )
})

interface Routes {
  readonly POST: (request: Request) => Promise<Response>
  readonly OPTIONS: (request: Request) => Promise<Response>
}

type Lambda = (event: object, context: object) => Promise<{ statusCode: number; body: string }>

const EVENT = {
  version: '2.0',
  rawPath: '/v1/tokens',
  rawQueryString: '',
  isBase64Encoded: false,
  requestContext: { http: { method: 'POST', sourceIp: '198.51.100.4' } },
}

function isCode(line: string): boolean {
  return line.trim() !== '' && !line.trim().startsWith('//')
}

/** Runs an example on Node, in this process. */
async function run<M>(example: string): Promise<M> {
  const folder = await mkdtemp(join(import.meta.dirname, '../../node_modules/.readme-'))
  cleanups.push(() => rm(folder, { recursive: true }))
  const file = join(folder, 'example.mjs')
  await writeFile(file, await bundled(example))
  return (await import(/* @vite-ignore */ file)) as M
}

/** The port that the next server gets, in place of the one that it wants. */
function listening(): Promise<number> {
  const { listen } = Server.prototype // oxlint-disable-line typescript/unbound-method -- called on each
  return new Promise((resolve) => {
    vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server, ...args) {
      const ready = args.find((arg) => typeof arg === 'function') as (() => void) | undefined
      void once(this, 'listening').then(() => resolve((this.address() as AddressInfo).port))
      cleanups.push(() => {
        this.closeAllConnections()
        this.close()
      })
      return listen.call(this, { port: 0, host: '127.0.0.1' }, ready)
    })
  })
}

async function expectToken(replying: Promise<Response>): Promise<void> {
  const reply = await replying
  expect(reply.status).toBe(200)
  const { token } = (await reply.json()) as { token: string }
  expect(decodeToken(token)).toMatchObject({ appId: PROJECT.appId })
}
