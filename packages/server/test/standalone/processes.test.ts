import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

import { findRuntime, missingRuntime } from '@rtc-token/runtimes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { ask, jwt } from './support/ask.ts'
import { type InstalledServer, installServer } from './support/installed-server.ts'
import { runProgram, startProgram, TWO_VARIABLES, urlOf } from './support/running-server.ts'

const OPEN = { RTC_TOKEN_LIMIT_PER_IP: '0', RTC_TOKEN_LIMIT_PER_SUBJECT: '0' }
const SHARED = { ...TWO_VARIABLES, ...OPEN, RTC_TOKEN_REUSE_PORT: 'true' }
const canShare = process.versions.node.localeCompare('22.12', 'en', { numeric: true }) >= 0

describe('rtc-token-server and several processes', () => {
  let installed: InstalledServer
  beforeAll(async () => {
    installed = await installServer()
  }, 30_000)
  afterAll(() => installed.remove())

  it('ignores WEB_CONCURRENCY, and says where several are explained', async () => {
    const server = startProgram(installed.program, { ...TWO_VARIABLES, WEB_CONCURRENCY: '4' })
    const line = await server.line('config.ignored')
    expect(line).toMatchObject({ level: 30, variables: ['WEB_CONCURRENCY'] })
    const [, page = ''] = /main\/(docs\/\S+\.md)$/.exec(String(line['msg'])) ?? []
    expect(existsSync(fileURLToPath(new URL(`../../../../${page}`, import.meta.url)))).toBe(true)
    const bearer = await jwt()
    for (let i = 0; i < 4; i += 1) await ask(await urlOf(server), bearer)
    expect(new Set(server.lines.map(({ pid }) => pid))).toEqual(new Set([server.pid]))
    expect(server.lines.filter(({ type }) => type === 'config.ignored')).toHaveLength(1)
  })

  it('ends at a signal that comes before it has started', async () => {
    const path = join(installed.folder, 'waiting.mjs')
    await writeFile(
      path,
      `import { writeSync } from 'node:fs'
       writeSync(1, '{"type":"module.waits"}\\n')
       await new Promise((resolve) => setTimeout(resolve, 60_000))`,
    )
    const server = startProgram(installed.program, TWO_VARIABLES, ['--config', path])
    await server.line('module.waits')
    server.kill('SIGTERM')
    expect(await server.exited).toEqual({ code: 0, signal: null })
  })

  it.skipIf(missingRuntime('node24'))('shares a port where Node can', async () => {
    const node = findRuntime('node24')
    const first = startProgram(installed.program, SHARED, [], node)
    const url = await urlOf(first)
    const variables = { ...SHARED, PORT: new URL(url).port, METRICS_PORT: '0' }
    const second = startProgram(installed.program, variables, [], node)
    expect(await urlOf(second)).toBe(url)
    expect(await second.line('config.warning')).toMatchObject({ code: 'limiter_missing' })
    // The kernel draws one of them for each connection.
    const bearer = await jwt()
    const statuses = new Set<number>()
    const askAnew = async () => {
      const { status } = await ask(url, bearer, undefined, { connection: 'close' })
      statuses.add(status)
    }
    const hasServed = ({ lines }: typeof first) => lines.some(({ type }) => type === 'token.issued')
    while (!hasServed(first) || !hasServed(second)) await askAnew()
    first.kill('SIGTERM')
    expect(await first.exited).toEqual({ code: 0, signal: null })
    await askAnew()
    expect([...statuses]).toEqual([200])
  })

  it.skipIf(missingRuntime('node24'))('warns of limits that each counts by itself', async () => {
    const variables = { ...SHARED, RTC_TOKEN_LIMIT_PER_IP: '60' }
    const server = startProgram(installed.program, variables, [], findRuntime('node24'))
    expect(await server.line('config.warning')).toMatchObject({ code: 'limiter_in_memory' })
  })

  it.skipIf(canShare)('refuses to share a port where Node cannot', async () => {
    const { code, output } = await runProgram(installed.program, SHARED)
    const { node } = process.versions
    expect([code, output]).toEqual([
      1,
      `rtc-token-server: RTC_TOKEN_REUSE_PORT: Node 22.12, 23.1 or later expected, got ${node}\n`,
    ])
  })
})
