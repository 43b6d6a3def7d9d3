import { describe, expect, it } from 'vitest'
import type { COMMANDS } from '../src/commands.ts'
import { ENV, NOW, tokenOf } from './support/project.ts'
import { startRtcToken } from './support/rtc-token.ts'

/** A run of each command that is fine, and one with findings. */
const RUNS: Readonly<
  Record<keyof typeof COMMANDS, readonly (readonly [args: readonly string[], exit: number])[]>
> = {
  explain: [
    [[tokenOf(), '--at', String(NOW)], 0],
    [['nonsense'], 1],
    [['--error', 'DYNAMIC_KEY_EXPIRED'], 1],
  ],
  mint: [
    [['--channel', 'a', '--uid', '7'], 0],
    [['--channel', '*', '--uid', '7'], 1],
  ],
  verify: [
    [[tokenOf(), '--at', String(NOW)], 0],
    [[tokenOf(), '--at', String(NOW), '--uid', '8'], 1],
  ],
  doctor: [
    [[], 0],
    [['http://127.0.0.1:9/'], 1],
  ],
  scan: [
    [['test/golden'], 0],
    [['nowhere-at-all'], 64],
  ],
  init: [
    [[], 2],
    [['vue-vite', 'test'], 1],
  ],
}
const cases = Object.entries(RUNS).flatMap(([command, runs]) =>
  runs.map(([args, exit]) => [command, args, exit] as const),
)

describe('the envelope of --json', () => {
  it.each(cases)('%s %s has the documented members and no other', async (command, args, exit) => {
    const cwd = new URL('..', import.meta.url).pathname
    const ran = await startRtcToken([command, ...args, '--json'], { env: ENV, cwd })
    expect(ran.exit).toBe(exit)
    const isProduct = command === 'mint' && exit === 0
    const answer = JSON.parse(isProduct ? ran.stderr : ran.stdout)
    expect(Object.keys(answer)).toEqual(['ok', 'command', 'data', 'findings'])
    expect(answer).toMatchObject({
      ok: exit === 0 || exit === 2,
      command,
      data: expect.any(Object),
    })
    for (const finding of answer.findings) {
      expect(finding).toMatchObject({
        code: expect.stringMatching(/^[A-Za-z][A-Za-z0-9_]+$/),
        severity: expect.stringMatching(/^(?:fatal|warning|info)$/),
        message: expect.stringMatching(/./),
        remedy: expect.any(String),
      })
      const known = new Set([
        'code',
        'severity',
        'message',
        'remedy',
        'platformErrors',
        'place',
        'page',
      ])
      expect(Object.keys(finding).filter((name) => !known.has(name))).toEqual([])
    }
    const ranks = answer.findings.map(({ severity }: { readonly severity: string }) =>
      ['fatal', 'warning', 'info'].indexOf(severity),
    )
    expect(ranks).toEqual(ranks.toSorted((one: number, other: number) => one - other))
  })
})
