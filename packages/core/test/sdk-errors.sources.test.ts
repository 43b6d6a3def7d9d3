import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SdkErrorRow } from '../src/sdk-errors/meaning.ts'
import { SDK_ERROR_ROWS } from '../src/sdk-errors/find-rows.ts'

// Each row is held against the SDK that is its source: its words stand there, and its number has its name.

const fromSdks = createRequire(new URL('../../../tools/agora-sdks/package.json', import.meta.url))

/** The source of a row, and the files of the SDKs in which it is to be found: all of them. */
const FILES: Readonly<Record<string, readonly (readonly [pkg: string, ...files: string[]])[]>> = {
  'agora-rtc-sdk-ng 4.24.8': [['agora-rtc-sdk-ng', 'AgoraRTC_N-production.js', 'rtc-sdk_en.d.ts']],
  'react-native-agora 4.6.4': [
    ['react-native-agora', 'src/AgoraBase.ts', 'src/IAgoraRtcEngine.ts'],
    ['agora-electron-sdk', 'ts/Private/AgoraBase.ts', 'ts/Private/IAgoraRtcEngine.ts'],
  ],
  'agora-rtm-sdk 2.3.0': [['agora-rtm-sdk', 'agora-rtm.js', 'agora-rtm.d.ts']],
  'agora-react-native-rtm 2.2.6': [['agora-react-native-rtm', 'src/legacy/AgoraRtmBase.ts']],
  'agora-rtm-sdk 1.5.1': [['agora-rtm-sdk-v1', 'index.js', 'index.d.ts']],
  'agora-rtm-sdk 1.5.1 and 2.3.0': [
    ['agora-rtm-sdk-v1', 'index.js'],
    ['agora-rtm-sdk', 'agora-rtm.js'],
  ],
  'agora-chat 1.4.0': [['agora-chat', 'Agora-chat.js', 'Agora-chat.d.ts', 'status.d.ts']],
}

/** Made of pieces, or said by another version; the tests of the SDKs provoke the first. */
const WITHOUT_WORDS = new Set([
  'INVALID_PARAMS: Invalid token: Length of the string: [1,2047]',
  'INVALID_PARAMS: Invalid appid: Length of the string: [1,2047]',
])

const rows = SDK_ERROR_ROWS.filter(({ means }) => !means.source.startsWith('https:'))

describe.each(Object.entries(FILES))('%s', (source, packages) => {
  const texts = packages.map(([name, ...files]) => {
    return files.map((file) => read(name, file)).join('\n')
  })

  it('is installed in this version', () => {
    const versions = source.match(/\d+\.\d+\.\d+/g)
    const installed = packages.map(([name]) => versionOf(name))
    expect(installed).toEqual(expect.arrayContaining([...(versions ?? [])]))
  })

  it.each(rows.filter(({ means }) => means.source === source))('says $means.says', (row) => {
    for (const text of texts) {
      for (const words of row.texts) expect(text).toContain(words)
      if (row.number) expect(text).toMatch(definitionOf(row))
    }
    const isProved = row.texts.length > 0 || row.number || WITHOUT_WORDS.has(row.means.says)
    expect(isProved).toBeTruthy()
  })
})

it('covers every source that is a package', () => {
  expect(new Set(rows.map(({ means }) => means.source))).toEqual(new Set(Object.keys(FILES)))
})

/** What the SDKs list as answers of the access point, and has nothing to do with tokens. */
const NOT_OF_TOKENS =
  /internal error|over load|this area|downgrade fallback|FORBIDDEN_REGION|CANNOT_MEET_AREA_DEMAND/

describe('the table', () => {
  const words = SDK_ERROR_ROWS.flatMap(({ means, texts }) => [means.says, texts.join('\n')]).join(
    '\n',
  )

  it('has every answer of the access point of calls', () => {
    const bundle = read('agora-rtc-sdk-ng', 'AgoraRTC_N-production.js')
    const [, list = ''] = /\.UNILBS\]:\{(.+?)\}\},/.exec(bundle) ?? []
    const answers = [...list.matchAll(/desc:"([^"]+)"/g)].map(([, answer = '']) => answer)
    expect(answers.length).toBeGreaterThan(10)
    for (const answer of answers) if (!NOT_OF_TOKENS.test(answer)) expect(words).toContain(answer)
  })

  it.each([
    ['agora-rtm-sdk', 'agora-rtm.js'],
    ['agora-rtm-sdk-v1', 'index.js'],
  ])('has every answer of the access point of messaging: %s', (name, file) => {
    const [, list = ''] = /=\{(5:"INVALID_APP_ID".+?)\}/.exec(read(name, file)) ?? []
    const answers = [...list.matchAll(/\d+:"(\w+)"/g)].map(([, answer = '']) => answer)
    expect(answers.length).toBeGreaterThan(10)
    for (const answer of answers) if (!NOT_OF_TOKENS.test(answer)) expect(words).toContain(answer)
  })

  it('has every RenewTokenErrorCode', () => {
    const base = read('react-native-agora', 'src/AgoraBase.ts')
    const [, list = ''] = /enum RenewTokenErrorCode \{([^}]+)\}/.exec(base) ?? []
    const names = [...list.matchAll(/^ {2}(\w+) = [1-9]/gm)].map(([, name = '']) => name)
    expect(names).toHaveLength(6)
    for (const name of names) expect(words).toContain(name)
  })
})

function read(name: string, file: string): string {
  return readFileSync(join(packageFolder(name), file), 'utf8')
}

/** How an enumeration gives the number of a row its name, as source or compiled. */
function definitionOf({ means, number }: SdkErrorRow): RegExp {
  const name = /(\w+)$/.exec(means.says)?.[1] ?? ''
  return new RegExp(String.raw`\b${name}\s*=\s*${String(number?.[1])}\b`)
}

function versionOf(name: string): string {
  return (JSON.parse(read(name, 'package.json')) as { version: string }).version
}

/** Some export no package.json. */
function packageFolder(name: string): string {
  const base = dirname(fromSdks.resolve('./package.json'))
  const folder = join(base, 'node_modules', name)
  expect(readdirSync(folder)).toContain('package.json')
  return folder
}
