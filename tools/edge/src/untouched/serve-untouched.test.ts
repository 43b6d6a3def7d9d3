import { once } from 'node:events'
import { request } from 'node:https'
import type { IncomingMessage } from 'node:http'
import { expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { createEdge } from '../create-edge.ts'
import { PROJECT } from '../../test/support/project.ts'
import { serveUntouched, type UntouchedServer } from './serve-untouched.ts'

async function serve(): Promise<UntouchedServer> {
  const server = await serveUntouched(createEdge(PROJECT))
  onTestFinished(() => server.close())
  return server
}

async function get({ port }: UntouchedServer, host: string): Promise<IncomingMessage> {
  const trust = { rejectUnauthorized: false, servername: host }
  const sent = request({ port, host: '127.0.0.1', headers: { host }, ...trust }).end()
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  response.resume()
  return response
}

it('answers over TLS for the platform’s hosts, with or without a port, and for no other', async () => {
  const server = await serve()
  const statuses = ['sua-ap-web-1.agora.io', 'x.sd-rtn.com:443', 'example.com'].map(
    async (host) => (await get(server, host)).statusCode,
  )
  expect(await Promise.all(statuses)).toEqual([200, 200, 404])
})

it('opens WebSockets for the platform’s hosts and for no other', async () => {
  const { port } = await serve()
  const open = (host: string): WebSocket =>
    new WebSocket(`wss://127.0.0.1:${port}/`, { rejectUnauthorized: false, headers: { host } })
  const socket = open('stand-in.edge.agora.io')
  await once(socket, 'open')
  const other = open('example.com')
  const [error] = (await once(other, 'error')) as [Error]
  expect(error.message).toBe('socket hang up')
})

it('tells Chromium where all names lead, and which key to accept', async () => {
  const { chromiumSwitches, port } = await serve()
  expect(chromiumSwitches).toEqual([
    `--host-resolver-rules=MAP * 127.0.0.1:${port}, EXCLUDE 127.0.0.1, EXCLUDE localhost`,
    expect.stringMatching(/^--ignore-certificate-errors-spki-list=[A-Za-z0-9+/]{43}=$/),
  ])
})

it('makes a certificate of its own each time', async () => {
  const [one, two] = await Promise.all([serve(), serve()])
  expect(one.chromiumSwitches[1]).not.toBe(two.chromiumSwitches[1])
})
