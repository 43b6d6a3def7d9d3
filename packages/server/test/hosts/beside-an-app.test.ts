import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import connect from 'connect'
import express from 'express'
// @ts-expect-error -- an alias that the types are not installed for; used as Express 5
import express4 from 'express4'
import Koa from 'koa'
import { afterEach, describe, expect, it } from 'vitest'

import { toNodeListener } from '../../src/adapters/node.ts'
import type { TokenHandler } from '../../src/index.ts'
import { hostEndpoint } from './host-endpoint.ts'
import { wish } from './wish.ts'

/** An app that has the handler in front of its own: one page, and a word of its own for all else. */
type App = (handler: TokenHandler, prefix: string) => RequestListener

const PAGE = 'the page of the app'
const NOTHING = 'nothing, says the app'

const APPS: readonly (readonly [name: string, App])[] = [
  ['Express 5', (handler, prefix) => expressApp(express, handler, prefix)],
  ['Express 4', (handler, prefix) => expressApp(express4 as typeof express, handler, prefix)],
  [
    'Connect',
    (handler, prefix) => {
      const app = connect()
      const listener = toNodeListener(handler)
      app.use(prefix || '/', (req, res, next) => void listener(req, res, next))
      app.use('/page', (_req, res) => void res.end(PAGE))
      app.use((_req, res) => void res.writeHead(404).end(NOTHING))
      return app
    },
  ],
  [
    'Koa',
    (handler) => {
      const listener = toNodeListener(handler)
      const app = new Koa()
      app.use((context, next) => {
        if (!handler.serves(context.url)) return next()
        context.respond = false
        return listener(context.req, context.res)
      })
      app.use((context) => {
        context.body = context.path === '/page' ? PAGE : NOTHING
        context.status = context.path === '/page' ? 200 : 404
      })
      const answer = app.callback()
      return (req, res) => void answer(req, res)
    },
  ],
  [
    'node:http with a listener behind',
    (handler) => {
      const listener = toNodeListener(handler)
      return (req, res) =>
        void listener(req, res, () => {
          const isPage = req.url === '/page'
          res.writeHead(isPage ? 200 : 404).end(isPage ? PAGE : NOTHING)
        })
    },
  ],
]

function expressApp(
  create: typeof express,
  handler: TokenHandler,
  prefix: string,
): RequestListener {
  const app = create()
  app.use(prefix || '/', toNodeListener(handler))
  app.get('/page', (_req, res) => void res.send(PAGE))
  app.use((_req, res) => void res.status(404).send(NOTHING))
  return app
}

let server: Server
let origin: string

afterEach(async () => {
  server.closeAllConnections()
  await once(server.close(), 'close')
})

describe.each(APPS)('an app on %s', (_name, app) => {
  describe.each(['', '/agora'])('with the handler at %j', (prefix) => {
    it('keeps its own pages, and its own word for what is not there', async () => {
      await start(app(hostEndpoint(), prefix))
      expect(await ask('GET', '/page')).toEqual({ status: 200, body: PAGE })
      expect(await ask('GET', '/')).toEqual({ status: 404, body: NOTHING })
      expect(await ask('POST', '/v1/token')).toEqual({ status: 404, body: NOTHING })
      expect(await ask('GET', `${prefix}/healthz`)).toEqual({ status: 404, body: NOTHING })
    })

    it('leaves to the handler what is for it', async () => {
      await start(app(hostEndpoint(), prefix))
      expect(await ask('POST', `${prefix}/v1/tokens`)).toMatchObject({ status: 200 })
      expect(await ask('GET', `${prefix}/v1/tokens`)).toMatchObject({ status: 405 })
      expect(await ask('GET', `${prefix}/v1/openapi.json`)).toMatchObject({ status: 200 })
    })
  })
})

describe('an app on Koa', () => {
  it('hears of what fails behind the handler', async () => {
    const seen: unknown[] = []
    const app = new Koa()
    app.on('error', (error) => seen.push(error))
    const listener = toNodeListener(hostEndpoint())
    app.use((context, next) => listener(context.req, context.res, next))
    const failure = new Error('the app fails')
    app.use(() => Promise.reject(failure))
    const answer = app.callback()
    await start((req, res) => void answer(req, res))
    expect(await ask('GET', '/page')).toMatchObject({ status: 500 })
    expect(seen).toEqual([failure])
  })
})

async function start(listener: RequestListener): Promise<void> {
  server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function ask(method: string, path: string): Promise<{ status: number; body: string }> {
  const headers = { authorization: 'Bearer alice', 'content-type': 'application/json' }
  const body = method === 'POST' ? wish() : null
  const response = await fetch(origin + path, { method, headers, body })
  return { status: response.status, body: await response.text() }
}
