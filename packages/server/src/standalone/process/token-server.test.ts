import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { allow } from '../../policy/policy.ts'
import { createTokenHandler } from '../../token-handler.ts'
import { readConfig } from '../config/read-config.ts'
import { startTokenServer, type TokenServer, type TokenServerExtras } from './token-server.ts'

const PROJECT = {
  appId: '970CA35de60c44645bbae8a215061b33',
  appCertificate: '5CFd2fd1755d40ecb72977518be15d3b',
}
const LOOPBACK = { PORT: '0', RTC_TOKEN_HOST: '127.0.0.1' }
const BODY = '{"channel":"room"}'
const REQUEST = [
  'POST /v1/tokens HTTP/1.1',
  'host: localhost',
  'content-type: application/json',
  `content-length: ${BODY.length}`,
  '',
  BODY,
].join('\r\n')

const callers: Socket[] = []
const servers: TokenServer[] = []
let server: TokenServer
let arrived: Promise<void>
let decide: () => void
/** Starts another server in place of that of all tests. */
let start: (env?: Readonly<Record<string, string>>, extras?: TokenServerExtras) => Promise<void>

beforeEach(async () => {
  let arrive = (): void => {}
  arrived = new Promise((resolve) => {
    arrive = resolve
  })
  const decided = new Promise<void>((resolve) => {
    decide = resolve
  })
  const handler = createTokenHandler({
    project: PROJECT,
    authenticate: () => ({ id: 'alice' }),
    authorize: async () => {
      arrive()
      await decided
      return allow({ identity: { uid: 1 } })
    },
    // Longer than what these tests let pass.
    timeoutMs: 60_000,
    health: true,
  })
  start = async (env, extras) => {
    server = await startTokenServer(handler, readConfig({ ...LOOPBACK, ...env }), extras)
    servers.push(server)
  }
  await start()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(async () => {
  vi.useRealTimers()
  for (const caller of callers.splice(0)) caller.destroy()
  for (const { stop } of servers.splice(0)) await stop(0)
})

function call() {
  const socket = connect(server.port, '127.0.0.1')
  callers.push(socket)
  let answer = ''
  socket.on('data', (chunk) => (answer += String(chunk)))
  socket.on('error', () => {})
  return {
    connected: once(socket, 'connect'),
    closed: once(socket, 'close').then(() => answer),
    send: (text = REQUEST) => socket.write(text),
    go: () => socket.destroy(),
  }
}

/** A connection that the server has taken up, and on which nothing has been sent. */
async function openConnection() {
  const caller = call()
  await caller.connected
  // They are taken up in turn: when a later one is answered, this one was seen.
  await fetch(`http://127.0.0.1:${server.port}/healthz`, { headers: { connection: 'close' } })
  return caller
}

it('answers a request that comes just after the port has closed', async () => {
  const { closed, send } = await openConnection()
  const stopped = server.stop(10_000)
  send()
  await arrived
  await vi.advanceTimersByTimeAsync(9000)
  decide()
  expect(await closed).toMatch(/^HTTP\/1.1 200 OK.*connection: close/is)
  expect(await stopped).toBe(0)
})

it('cuts such a request off with the end of the grace time, and counts it', async () => {
  const { closed, send } = await openConnection()
  const stopped = server.stop(10_000)
  send()
  await arrived
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await stopped).toBe(1)
  expect(await closed).toBe('')
})

it('does not wait for callers who say nothing', async () => {
  const { closed } = await openConnection()
  const stopped = server.stop(10_000)
  await vi.advanceTimersByTimeAsync(250)
  expect(await stopped).toBe(0)
  expect(await closed).toBe('')
})

it('forgets the requests of a caller who has gone before their replies', async () => {
  const { closed, send, go } = await openConnection()
  send(REQUEST.repeat(3))
  await arrived
  go()
  await closed
  const stopped = server.stop(10_000)
  await vi.advanceTimersByTimeAsync(250)
  expect(await stopped).toBe(0)
})

it('gives no caller more than 10 seconds for the head of a request, and 15 for all of it', async () => {
  const started = vi.fn()
  subscribe('http.server.request.start', started)
  await openConnection()
  unsubscribe('http.server.request.start', started)
  expect(started.mock.lastCall?.[0]).toMatchObject({
    server: {
      headersTimeout: 10_000,
      requestTimeout: 15_000,
      // Else Node looks every thirty seconds whose time is over.
      connectionsCheckingInterval: 1000,
    },
  })
})

it.each([
  ['says nothing', ''],
  ['stops in the middle of the head', REQUEST.slice(0, 40)],
  ['stops in the middle of the body', REQUEST.slice(0, -5)],
])('closes the connection of a caller who %s when the time is over', async (_what, text) => {
  const timeouts = { headersTimeout: 40, requestTimeout: 60, connectionsCheckingInterval: 10 }
  await start({}, { timeouts })
  const { closed, send } = call()
  send(text)
  expect(await closed).toMatch(/^HTTP\/1\.1 408 .*connection: close/is)
})

it('has as many connections as it may, and closes one more at once', async () => {
  const onDrop = vi.fn()
  await start({ RTC_TOKEN_MAX_CONNECTIONS: '2' }, { onDrop })
  const { closed, send } = call()
  await call().connected
  expect(await call().closed).toBe('')
  expect(onDrop.mock.calls).toEqual([['127.0.0.1']])
  decide()
  send(REQUEST.replace('\r\n', '\r\nconnection: close\r\n'))
  expect(await closed).toMatch(/^HTTP\/1\.1 200 OK/)
})
