import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { jwt } from './support/ask.ts'
import { type InstalledServer, installServer } from './support/installed-server.ts'
import { startLoad } from './support/load.ts'
import { startProgram, TWO_VARIABLES, urlOf } from './support/running-server.ts'
import { announceRequest, beginRequest, portClosed } from './support/unfinished-request.ts'

const OPEN = {
  ...TWO_VARIABLES,
  RTC_TOKEN_LIMIT_PER_IP: '0',
  RTC_TOKEN_LIMIT_PER_SUBJECT: '0',
  LOG_LEVEL: 'info',
}

describe('rtc-token-server that is told to stop', { timeout: 60_000 }, () => {
  let installed: InstalledServer
  beforeAll(async () => {
    installed = await installServer()
  }, 30_000)
  afterAll(() => installed.remove())

  const start = (env: Readonly<Record<string, string>>) =>
    startProgram(installed.program, { ...OPEN, ...env })

  it('says so in readyz first, serves on meanwhile, and fails no request', async () => {
    // Longer than a busy machine needs for what follows.
    const server = start({ DRAIN_SECONDS: '5' })
    const url = await urlOf(server)
    const load = startLoad(url, await jwt())
    await load.answered(100)
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    server.kill('SIGTERM')
    await server.line('server.draining')
    const unready = await fetch(`${url}/readyz`)
    expect([unready.status, await unready.json()]).toEqual([
      503,
      expect.objectContaining({ status: 'draining' }),
    ])
    // A balancer needs some time until it looks elsewhere.
    await load.answered(40)
    await load.stop()
    expect(new Set(load.outcomes)).toEqual(new Set([200]))
    expect(await server.exited).toEqual({ code: 0, signal: null })
    expect(server.lines.at(-1)).toMatchObject({ type: 'server.stopped', cut: 0 })
  })

  it('ends kept connections with their next reply', async () => {
    const server = start({ DRAIN_SECONDS: '3' })
    const url = await urlOf(server)
    expect((await fetch(`${url}/healthz`)).headers.get('connection')).toBe('keep-alive')
    server.kill('SIGTERM')
    await server.line('server.draining')
    expect((await fetch(`${url}/healthz`)).headers.get('connection')).toBe('close')
    expect(await server.exited).toEqual({ code: 0, signal: null })
  })

  it('lets a slow request finish after the port is closed', async () => {
    const server = start({})
    const url = await urlOf(server)
    const slow = await beginRequest(url, await jwt())
    server.kill('SIGINT')
    await portClosed(url)
    const answer = await slow.finish()
    expect(answer).toContain('HTTP/1.1 200 OK')
    expect(answer).toMatch(/connection: close/i)
    expect(answer).toContain('"token":"007')
    expect(await server.exited).toEqual({ code: 0, signal: null })
  })

  it('refuses what comes after the port is closed, on a connection from before', async () => {
    const server = start({})
    const url = await urlOf(server)
    const bearer = await jwt()
    const late = await announceRequest(url, bearer)
    // Keeps the server; when it has begun, the other connection was seen.
    const slow = await beginRequest(url, bearer)
    server.kill('SIGTERM')
    await portClosed(url)
    const answer = await late.finish()
    expect(answer).toContain('HTTP/1.1 503 Service Unavailable')
    expect(answer).toContain('"code":"draining"')
    expect(await slow.finish()).toContain('HTTP/1.1 200 OK')
    expect(await server.exited).toEqual({ code: 0, signal: null })
  })

  it('cuts off what outlasts the grace time, and says so', async () => {
    const server = start({ GRACE_SECONDS: '0' })
    const slow = await beginRequest(await urlOf(server), await jwt())
    server.kill('SIGTERM')
    await slow.closed
    expect(await server.exited).toEqual({ code: 1, signal: null })
    expect(server.lines.find(({ type }) => type === 'server.stopped')).toMatchObject({ cut: 1 })
  })

  it('takes SIGHUP as SIGTERM, also where it comes twice', async () => {
    const server = start({ DRAIN_SECONDS: '1' })
    const url = await urlOf(server)
    server.kill('SIGHUP')
    await server.line('server.draining')
    server.kill('SIGHUP')
    server.kill('SIGTERM')
    expect((await fetch(`${url}/readyz`)).status).toBe(503)
    expect(await server.exited).toEqual({ code: 0, signal: null })
    expect(server.lines.at(-1)).toMatchObject({ type: 'server.stopped', cut: 0 })
  })

  it('ends at once when told twice', async () => {
    const server = start({ DRAIN_SECONDS: '600' })
    await urlOf(server)
    server.kill('SIGTERM')
    await server.line('server.draining')
    server.kill('SIGTERM')
    expect(await server.exited).toEqual({ code: 143, signal: null })
  })
})
