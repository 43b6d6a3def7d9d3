import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { rtc } from '@rtc-token/core'
import { missingRuntime } from '@rtc-token/runtimes'
import { ENV, NOW, PROJECT, tokenOf } from './support/project.ts'
import { REFUSED } from './support/refused-tokens.ts'
import { inTerminal, rtcToken, startRtcToken } from './support/rtc-token.ts'

const AT = ['--at', String(NOW)]
// oxlint-disable-next-line no-control-regex -- that is what must not come out
const OBEYED = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/
const hasPython = spawnSync('python3', ['-c', 'import pty']).status === 0

describe('rtc-token explain, of a token that is refused', () => {
  it('has twenty reasons and more', () => {
    expect(Object.keys(REFUSED).length).toBeGreaterThanOrEqual(20)
  })

  it.each(Object.entries(REFUSED))(
    'says why: %s',
    async (name, { token, args = [], env = ENV, code }) => {
      const { stdout, stderr, exit } = await rtcToken([token, ...args, ...AT], { env })
      expect(stderr).toBe('')
      await expect(`${stdout}\nexit ${exit}\n`).toMatchFileSnapshot(`golden/explain-${name}.txt`)
      const json = await rtcToken(['explain', '-', ...args, ...AT, '--json'], {
        env,
        input: `${token}\n`,
      })
      const answer = JSON.parse(json.stdout)
      expect(answer.findings[0].code).toBe(code)
      expect(json.exit).toBe(exit)
      for (const text of [stdout, json.stdout]) {
        expect(text).not.toMatch(OBEYED)
        expect(text).not.toContain(PROJECT.appCertificate)
        expect(text).not.toContain(token.slice(3, 60))
      }
    },
  )
})

describe('rtc-token explain', () => {
  it('ends with 0 for a good token, 2 for a doubtful one', async () => {
    const good = await rtcToken([tokenOf(), ...AT, '--channel', 'room-42', '--uid', '7'], {
      env: ENV,
    })
    expect(good).toMatchObject({ exit: 0, stdout: expect.stringMatching(/^✓ Good: /) })
    const future = await rtcToken([tokenOf({ issuedAt: NOW + 60 }), ...AT])
    expect(future).toMatchObject({ exit: 2, stdout: expect.stringMatching(/^! Doubtful: /) })
  })

  it('doubts a token to listen with, where the client joins to publish', async () => {
    const services = [rtc({ channel: 'room-42', uid: 7, role: 'subscriber' })]
    const asPublisher = [...AT, '--role', 'publisher']
    for (const command of ['explain', 'verify']) {
      const run = (...args: readonly string[]) => rtcToken([command, ...args], { env: ENV })
      const doubted = await run(tokenOf({ services }), ...asPublisher)
      expect(doubted).toMatchObject({
        exit: 2,
        stdout: expect.stringContaining('publishAudioStream'),
      })
      expect(doubted.stdout).not.toContain('No fault was found')
      expect((await run(tokenOf({ services }), ...AT, '--role', 'subscriber')).exit).toBe(0)
      expect((await run(tokenOf({ services }), ...AT)).exit).toBe(0)
      expect((await run(tokenOf(), ...asPublisher)).exit).toBe(0)
      expect((await run(tokenOf(), ...AT, '--role', 'host')).exit).toBe(64)
    }
  })

  it('reads every name that projectFromEnv knows, a file of them, and the certificate that signed', async () => {
    const env = { APP_ID: PROJECT.appId, APP_CERTIFICATE: PROJECT.appCertificate }
    expect((await rtcToken([tokenOf(), ...AT], { env })).stdout).toContain('signature')
    const both = {
      ...ENV,
      AGORA_APP_CERTIFICATE: 'c'.repeat(32),
      AGORA_APP_CERTIFICATE_SECONDARY: PROJECT.appCertificate,
    }
    expect((await rtcToken([tokenOf(), ...AT], { env: both })).exit).toBe(0)
  })

  it('says what is wrong with the variables, and explains without them', async () => {
    const env = { ...ENV, NEXT_PUBLIC_AGORA_APP_ID: 'f'.repeat(32) }
    const { stdout, exit } = await rtcToken([tokenOf(), ...AT], { env })
    expect(exit).toBe(2)
    expect(stdout).toContain('AGORA_APP_ID and NEXT_PUBLIC_AGORA_APP_ID are both set and differ')
  })

  it('explains what an SDK printed, alone and with the token', async () => {
    const line = 'AgoraRTCError CAN_NOT_GET_GATEWAY_SERVER: dynamic key expired'
    const alone = await rtcToken(['explain', '--error', line, '--sdk', 'web'])
    expect(alone.stdout).toContain('TOKEN_ENDED')
    const { stdout } = await rtcToken([
      tokenOf({ issuedAt: NOW - 7200 }),
      '--error',
      line,
      '--sdk',
      'web',
      ...AT,
    ])
    expect(stdout).toContain('The token ended 60 minutes ago')
    const coloured = `Error: \u001B[31mDYNAMIC_KEY_EXPIRED\u001B[39m`
    expect((await rtcToken(['explain', '--error', coloured])).stdout).toContain('TOKEN_ENDED')
    const unknown = await rtcToken(['explain', '--error', 'SOMETHING_ELSE', '--json'])
    expect(unknown.exit).toBe(2)
    expect(JSON.parse(unknown.stdout).findings[0].code).toBe('SDK_ERROR_UNKNOWN')
  })

  it.each([
    ['a megabyte', Buffer.alloc(1 << 20, 'A')],
    ['more than is read', Buffer.alloc(5 << 20, '007')],
    ['binary', Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256))],
    ['nothing', Buffer.alloc(0)],
  ])('bears %s on standard input', async (_, input) => {
    const { stdout, stderr, exit } = await startRtcToken([], { input })
    expect({ stderr, exit }).toEqual({ stderr: '', exit: 1 })
    expect(stdout).not.toMatch(OBEYED)
    expect(stdout.length).toBeLessThan(2000)
  })
})

