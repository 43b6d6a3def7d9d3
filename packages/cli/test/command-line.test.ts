import { execFileSync, spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../src/commands.ts'
import { run } from '../src/run.ts'
import { ENV, PROJECT } from './support/project.ts'
import { PROGRAM, rtcToken, startRtcToken } from './support/rtc-token.ts'

const NAMES = [...Object.keys(COMMANDS), 'completion']

describe('the command line', () => {
  it.each(NAMES.map((name) => [name, '--help']).concat([['--help']]))(
    '%s %s fits a screen',
    async (...args) => {
      const { stdout, exit } = await rtcToken(args.filter(Boolean))
      expect(exit).toBe(0)
      const rows = stdout.trimEnd().split('\n')
      expect(rows.length).toBeLessThanOrEqual(24)
      expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(80)
      expect(stdout).toContain('rtc-token')
    },
  )

  it.each([
    ['a certificate', ['mint', '--certificate', PROJECT.appCertificate]],
    ['a certificate with =', ['mint', `--app-certificate=${PROJECT.appCertificate}`]],
    ['an unknown option', ['explain', `--${PROJECT.appCertificate}`]],
    ['a second token', ['explain', 'a', PROJECT.appCertificate]],
    ['a missing value', ['explain', '--channel', '--uid', '7']],
    ['a value too many', ['mint', `--any-user=${PROJECT.appCertificate}`]],
    ['a uid that is no number', ['explain', 'a', '--uid', PROJECT.appCertificate]],
    ['what is no length', ['mint', '--for', PROJECT.appCertificate]],
    ['a time in milliseconds', ['explain', 'a', '--at', '1795982400000']],
    ['what is no role', ['mint', '--channel', 'a', '--uid', '7', '--role', PROJECT.appCertificate]],
    ['a misspelt command', ['explian']],
    ['what is no template', ['init', PROJECT.appCertificate]],
    ['no name of a folder', ['init', 'vue-vite', '']],
    ['a template too many', ['init', 'vue-vite', 'a', '--template', 'vue-vite']],
  ])('refuses %s with 64, repeats nothing of it, and says what to do', async (_, args) => {
    const { stdout, stderr, exit } = await rtcToken(args, { env: ENV })
    expect({ stdout, exit }).toEqual({ stdout: '', exit: 64 })
    expect(stderr).toContain('USAGE')
    expect(stderr).toContain('→')
    expect(stderr).not.toContain(PROJECT.appCertificate)
    const json = await rtcToken([...args, '--json'], { env: ENV })
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: false,
      data: {},
      findings: [{ code: 'USAGE', severity: 'fatal' }],
    })
  })

  it('refuses a file of variables that is too long', async () => {
    const file = join(tmpdir(), `rtc-token-long-${process.pid}.env`)
    writeFileSync(file, `A=${'b'.repeat(70_000)}\n`)
    const { stderr, exit } = await rtcToken(['mint', '--env-file', file])
    rmSync(file)
    expect({ stderr, exit }).toEqual({ stderr: expect.stringContaining('65536 bytes'), exit: 64 })
  })

  it('calls its own faults so, with 70, and without what they hold', async () => {
    const host = {
      env: {},
      cwd: '/',
      width: 80,
      isInputTerminal: false,
      now: () => {
        throw new Error(`broken: Bearer abc, ${PROJECT.appCertificate}`)
      },
      readInput: async () => '',
      ask: async () => undefined,
    }
    const { stderr, exit } = await run(['explain', 'x'], host, { isColoured: false, version: '0' })
    expect(exit).toBe(70)
    expect(stderr).toContain('INTERNAL')
    expect(stderr).not.toContain(PROJECT.appCertificate)
    expect(stderr).not.toContain('abc')
  })

  it.skipIf(!existsSync('/dev/full'))('tells that a token could not be written', () => {
    const full = openSync('/dev/full', 'w')
    const stdio = ['ignore', full, 'pipe'] as const
    const args = [PROGRAM, 'mint', '--channel', 'room-42', '--uid', '7']
    const ran = spawnSync(process.execPath, args, { env: ENV, stdio: [...stdio], encoding: 'utf8' })
    closeSync(full)
    expect(ran).toMatchObject({ status: 70, stderr: expect.stringContaining('ENOSPC') })
  })

  it('prints its version', async () => {
    expect((await startRtcToken(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})

describe('the completion', () => {
  it.each(['bash', 'zsh', 'fish'])('of %s knows every command and option', async (shell) => {
    const { stdout, exit } = await rtcToken(['completion', shell])
    expect(exit).toBe(0)
    for (const [name, { options }] of Object.entries(COMMANDS)) {
      expect(stdout).toContain(name)
      for (const option of Object.keys(options)) expect(stdout).toContain(option)
    }
  })

  it('works in bash', async () => {
    const { stdout: script } = await rtcToken(['completion', 'bash'])
    const complete = (words: readonly string[]) => {
      const line = `COMP_WORDS=(${words.join(' ')}${words.at(-1) === '' ? "''" : ''}); COMP_CWORD=${words.length - 1}; _rtc_token; echo "\${COMPREPLY[*]}"`
      return execFileSync('bash', ['-c', `${script}\n${line}`], { encoding: 'utf8' }).trim()
    }
    expect(complete(['rtc-token', 'ex'])).toBe('explain')
    expect(complete(['rtc-token', 'mint', '--ro'])).toBe('--role')
    expect(complete(['rtc-token', 'mint', '--role', 'pub'])).toBe('publisher')
    expect(complete(['rtc-token', 'scan', '--s'])).toBe('--sarif')
    expect(complete(['rtc-token', 'init', 'vu'])).toBe('vue-vite')
    expect(complete(['rtc-token', 'completion', 'z'])).toBe('zsh')
  })
})
