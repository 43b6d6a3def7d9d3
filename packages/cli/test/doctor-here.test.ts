import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { ENV, PROJECT } from './support/project.ts'
import { rtcToken } from './support/rtc-token.ts'

const { appId: ID, appCertificate: CERTIFICATE } = PROJECT
const OTHER = 'f'.repeat(32)
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function projectOf(files: Readonly<Record<string, string | object>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'rtc-token-'))
  folders.push(folder)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true })
    writeFileSync(
      join(folder, path),
      typeof content === 'string' ? content : JSON.stringify(content),
    )
  }
  return folder
}

async function doctor(
  files: Parameters<typeof projectOf>[0],
  env: Readonly<Record<string, string>> = {},
) {
  const cwd = projectOf(files)
  const { stdout, exit } = await rtcToken(['doctor', '--json'], { cwd, env })
  const people = await rtcToken(['doctor'], { cwd, env })
  for (const text of [stdout, people.stdout])
    expect(text).not.toMatch(new RegExp(`${CERTIFICATE}|${ID}|${OTHER}`))
  const { findings } = JSON.parse(stdout)
  return {
    exit,
    codes: findings.map(({ code }: { readonly code: string }) => code),
    text: people.stdout.replaceAll(/\s+/g, ' '),
  }
}

describe('rtc-token doctor', () => {
  it('finds nothing where all is well', async () => {
    const files = {
      '.env': `AGORA_APP_ID=${ID}\nAGORA_APP_CERTIFICATE=${CERTIFICATE}\n`,
      '.env.example': 'AGORA_APP_ID=your-id\n',
    }
    expect(await doctor(files, ENV)).toMatchObject({ exit: 0, codes: [] })
  })

  it('says that there is no project, and leaves names of other programs alone', async () => {
    expect(await doctor({}, { APP_ID: '12345' })).toMatchObject({ exit: 0, codes: ['NO_PROJECT'] })
    expect(await doctor({})).toMatchObject({ exit: 0, codes: ['NO_PROJECT'] })
  })

  it.each([
    [
      'a short certificate',
      `AGORA_APP_ID=${ID}\nAGORA_APP_CERTIFICATE=abc\n`,
      'AGORA_APP_CERTIFICATE has 3 characters',
    ],
    [
      'a certificate with blanks',
      `AGORA_APP_ID=${ID}\nAGORA_APP_CERTIFICATE=" ${CERTIFICATE}"\n`,
      'white space',
    ],
    [
      'the App ID in its place',
      `AGORA_APP_ID=${ID}\nAGORA_APP_CERTIFICATE=${ID}\n`,
      'is the same as AGORA_APP_ID',
    ],
    ['a published name', `VITE_AGORA_APP_CERTIFICATE=${CERTIFICATE}\n`, 'bundlers publish VITE_'],
    [
      'a contradiction',
      `AGORA_APP_ID=${ID}\nNEXT_PUBLIC_AGORA_APP_ID=${OTHER}\nAGORA_APP_CERTIFICATE=${CERTIFICATE}\n`,
      'both set and differ',
    ],
    [
      'what is no App ID',
      `NEXT_PUBLIC_AGORA_APP_ID=your-app-id\n`,
      'NEXT_PUBLIC_AGORA_APP_ID has 11 characters',
    ],
  ])('finds %s', async (_, file, said) => {
    const { exit, text } = await doctor({ '.env.local': file })
    expect(exit).toBe(1)
    expect(text).toContain('In .env.local:')
    expect(text).toContain(said)
  })

  it('says both of two faults', async () => {
    const { codes } = await doctor({ '.env': 'AGORA_APP_ID=x\nAGORA_APP_CERTIFICATE=y\n' })
    expect(codes).toEqual(['APP_ID_INVALID', 'APP_CERTIFICATE_INVALID'])
  })

  it('finds half a project in each of two places', async () => {
    const { codes, exit } = await doctor({ '.env': `AGORA_APP_ID=${OTHER}\n` }, ENV)
    expect({ codes, exit }).toEqual({ codes: ['VARIABLES_DIFFER'], exit: 2 })
  })

  it.each([
    [{ 'agora-access-token': '2.0.4', 'agora-chat': '1.4.0' }, 'TOKENS_WITHOUT_CHAT', 1],
    [{ 'agora-access-token': '2.0.4', 'agora-rtm-sdk': '2.3.0' }, 'TOKENS_OF_OLDER_VERSION', 2],
    [{ 'agora-access-token': '2.0.4', 'agora-token': '2.0.6' }, 'UNITS_DIFFER', 2],
    [{ 'agora-access-token': '2.0.4', 'agora-rtc-sdk-ng': '4.24.8' }, 'TOKENS_OF_OLDER_VERSION', 0],
    [{ 'agora-rtc-sdk': '3.6.11', 'agora-token': '2.0.6' }, 'SDK_OLD', 2],
    [{ '@rtc-token/core': '1.0.0', '@rtc-token/server': '1.1.0' }, 'VERSIONS_DIFFER', 2],
    [{ 'agora-token': '2.0.6', 'agora-rtc-sdk-ng': '4.24.8' }, undefined, 0],
  ])('looks at packages beside each other: %o', async (versions, code, exit) => {
    const installed = Object.entries(versions).map(([name, version]) => [
      `node_modules/${name}/package.json`,
      { version },
    ])
    const ran = await doctor(
      { 'package.json': { dependencies: {} }, ...Object.fromEntries(installed) },
      ENV,
    )
    expect(ran.exit).toBe(exit)
    expect(ran.codes.find((it: string) => it !== 'TOKENS_OF_OLDER_VERSION' || code === it)).toBe(
      code,
    )
    const wanted = await doctor({ 'package.json': { dependencies: versions } }, ENV)
    expect(wanted.exit).toBe(exit)
  })
})
