import { once } from 'node:events'
import { createServer } from 'node:http'

import fastify from 'fastify'

import { type LambdaContext, toLambdaHandler } from '../../../src/adapters/aws-lambda.ts'
import { toFastifyPlugin } from '../../../src/adapters/fastify.ts'
import { toNodeListener } from '../../../src/adapters/node.ts'
import { readConfig } from '../../../src/standalone/config/read-config.ts'
import { startTokenServer } from '../../../src/standalone/process/token-server.ts'
import type { Host } from '../host.ts'
import type { WireRequest } from '../host-case.ts'
import { toRestEvent, toUrlEvent } from '../lambda-event.ts'
import { LAMBDA_HOSTS } from '../lambda-hosts.ts'
import { nestHost } from '../nest-host.ts'
import { NODE_HOSTS, running } from '../node-hosts.ts'
import { WEB_HOSTS } from '../web-hosts.ts'
import { sendRaw } from './send-raw.ts'

// With what is said by a proxy believed: in the other hosts it is not.
const believing = { prefix: '', ip: undefined }
const EMPTY = { headers: {}, body: '' }

const nodeHttp: Host = {
  ...believing,
  name: 'node:http that believes every proxy',
  start: async (handler) => {
    const listener = toNodeListener(handler, { trustProxy: true })
    const server = createServer((req, res) => void listener(req, res))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return running(server)
  },
}

const fastifyThatBelieves: Host = {
  ...believing,
  name: 'Fastify that believes every proxy',
  start: async (handler) => {
    const app = fastify({ trustProxy: true })
    await app.register(toFastifyPlugin(handler))
    await app.listen({ port: 0, host: '127.0.0.1' })
    return running(app.server, () => app.close())
  },
}

const lambda = (name: string, toEvent: typeof toRestEvent | typeof toUrlEvent): Host => ({
  ...believing,
  name,
  isInProcess: true,
  start: (handler) => {
    const answer = toLambdaHandler(handler, { trustProxy: true })
    const send = async (wire: WireRequest) => {
      const { statusCode } = await answer(toEvent(wire, true), {} satisfies LambdaContext)
      return { ...EMPTY, status: statusCode }
    }
    return Promise.resolve({ send, stop: () => Promise.resolve() })
  },
})

const standalone: Host = {
  ...believing,
  name: 'the standalone server behind a proxy',
  start: async (handler) => {
    const env = { PORT: '0', RTC_TOKEN_HOST: '127.0.0.1', RTC_TOKEN_TRUST_PROXY: 'loopback' }
    const { port, stop } = await startTokenServer(handler, readConfig(env))
    const send = async (wire: WireRequest) => ({ ...EMPTY, status: await sendRaw(port, wire) })
    return { port, send, stop: async () => void (await stop(0)) }
  },
}

/** Every way to serve the handler, and those in which a proxy is believed. */
export const FUZZED_HOSTS: readonly Host[] = [
  ...WEB_HOSTS,
  ...NODE_HOSTS,
  nestHost,
  ...LAMBDA_HOSTS,
  nodeHttp,
  fastifyThatBelieves,
  lambda('a Lambda behind a REST API that believes every proxy', toRestEvent),
  lambda('a Lambda with a function URL that believes every proxy', toUrlEvent),
  standalone,
]
