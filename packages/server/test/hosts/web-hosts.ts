import type { Server } from 'node:http'

import { H3, serve as serveH3 } from 'h3'
import { Hono } from 'hono'
import { serve } from 'srvx/node'

import type { TokenHandler } from '../../src/index.ts'
import type { Host, RunningHost } from './host.ts'
import { running } from './node-hosts.ts'
import { fromWebResponse, toWebRequest } from './web-request.ts'

const QUIET = { port: 0, hostname: '127.0.0.1', silent: true, gracefulShutdown: false } as const

/** Calls a function of this process, without a wire. */
function inProcess(fetch: (request: Request) => Promise<Response>): Promise<RunningHost> {
  return Promise.resolve({
    send: async (wire) => fromWebResponse(await fetch(toWebRequest(wire)), wire.method),
    stop: () => Promise.resolve(),
  })
}

const plain: Host = {
  name: 'handler.fetch',
  isInProcess: true,
  prefix: '',
  ip: undefined,
  start: (handler) => inProcess((request) => handler.fetch(request)),
}

// As Next calls what a `route.ts` exports as POST and the like.
const nextRoute: Host = {
  name: 'a route as in Next',
  isInProcess: true,
  prefix: '/api',
  ip: undefined,
  start: ({ fetch: route }) =>
    inProcess((request) => route(request, { params: Promise.resolve({}) })),
}

const hono: Host = {
  name: 'Hono 4',
  prefix: '/agora',
  ip: undefined,
  start: (handler) => serveFetch(honoApp(handler).fetch),
}

const honoOnWorkers: Host = {
  name: 'Hono 4 with bindings',
  isInProcess: true,
  prefix: '/agora',
  ip: undefined,
  start: (handler) => {
    const app = honoApp(handler)
    return inProcess(async (request) => app.fetch(request, { ip: 7, readBody: 'x' }))
  },
}

const h3: Host = {
  name: 'h3 2',
  prefix: '/agora',
  ip: '127.0.0.1',
  start: async (handler) => {
    const app = new H3()
    app.all('/agora/**', ({ req }) => handler.fetch(req, { ip: req.ip }))
    return running((await serveH3(app, QUIET).ready()).node!.server as Server)
  },
}

function honoApp(handler: TokenHandler): Hono {
  return new Hono().all('/agora/*', (context) => handler.fetch(context.req.raw))
}

async function serveFetch(fetch: (request: Request) => Response | Promise<Response>) {
  return running((await serve({ ...QUIET, fetch }).ready()).node!.server as Server)
}

/** What speaks `Request` and `Response`. */
export const WEB_HOSTS: readonly Host[] = [plain, nextRoute, hono, honoOnWorkers, h3]
