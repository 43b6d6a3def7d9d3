import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeToken } from '@rtc-token/core'
import { afterAll, describe, expect, it } from 'vitest'
import { ENV, NOW, PROJECT, tokenOf } from './support/project.ts'
import { rtcToken } from './support/rtc-token.ts'

const folder = mkdtempSync(join(tmpdir(), 'rtc-token-'))
afterAll(() => rmSync(folder, { recursive: true }))

const MINT = ['mint', '--channel', 'room-42', '--uid', '7']

describe('rtc-token mint', () => {
  it('prints the token alone, and on standard error what it grants', async () => {
    const { stdout, stderr, exit } = await rtcToken(
      [...MINT, '--role', 'publisher', '--for', '15m'],
      { env: ENV },
    )
    expect(exit).toBe(0)
    expect(stdout).toMatch(/^007\S+\n$/)
    expect(decodeToken(stdout.trim())).toMatchObject({
      expiresIn: 900,
      services: [
        { service: 'rtc', channel: 'room-42', user: '7', privileges: { publishVideoStream: 900 } },
      ],
    })
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain('publishVideoStream 15 min')
    expect(stderr).not.toContain(stdout.slice(3, 40))
  })

  it.each([
    ['rtc', ['--any-user'], { channel: 'room-42', user: '' }],
    ['rtm', ['--user-id', 'alice'], { userId: 'alice' }],
    [
      'streaming',
      ['--uid', '7'],
      { privileges: { publishMixStream: 3600, publishRawStream: 3600 } },
    ],
    ['fpa', [], {}],
    ['chat', ['--app'], { privileges: { app: 3600 } }],
    [
      'fcdn',
      ['--account', 'bob', '--role', 'publisher'],
      { user: 'bob', privileges: { publish: 3600, play: 3600 } },
    ],
    [
      'apaas',
      ['--user-id', 'alice', '--role', '-1'],
      { roomUuid: 'room-42', userUuid: 'alice', role: -1 },
    ],
    [
      'rtm2',
      [
        '--uid',
        '7',
        '--permission',
        'messageChannels.read=news,sports',
        '--permission',
        'users.write=bob',
      ],
      {
        userId: '7',
        permissions: [
          { resource: 'messageChannels', access: 'read', names: ['news', 'sports'] },
          { resource: 'users', access: 'write', names: ['bob'] },
        ],
      },
    ],
    ['convoAI', [], {}],
    ['stt', [], {}],
  ])('makes %s', async (service, args, expected) => {
    const { stdout } = await rtcToken(
      ['mint', '--service', service, '--channel', 'room-42', ...args],
      { env: ENV },
    )
    expect(decodeToken(stdout.trim())).toMatchObject({ services: [{ service, ...expected }] })
  })

  it('makes several services in one, and 006', async () => {
    const both = await rtcToken([...MINT, '--service', 'rtc,rtm'], { env: ENV })
    expect(decodeToken(both.stdout.trim())).toMatchObject({
      services: [{ service: 'rtc' }, { service: 'rtm', userId: '7' }],
    })
    expect((await rtcToken([...MINT, '--version', '006'], { env: ENV })).stdout).toMatch(/^006/)
  })

  it('refuses a moment with the sentence of core', async () => {
    const { stdout, exit } = await rtcToken([...MINT, '--for', '1795982400'], { env: ENV })
    expect(exit).toBe(1)
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'tl: a length of time in seconds expected, got 1795982400, which looks like a timestamp',
    )
  })

  it('reads App ID and certificate from a file', async () => {
    const file = join(folder, '.env')
    writeFileSync(
      file,
      `# ours\nAGORA_APP_ID="${PROJECT.appId}"\nAGORA_APP_CERTIFICATE=${PROJECT.appCertificate}\n`,
    )
    const { stdout } = await rtcToken([...MINT, '--env-file', file])
    expect((await rtcToken(['verify', stdout.trim(), '--env-file', file])).exit).toBe(0)
  })

  it('has no token in its JSON', async () => {
    const { stdout, stderr } = await rtcToken([...MINT, '--json'], { env: ENV })
    expect(stdout).toMatch(/^007\S+\n$/)
    expect(JSON.parse(stderr)).toMatchObject({ ok: true, command: 'mint' })
    expect(stderr).not.toContain(stdout.slice(3, 40))
    expect(stderr).not.toContain(PROJECT.appCertificate)
  })

  it.each([
    ['no certificate', MINT, {}, 'AGORA_APP_ID is not set'],
    ['no channel', ['mint', '--uid', '7'], ENV, 'hannel: a string of 1 to 63 bytes expected'],
    ['two users', [...MINT, '--account', 'bob'], ENV, 'xactly one of uid, account and anyUser'],
    ['a star', ['mint', '--channel', '*', '--uid', '7'], ENV, 'haracter U+002A'],
  ])('refuses %s', async (_, args, env, message) => {
    const { stdout, exit } = await rtcToken(args, { env })
    expect(exit).toBe(1)
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(message)
  })
})

describe('rtc-token verify', () => {
  const AT = ['--at', String(NOW)]

  it.each([
    ['a good token', [tokenOf()], 0, 'Good'],
    ['the channel and the user', [tokenOf(), '--channel', 'room-42', '--uid', '7'], 0, 'Good'],
    ['another user', [tokenOf(), '--uid', '8'], 1, 'USER_MISMATCH'],
    ['another certificate', [tokenOf({ appCertificate: 'd'.repeat(32) })], 1, 'SIGNATURE_INVALID'],
    ['one that ended', [tokenOf({ issuedAt: NOW - 3605 })], 1, 'TOKEN_EXPIRED'],
    [
      'one that ended, within the tolerance',
      [tokenOf({ issuedAt: NOW - 3605 }), '--tolerance', '10s'],
      0,
      'Good',
    ],
    ['nonsense', ['nonsense'], 1, 'TOKEN_MALFORMED'],
  ])('%s', async (_, args, exit, said) => {
    const ran = await rtcToken(['verify', ...args, ...AT], { env: ENV })
    expect(ran).toMatchObject({ exit, stdout: expect.stringContaining(said) })
  })

  it('needs a certificate', async () => {
    expect(await rtcToken(['verify', tokenOf()])).toMatchObject({ exit: 64, stdout: '' })
  })
})
