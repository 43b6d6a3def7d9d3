import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { RULES } from '../src/scan/rule-table.ts'
import { scanLines } from '../src/scan/scan-lines.ts'
import { scanScript } from '../src/scan/scan-script.ts'
import { rtcToken } from './support/rtc-token.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const CORPUS = fileURLToPath(new URL('corpus', import.meta.url))

// The files end in `.txt`, so that no tool takes them for code of this repository.
const files = readdirSync(CORPUS, { recursive: true, encoding: 'utf8' })
  .filter((path) => statSync(join(CORPUS, path)).isFile())
  .map((path) => ({
    path: path.replace(/\.txt$/, ''),
    text: readFileSync(join(CORPUS, path), 'utf8'),
  }))

/** What a file says of itself: `! rule` at the end of each line on which one is broken. */
function expectedIn(text: string): string[] {
  return text
    .split('\n')
    .flatMap((row, index) =>
      [...row.matchAll(/! ([a-z-]+)/g)].map(([, rule]) => `${index + 1} ${rule}`),
    )
}

function foundIn({ path, text }: (typeof files)[number]): string[] {
  const hits = path.startsWith('lines/')
    ? scanLines(path, text)
    : scanScript(path, text, { isTest: false, hasCore: false })
  return hits.map(({ line, rule }) => `${line} ${rule}`)
}

const sorted = (places: readonly string[]) =>
  places.toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true }))

describe('rtc-token scan, over the corpus', () => {
  it.each(files.map((file) => [file.path, file] as const))('%s', (_, file) => {
    expect(sorted(foundIn(file))).toEqual(sorted(expectedIn(file.text)))
  })

  it('has a precision and a recall that are printed', () => {
    let right = 0
    let alarms = 0
    let wanted = 0
    for (const file of files) {
      const expected = new Set(expectedIn(file.text))
      const found = foundIn(file)
      right += found.filter((it) => expected.has(it)).length
      alarms += found.length
      wanted += expected.size
    }
    const [precision, recall] = [right / alarms, right / wanted]
    process.stdout.write(
      `scan: ${files.length} files, ${wanted} faults, precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}\n`,
    )
    expect(files.length).toBeGreaterThanOrEqual(60)
    expect(wanted).toBeGreaterThan(80)
    expect(precision).toBeGreaterThanOrEqual(0.98)
    expect(recall).toBeGreaterThanOrEqual(0.95)
  })

  it('has a right and a wrong file for each rule that is about code', () => {
    const rules = new Set(
      files.flatMap(({ text }) => expectedIn(text)).map((it) => it.split(' ')[1]),
    )
    expect(new Set([...rules, 'drop-in'])).toEqual(new Set(Object.keys(RULES)))
    expect(files.filter(({ text }) => expectedIn(text).length === 0).length).toBeGreaterThan(20)
  })
})

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function projectOf(contents: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'rtc-token-'))
  folders.push(folder)
  for (const [path, text] of Object.entries(contents)) writeFileSync(join(folder, path), text)
  return folder
}

const call = (lives: string) =>
  `RtcTokenBuilder.buildTokenWithUid(process.env.ID, process.env.KEY, channel, 7, RtcRole.PUBLISHER, ${lives})`

