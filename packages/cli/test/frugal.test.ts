import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { BUILT } from './support/build.ts'
import { ENV, tokenOf } from './support/project.ts'
import { PROGRAM } from './support/rtc-token.ts'

const PACKAGE = fileURLToPath(new URL('..', import.meta.url))
const TRIES = 7
const SAY_TIME = `process.on('exit', () => process.stderr.write('cpu ' + Object.values(process.cpuUsage()).reduce((a, b) => a + b)))`

/** Processor time of a run in milliseconds, so that a busy machine does not count: the least of some tries. */
function leastMs(args: readonly string[]): number {
  const env = { PATH: process.env['PATH'], ...ENV }
  const loader = `data:text/javascript,${encodeURIComponent(SAY_TIME)}`
  const times = Array.from({ length: TRIES }, () => {
    const { stderr } = spawnSync(process.execPath, ['--import', loader, ...args], {
      encoding: 'utf8',
      env,
    })
    return Number(/cpu (\d+)/.exec(stderr)?.[1]) / 1000
  })
  return Math.min(...times)
}

describe('the program', () => {
  it('starts in 120 ms on top of Node, and explains in 200 ms in all', () => {
    const bare = leastMs(['-e', '0'])
    const version = leastMs([PROGRAM, '--version'])
    const explain = leastMs([PROGRAM, tokenOf(), '--channel', 'room-42', '--uid', '7'])
    process.stdout.write(
      `start: Node ${bare.toFixed(0)} ms, --version ${version.toFixed(0)} ms, explain ${explain.toFixed(0)} ms\n`,
    )
    expect(version - bare).toBeLessThan(120)
    expect(explain).toBeLessThan(200)
  })

  it('is one package without dependencies, and far below 4 MB', () => {
    const manifest = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'))
    expect(manifest).not.toHaveProperty('dependencies')
    expect(manifest).not.toHaveProperty('peerDependencies')
    const sizes = readdirSync(BUILT).map((name) => statSync(join(BUILT, name)).size)
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(700_000)
  })

  it('loads the parser for scan only, the templates for init only', () => {
    const text = readFileSync(PROGRAM, 'utf8')
    expect(text.length).toBeLessThan(40_000)
    expect(text).not.toContain('JSXElement')
    expect(text).not.toContain('better-auth')
  })
})
