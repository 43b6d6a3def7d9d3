import { once } from 'node:events'
import { connect } from 'node:net'
import { setImmediate as nextRound } from 'node:timers/promises'

import fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { testEndpoint } from '../../test/support/token-endpoint.ts'
import { allow } from '../policy/policy.ts'
import { toFastifyPlugin } from './fastify.ts'

const REQUEST = {
  method: 'POST' as const,
  url: '/agora/v1/tokens',
  headers: { 'content-type': 'application/json', authorization: 'Bearer alice' },
  payload: JSON.stringify({ channel: 'room-42', uid: 1234 }),
}

describe('toFastifyPlugin', () => {
  let app: FastifyInstance
  beforeEach(() => {
    app = fastify({ trustProxy: 'loopback' })
  })
  afterEach(() => app.close())

  it('answers requests that are injected', async () => {
    app.register(toFastifyPlugin(testEndpoint().handler), { prefix: '/agora' })
    const reply = await app.inject(REQUEST)
    expect(reply.statusCode).toBe(200)
    expect(reply.headers['content-type']).toBe('application/json')
    expect(reply.json()).toMatchObject({ channel: 'room-42', uid: 1234 })
  })

  it('runs the hooks of the application, and keeps what they add', async () => {
    app.addHook('onSend', async (_request, reply) => void reply.header('x-app', 'mine'))
    app.register(toFastifyPlugin(testEndpoint().handler), { prefix: '/agora' })
    expect((await app.inject(REQUEST)).headers).toMatchObject({ 'x-app': 'mine' })
  })

  it('stays out when a hook has refused', async () => {
    const authorize = vi.fn(() => allow())
    app.addHook('preHandler', async (_request, reply) => reply.code(403).send('no'))
    app.register(toFastifyPlugin(testEndpoint({ authorize }).handler), { prefix: '/agora' })
    expect(await app.inject(REQUEST)).toMatchObject({ statusCode: 403, body: 'no' })
    expect(authorize).not.toHaveBeenCalled()
  })

  it('leaves the parsers of the application alone', async () => {
    app.register(toFastifyPlugin(testEndpoint().handler), { prefix: '/agora' })
    app.post('/echo', async ({ body }) => body)
    const reply = await app.inject({ ...REQUEST, url: '/echo', payload: { a: 1 } })
    expect(reply.json()).toEqual({ a: 1 })
  })

  it.each(['203.0.113.7', '::ffff:203.0.113.7', '::ffff:cb00:7107', '203.0.113.7:5678'])(
    'tells the policy the address that Fastify believes, of IPv4 in one form: %s',
    async (forwarded) => {
      const authorize = vi.fn(() => allow())
      app.register(toFastifyPlugin(testEndpoint({ authorize }).handler), { prefix: '/agora' })
      const headers = { ...REQUEST.headers, 'x-forwarded-for': forwarded }
      await app.inject({ ...REQUEST, headers })
      expect(authorize).toHaveBeenCalledWith(expect.objectContaining({ ip: '203.0.113.7' }))
    },
  )

  it('does not ask about a caller who has reset the connection, since no limit could count it', async () => {
    const authorize = vi.fn(() => allow())
    app.register(toFastifyPlugin(testEndpoint({ authorize }).handler), { prefix: '/agora' })
    const port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port)
    const { payload, headers } = REQUEST
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    const length = `content-length: ${payload.length}\r\n`
    const callers = Array.from({ length: 50 }, () => connect(port, '127.0.0.1'))
    await Promise.all(callers.map((socket) => once(socket, 'connect')))
    for (const socket of callers) {
      socket.write(
        `POST ${REQUEST.url} HTTP/1.1\r\nhost: a\r\n${lines.join('')}${length}\r\n${payload}`,
      )
      socket.resetAndDestroy()
    }
    while (
      await new Promise((resolve) => app.server.getConnections((_, count) => resolve(count)))
    ) {
      await nextRound()
    }
    for (const [ask] of authorize.mock.calls as unknown as [{ ip?: string }][]) {
      expect(ask.ip).toBe('127.0.0.1')
    }
  })

  it('reads what a hook has made of the body', async () => {
    const { Readable } = await import('node:stream')
    app.addHook('preParsing', async () => Readable.from([Buffer.from(REQUEST.payload)]))
    app.register(toFastifyPlugin(testEndpoint().handler), { prefix: '/agora' })
    expect(await app.inject({ ...REQUEST, payload: '{' })).toMatchObject({ statusCode: 200 })
  })
})