describe('rtc-token scan', () => {
  it('has no alarm on this repository', async () => {
    const { stdout, exit } = await rtcToken(['scan', ROOT, '--json'])
    const { findings, data } = JSON.parse(stdout)
    expect(findings).toEqual([])
    expect(exit).toBe(0)
    expect(data.files).toBeGreaterThan(500)
  })

  it('--fix mends lengths and imports, and nothing else', async () => {
    const folder = projectOf({
      'package.json': '{ "dependencies": { "@rtc-token/core": "1" } }',
      'a.js': `import { RtcTokenBuilder, RtcRole } from 'agora-token'
const LIFE = 3600
const now = Math.floor(Date.now() / 1000)
export const a = (channel) => {
  const end = now + LIFE
  return ${call('end, now + 600')}
}
export const b = (channel) => ${call('Date.now() + 3600, computed(channel)')}
`,
      'b.js': `const { RtcTokenBuilder, RtcRole } = require('agora-access-token')
const minutes = 30
exports.c = (channel) => ${call('minutes * 60')}
exports.d = (channel) => ${call('3600')}
`,
      'c.js': `const { RtcTokenBuilder, Role } = require('agora-token/src/RtcTokenBuilder2')\n`,
    })
    const { stdout } = await rtcToken(['scan', '--fix', '--json'], { cwd: folder })
    const read = (name: string) => readFileSync(join(folder, name), 'utf8')
    expect(read('a.js'))
      .toBe(`import { RtcTokenBuilder, RtcRole } from '@rtc-token/core/compat/agora-token'
const LIFE = 3600
const now = Math.floor(Date.now() / 1000)
export const a = (channel) => {
  const end = now + LIFE
  return ${call('LIFE, 600')}
}
export const b = (channel) => ${call('Date.now() + 3600, computed(channel)')}
`)
    expect(read('b.js'))
      .toBe(`const { RtcTokenBuilder, RtcRole } = require('@rtc-token/core/compat/agora-access-token')
const minutes = 30
exports.c = (channel) => ${call('Math.floor(Date.now() / 1000) + (minutes * 60)')}
exports.d = (channel) => ${call('Math.floor(Date.now() / 1000) + 3600')}
`)
    const { data, findings } = JSON.parse(stdout)
    expect(data.fixed).toBe(6)
    expect(findings.map(({ code }: { readonly code: string }) => code).toSorted()).toEqual([
      'DEEP_IMPORT',
      'MOMENT_AS_LENGTH',
    ])
    const again = await rtcToken(['scan', '--fix', '--json'], { cwd: folder })
    expect(JSON.parse(again.stdout).data.fixed).toBe(0)
  })

  it('writes SARIF that has a rule for each result', async () => {
    const folder = projectOf({
      'a b.js': `import { RtcTokenBuilder, RtcRole } from 'agora-token'\nexport const a = (channel) => ${call('Date.now(), 1')}\n`,
    })
    expect((await rtcToken(['scan', folder, '--sarif', 'out.sarif'], { cwd: folder })).exit).toBe(1)
    const { version, runs } = JSON.parse(readFileSync(join(folder, 'out.sarif'), 'utf8'))
    expect(version).toBe('2.1.0')
    const [{ results, tool }] = runs
    const ids = tool.driver.rules.map(({ id }: { readonly id: string }) => id)
    expect(ids).toHaveLength(Object.keys(RULES).length)
    expect(results).toEqual([
      expect.objectContaining({
        ruleId: 'MOMENT_AS_LENGTH',
        level: 'error',
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'a%20b.js' },
              region: { startLine: 2, startColumn: expect.any(Number) },
            },
          },
        ],
      }),
    ])
    expect(ids).toContain(results[0].ruleId)
  })

  it('bears files that are no code, and says nothing of them', async () => {
    const folder = projectOf({
      'a.js': 'agora = {{{ certificate',
      'b.ts': '\u0000\u0001agora\u001B[2J',
      'c.vue': '<script>agora',
      'd.svelte': 'agora <script',
      'e.js': `// agora\n${'['.repeat(20_000)}`,
    })
    expect(await rtcToken(['scan', folder])).toMatchObject({ exit: 0, stderr: '' })
  })

  it('leaves installed and built code alone, and does not follow links', async () => {
    const folder = projectOf({ 'package.json': '{}' })
    cpSync(join(CORPUS, 'express/quickstart-007.js.txt'), join(folder, 'node_modules/x/a.js'))
    cpSync(join(CORPUS, 'express/quickstart-007.js.txt'), join(folder, 'dist/a.js'))
    expect((await rtcToken(['scan', folder])).exit).toBe(0)
  })

  it('shows no certificate that it finds', async () => {
    const folder = projectOf({
      Dockerfile: 'ENV AGORA_APP_CERTIFICATE=1f9c3a7be52d48c0a6e4d7b8093f21ac\n',
    })
    const { stdout, exit } = await rtcToken(['scan', folder, '--json'])
    expect(exit).toBe(1)
    expect(stdout).not.toContain('1f9c3a7be52d48c0a6e4d7b8093f21ac')
  })

  it('refuses what is no folder', async () => {
    expect((await rtcToken(['scan', 'not-there'])).exit).toBe(64)
  })
})

describe('docs/scan.md', () => {
  const page = readFileSync(join(ROOT, 'docs/scan.md'), 'utf8')

  it('has a section for each rule and for no other', () => {
    const sections = [...page.matchAll(/^## ([a-z-]+)$/gm)].map(([, name]) => name)
    expect(sections).toEqual(Object.keys(RULES))
  })

  it.each(Object.entries(RULES))('gives the severity of %s', (name, { severity }) => {
    expect(page).toMatch(new RegExp(`^## ${name}\\n\\n\\*\\*${severity}\\.\\*\\* `, 'm'))
  })
})
