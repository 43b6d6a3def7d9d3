import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { ask, jwt } from './support/ask.ts'
import { type InstalledServer, installServer } from './support/installed-server.ts'
import { startLoad } from './support/load.ts'
import {
  runProgram,
  type RunningServer,
  startProgram,
  TWO_VARIABLES,
  urlOf,
} from './support/running-server.ts'

const TWO_WORKERS = {
  ...TWO_VARIABLES,
  WEB_CONCURRENCY: '2',
  LOG_LEVEL: 'debug',
  RTC_TOKEN_LIMIT_PER_IP: '0',
  RTC_TOKEN_LIMIT_PER_SUBJECT: '0',
}

describe('rtc-token-server with two workers', { timeout: 120_000 }, () => {
  let installed: InstalledServer
  let server: RunningServer
  const start = (env: Readonly<Record<string, string>> = {}, args: readonly string[] = []) => {
    server = startProgram(installed.program, { ...TWO_WORKERS, ...env }, args)
    return urlOf(server)
  }
  const workers = () =>
    server.lines.filter(({ type }) => type === 'worker.started').map(({ worker }) => Number(worker))

  beforeAll(async () => {
    installed = await installServer()
  }, 30_000)
  afterEach(async () => {
    server.kill('SIGTERM')
    await server.exited
  })
  afterAll(() => installed.remove())

  it('serves on one port and stops without failing a request', async () => {
    const load = startLoad(await start({ DRAIN_SECONDS: '5' }), await jwt())
    expect(await server.line('server.started')).toMatchObject({ workers: 2 })
    expect(new Set(workers()).size).toBe(2)
    await load.answered(100)
    server.kill('SIGTERM')
    await server.line('server.draining', 1)
    await load.answered(40)
    await load.stop()
    expect(new Set(load.outcomes)).toEqual(new Set([200]))
    expect(await server.exited).toEqual({ code: 0, signal: null })
    expect(server.lines.filter(({ type }) => type === 'server.stopped')).toHaveLength(2)
  })

  it('is not confused by a terminal that signals every process', async () => {
    await start({ DRAIN_SECONDS: '1' })
    for (const pid of workers()) process.kill(pid, 'SIGINT')
    server.kill('SIGINT')
    expect(await server.exited).toEqual({ code: 0, signal: null })
  })

  it('warns that each of them counts by itself', async () => {
    await start({ RTC_TOKEN_LIMIT_PER_IP: '60' })
    expect(await server.line('config.warning')).toMatchObject({ code: 'limiter_in_memory' })
  })

  it('replaces one that crashes', async () => {
    const url = await start()
    const [victim = 0] = workers()
    process.kill(victim, 'SIGKILL')
    expect(await server.line('worker.crashed')).toMatchObject({ worker: victim, signal: 'SIGKILL' })
    expect(await ask(url, await jwt())).toMatchObject({ status: 200 })
    await server.line('worker.replaced')
    expect(new Set(workers()).size).toBe(3)
  })

  it('replaces all of them at SIGHUP without failing a request', async () => {
    const load = startLoad(await start({ DRAIN_SECONDS: '4' }), await jwt())
    await load.answered(100)
    server.kill('SIGHUP')
    await server.line('server.stopped', 1)
    await load.answered(40)
    await load.stop()
    expect(new Set(load.outcomes)).toEqual(new Set([200]))
    expect(new Set(workers()).size).toBe(4)
  })

  it('adds up the metrics of all', async () => {
    const url = await start({ METRICS_PORT: '0' })
    const bearer = await jwt()
    for (let i = 0; i < 6; i += 1) await ask(url, bearer)
    const { metricsPort } = await server.line('server.started')
    const reply = await fetch(`http://127.0.0.1:${String(metricsPort)}/metrics`)
    expect(await reply.text()).toMatch(/^agora_tokens_issued_total\{[^}]*\} 6$/m)
  })

  it('adds up the metrics of those that answer', async () => {
    await start({ METRICS_PORT: '0' })
    const { metricsPort } = await server.line('server.started')
    const scrape = () => fetch(`http://127.0.0.1:${String(metricsPort)}/metrics`)
    const [stuck = 0] = workers()
    process.kill(stuck, 'SIGSTOP')
    const [first, second] = await Promise.all([scrape(), scrape()])
    process.kill(stuck, 'SIGKILL')
    const third = await scrape()
    expect([first.status, second.status, third.status]).toEqual([200, 200, 200])
    expect(await first.text()).toContain('process_cpu_seconds_total')
    await server.line('worker.replaced')
    expect((await scrape()).status).toBe(200)
  })

  it('ends one that is stuck after its time, and says so', async () => {
    const path = join(installed.folder, 'stuck.mjs')
    await writeFile(
      path,
      `import { writeSync } from 'node:fs'
       export const authorize = () => {
         writeSync(1, '{"type":"policy.stuck"}\\n')
         for (;;);
       }`,
    )
    const url = await start({ DRAIN_SECONDS: '0', GRACE_SECONDS: '0' }, ['--config', path])
    const asked = ask(url, await jwt()).catch(() => 'cut off')
    await server.line('policy.stuck')
    server.kill('SIGTERM')
    expect(await server.exited).toEqual({ code: 1, signal: null })
    expect(await asked).toBe('cut off')
    const killed = server.lines.filter(({ type }) => type === 'worker.killed')
    expect(killed).toEqual([expect.objectContaining({ level: 50, worker: expect.any(Number) })])
  })

  it('leaves none behind when the supervisor is killed', async () => {
    await start()
    server.kill('SIGKILL')
    // That comes when the last process has let go of the output.
    expect(await server.exited).toEqual({ code: null, signal: 'SIGKILL' })
  })

  it('ends all of them at once when told twice', async () => {
    await start({ DRAIN_SECONDS: '600' })
    server.kill('SIGTERM')
    await server.line('server.draining', 1)
    server.kill('SIGTERM')
    // That comes when the last process has let go of the output: the workers are gone too.
    expect(await server.exited).toEqual({ code: 143, signal: null })
  })

  it('does not start when they cannot', async () => {
    const url = await start()
    const { port } = new URL(url)
    const { code, output } = await runProgram(installed.program, { ...TWO_WORKERS, PORT: port })
    expect(code).toBe(1)
    expect(output).toContain(`PORT: cannot listen on port ${port} (EADDRINUSE)`)
    expect(output).toContain('rtc-token-server: a worker did not start')
  })
})
