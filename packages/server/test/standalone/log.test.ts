import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'

import { ask } from './support/ask.ts'
import { type InstalledServer, installServer } from './support/installed-server.ts'
import { startLoad } from './support/load.ts'
import { startProgram, TWO_VARIABLES, urlOf } from './support/running-server.ts'
import { startUnread } from './support/unread-server.ts'

const OPEN = {
  ...TWO_VARIABLES,
  RTC_TOKEN_JWT_SECRET: '',
  RTC_TOKEN_LIMIT_PER_IP: '0',
  RTC_TOKEN_LIMIT_PER_SUBJECT: '0',
  DRAIN_SECONDS: '0',
}
// Grants everything, and does to its process what a header tells.
const POLICY = `
  export const authenticate = (request) => {
    const order = request.headers.get('x-order')
    if (order === 'throw') setImmediate(() => { throw new Error('broken') })
    else if (order !== null) process.kill(process.pid, order)
    return { id: 'guest' }
  }
  export const authorize = () => ({ allow: true, identity: { uid: 7 } })
`
/** Lines of half a kilobyte: a file or a closed pipe takes fewer, and what is not read takes fewer of the many. */
const [FEW, MANY] = [50, 600]
/** What is wrong with standard output, as bash makes it so, what the server can say of it, and after so many lines. */
const STATES = [
  ['a full disk', 'eval "$RUN" > /dev/full', 'ENOSPC', FEW],
  ['a file that may not grow', 'ulimit -f 2; eval "$RUN" > "$FILE"', 'EFBIG', FEW],
  ['a pipe that is not read', 'eval "$RUN" > >(exec sleep 600)', 'EAGAIN', MANY],
  ['a pipe that is closed', 'eval "$RUN" > >(exec true)', 'EPIPE', FEW],
  ['a socket that is not read', 'eval "$RUN"', 'EAGAIN', MANY],
] as const
// By Control-S, as people do without noticing. Standard error is the same terminal.
const HALTED = `script -qec 'eval "$RUN"' /dev/null < <(printf '\\023'; exec sleep 600) > /dev/null`
const hasScript = existsSync('/usr/bin/script')

describe('rtc-token-server under a flood of refusals', () => {
  it('writes some lines and a count of the others', async () => {
    const installed = await installServer()
    onTestFinished(() => installed.remove())
    const server = startProgram(installed.program, { ...TWO_VARIABLES, DRAIN_SECONDS: '0' })
    const load = startLoad(await urlOf(server), 'forged')
    await load.answered(500)
    await load.stop()
    server.kill('SIGTERM')
    expect(await server.exited).toEqual({ code: 0, signal: null })
    const linesOf = (of: string) => server.lines.filter(({ type }) => type === of).length
    const leftOut = (of: string) =>
      server.lines
        .filter((line) => line['type'] === 'log.left_out' && line['of'] === of)
        .reduce((sum, { lines }) => sum + Number(lines), 0)
    const refused = [linesOf('auth.failed'), linesOf('limited')]
    expect(refused.every((lines) => lines >= 20 && lines <= 60)).toBe(true)
    const unlogged =
      leftOut('auth.failed unauthenticated malformed') + leftOut('limited rate_limited')
    expect(refused.reduce((sum, lines) => sum + lines, unlogged)).toBe(load.outcomes.length)
  })
})

describe.skipIf(process.platform !== 'linux')('rtc-token-server whose log goes to', () => {
  let installed: InstalledServer
  let policy: string
  beforeAll(async () => {
    installed = await installServer()
    policy = join(installed.folder, 'policy.mjs')
    await writeFile(policy, POLICY)
  }, 30_000)
  afterAll(() => installed.remove())

  const start = (command: string) => {
    const variables = { ...OPEN, FILE: join(installed.folder, 'log') }
    return startUnread(command, [installed.program, '--config', policy], variables)
  }
  const order = (url: string, what: string) =>
    ask(url, undefined, undefined, { 'x-order': what }).catch(() => undefined)
  const serve = async (url: string, lines: number = MANY) => {
    const load = startLoad(url, '')
    await load.answered(lines)
    await load.stop()
    expect(new Set(load.outcomes)).toEqual(new Set([200]))
  }

  it.each(STATES)(
    '%s serves all the same, says so once, and ends',
    async (_what, command, code, lines) => {
      const server = await start(command)
      await serve(server.url, lines)
      await server.complained()
      await order(server.url, 'SIGTERM')
      expect(await server.exited).toBe(0)
      expect(server.complaints()).toBe(
        `rtc-token-server: the log cannot be written (${code}); requests do not wait for it\n`,
      )
    },
  )

  it.each(STATES)('%s ends when it crashes', async (_what, command, code, lines) => {
    const server = await start(command)
    await serve(server.url, lines)
    await server.complained()
    expect(server.complaints()).toContain(code)
    await order(server.url, 'throw')
    expect(await server.exited).toBe(1)
  })

  it.runIf(hasScript)('a terminal that is halted serves all the same, and ends', async () => {
    const server = await start(HALTED)
    await serve(server.url)
    await order(server.url, 'SIGTERM')
    expect(await server.exited).toBe(0)
  })

  it.runIf(hasScript)('a terminal that is halted ends when it crashes', async () => {
    const server = await start(HALTED)
    await serve(server.url)
    await order(server.url, 'throw')
    expect(await server.exited).toBe(1)
  })
})