describe.skipIf(!hasPython)('in a terminal', () => {
  const args = [tokenOf(), ...AT, '--channel', 'room-42', '--uid', '7']
  const widths = (text: string) => text.split('\n').map((row) => [...row].length)

  it('draws in colour, as wide as the terminal', () => {
    for (const columns of [40, 60, 80, 100]) {
      const shown = inTerminal(args, columns)
      expect(shown).toContain('\u001B[32m✓')
      // oxlint-disable-next-line no-control-regex -- the codes of colours
      const plain = shown.replaceAll(/\u001B\[\d+m/g, '')
      expect(plain).not.toMatch(OBEYED)
      expect(Math.max(...widths(plain))).toBeLessThanOrEqual(columns)
    }
  })

  it('draws without colour for NO_COLOR, and with it in a pipe for FORCE_COLOR', async () => {
    expect(inTerminal(args, 80, { NO_COLOR: '1' })).not.toContain('\u001B')
    expect((await startRtcToken(args)).stdout).not.toContain('\u001B')
    expect((await startRtcToken(args, { env: { FORCE_COLOR: '1' } })).stdout).toContain(
      '\u001B[32m',
    )
  })

  it('says how to use it where nothing was given', () => {
    expect(inTerminal([], 80)).toContain('Usage: rtc-token')
    expect(inTerminal(['explain'], 80)).toContain('got none')
  })
})

describe('on other runtimes', () => {
  const token = tokenOf()
  const corpus = fileURLToPath(new URL('corpus', import.meta.url))
  const runs: readonly (readonly string[])[] = [
    [token, ...AT, '--channel', 'room-42', '--uid', '8'],
    ['verify', token, ...AT, '--json'],
    ['mint', '--channel', '*', '--uid', '7'],
    ['explain', '--error', 'DYNAMIC_KEY_EXPIRED'],
    ['doctor', 'http://127.0.0.1:9/'],
    ['scan', corpus],
    ['completion', 'zsh'],
    ['mint', '--certificate', 'x'],
  ]

  for (const runtime of ['node24', 'bun'] as const) {
    it.skipIf(missingRuntime(runtime) !== undefined).each(runs)(
      `${runtime} writes the same: %s %s`,
      async (...args) => {
        const given = args.filter((arg) => arg !== undefined)
        expect(await startRtcToken(given, { env: ENV, runtime })).toEqual(
          await rtcToken(given, { env: ENV }),
        )
      },
    )

    it.skipIf(missingRuntime(runtime) !== undefined)(
      `${runtime} reads standard input and files of variables`,
      async () => {
        const folder = mkdtempSync(join(tmpdir(), 'rtc-token-'))
        writeFileSync(
          join(folder, '.env'),
          Object.entries(ENV)
            .map(([name, value]) => `${name}="${value}"`)
            .join('\n'),
        )
        const minted = await startRtcToken(
          ['mint', '--channel', 'a', '--uid', '7', '--env-file', join(folder, '.env')],
          { runtime },
        )
        const verified = await startRtcToken(['verify', '--env-file', join(folder, '.env')], {
          input: minted.stdout,
          runtime,
        })
        rmSync(folder, { recursive: true })
        expect([minted.exit, verified.exit]).toEqual([0, 0])
      },
    )
  }
})
