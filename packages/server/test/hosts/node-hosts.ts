import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import connect from 'connect'
import express from 'express'
// @ts-expect-error -- an alias that the types are not installed for; used as Express 5
import express4 from 'express4'
import fastify from 'fastify'
import Koa from 'koa'

import { toFastifyPlugin } from '../../src/adapters/fastify.ts'
import { toNodeListener } from '../../src/adapters/node.ts'
import type { TokenHandler } from '../../src/index.ts'
import type { Host, RunningHost } from './host.ts'
import { sendHttp } from './send-http.ts'

/** Serves a listener of `node:http` on a free port of loopback. */
async function listen(listener: RequestListener): Promise<RunningHost> {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return running(server)
}

/** Speaks with a server that listens. */
export function running(server: Server, close?: () => Promise<unknown>): RunningHost {
  const { port } = server.address() as AddressInfo
  return {
    port,
    send: (request) => sendHttp(port, request),
    stop: async () => {
      server.closeAllConnections()
      await (close ? close() : once(server.close(), 'close'))
    },
  }
}

const nodeHttp: Host = {
  name: 'node:http',
  prefix: '',
  ip: '127.0.0.1',
  start: (handler) => listen((req, res) => void toNodeListener(handler)(req, res)),
}

function expressHosts(name: string, create: typeof express): readonly Host[] {
  return ['', '/agora'].flatMap((prefix) =>
    [false, true].map((withJson) => ({
      name: name + (withJson ? ' behind express.json()' : '') + (prefix && ' under a prefix'),
      prefix,
      ip: '127.0.0.1',
      traits: withJson ? (['passes-on', 'parses-json'] as const) : (['passes-on'] as const),
      start: (handler: TokenHandler) => {
        const app = create()
        if (withJson) app.use(create.json())
        app.use(prefix || '/', toNodeListener(handler))
        // What Express answers by itself it would also print.
        app.set('env', 'test')
        return listen(app)
      },
    })),
  )
}

const connectHosts: readonly Host[] = ['', '/agora'].map((prefix) => ({
  name: `Connect 3${prefix && ' under a prefix'}`,
  prefix,
  ip: '127.0.0.1',
  traits: ['passes-on'],
  start: (handler) => {
    const app = connect()
    const listener = toNodeListener(handler)
    app.use(prefix || '/', (req, res, next) => void listener(req, res, next))
    // Connect itself throws for some targets (docs/upstream.md).
    return listen((req, res) => {
      try {
        app(req, res)
      } catch {
        res.writeHead(400).end()
      }
    })
  },
}))

const koa: Host = {
  name: 'Koa 3',
  prefix: '',
  ip: '127.0.0.1',
  traits: ['passes-on'],
  start: (handler) => {
    const listener = toNodeListener(handler)
    const app = new Koa()
    // A caller who hangs up is no news.
    app.silent = true
    app.use((context, next) => {
      if (!handler.serves(context.url)) return next()
      context.respond = false
      return listener(context.req, context.res)
    })
    const answer = app.callback()
    return listen((req, res) => void answer(req, res))
  },
}

function fastifyHost(prefix: string): Host {
  return {
    name: `Fastify 5${prefix && ' under a prefix'}`,
    prefix,
    ip: '127.0.0.1',
    traits: ['parses-media-type'],
    start: async (handler) => {
      const app = fastify()
      await app.register(toFastifyPlugin(handler), { prefix })
      await app.listen({ port: 0, host: '127.0.0.1' })
      return running(app.server, () => app.close())
    },
  }
}

/** What is built on `node:http`. */
export const NODE_HOSTS: readonly Host[] = [
  nodeHttp,
  ...expressHosts('Express 4', express4 as typeof express),
  ...expressHosts('Express 5', express),
  ...connectHosts,
  koa,
  fastifyHost(''),
  fastifyHost('/agora'),
]
