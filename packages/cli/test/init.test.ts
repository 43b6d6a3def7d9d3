import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { missingRuntime } from '@rtc-token/runtimes'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { quoted } from '../src/init/quoted.ts'
import { ENV, PROJECT } from './support/project.ts'
import {
  inTerminal,
  PROGRAM,
  type RunOptions,
  rtcToken,
  startRtcToken,
} from './support/rtc-token.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const hasPython = spawnSync('python3', ['-c', 'import pty']).status === 0
const isRoot = process.getuid?.() === 0

// Git knows what people get who clone: neither what is installed there nor a file of variables.
const committed = execFileSync(
  'git',
  ['ls-files', '-z', '--cached', '--others', '--exclude-standard', 'examples'],
  { cwd: ROOT, encoding: 'utf8' },
)
const PATHS = committed.split('\0').filter((path) => path.split('/').length > 2)
const NAMES = [...new Set(PATHS.map((path) => path.split('/')[1]!))]

let cwd = ''
beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'rtc-token-init-')))
})
afterEach(() => {
  rmSync(cwd, { recursive: true })
})

const init = (args: readonly string[], options: RunOptions = {}) =>
  rtcToken(['init', ...args], { cwd, ...options })

/** The answer for programs, with the exit status; no secret is in it. */
async function answerOf(args: readonly string[], options: RunOptions = {}) {
  const { stdout, exit } = await init([...args, '--json'], options)
  expect(stdout).not.toContain(PROJECT.appCertificate)
  return { exit, ...JSON.parse(stdout) }
}

/** The text of every file below a folder. */
function textsIn(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const files = entries.filter((path) => statSync(join(folder, path)).isFile())
  return Object.fromEntries(
    files.map((path) => [path.replaceAll(sep, '/'), readFileSync(join(folder, path), 'utf8')]),
  )
}

/** What lies in the folder of a test, links and all. */
const everythingIn = (folder: string) =>
  execFileSync('sh', ['-c', 'find . | sort; find . -type f -exec cat {} +'], {
    cwd: folder,
    encoding: 'utf8',
  })

function descriptionOf(name: string): string {
  return JSON.parse(readFileSync(join(ROOT, 'examples', name, 'package.json'), 'utf8')).description
}

const codesOf = (findings: readonly { readonly code: string }[]) => findings.map(({ code }) => code)

/** An example as an app: our packages without the `^`, and a name of its own. */
function asApp(name: string, appName: string): Record<string, string> {
  const mine = PATHS.filter((path) => path.startsWith(`examples/${name}/`))
  const texts = mine.map((path) => {
    const text = readFileSync(join(ROOT, path), 'utf8')
    const lines = text
      .split('\n')
      .map((line) => (line.includes('rtc-token') ? line.replace('^', '') : line))
    const isManifest = /(?:package|deno)\.json$/.test(path)
    const adapted = (isManifest ? lines.join('\n') : text).replace(
      `"name": "${name}"`,
      `"name": "${appName}"`,
    )
    return [path.slice(`examples/${name}/`.length), adapted]
  })
  return Object.fromEntries(texts)
}

describe('rtc-token init', () => {
  it('lists every template in a line, ends with 2, and says what to write', async () => {
    const { stdout, stderr, exit } = await init([])
    expect({ stderr, exit }).toEqual({ stderr: '', exit: 2 })
    const rows = stdout.split('\n')
    const listed = NAMES.map((name) => `  ${name.padEnd(17)}  ${descriptionOf(name)}`)
    expect(rows.slice(0, NAMES.length + 1)).toEqual([...listed, ''])
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(80)
    expect(stdout).toContain('npx rtc-token init express-react my-app\n')
    const { data, findings } = await answerOf([])
    const templates = NAMES.map((name) => ({ name, about: descriptionOf(name) }))
    expect({ data, codes: codesOf(findings) }).toEqual({
      data: { templates },
      codes: ['TEMPLATE_NOT_CHOSEN'],
    })
    expect(readdirSync(cwd)).toEqual([])
  })

  it.each(NAMES)('copies %s byte for byte, but for its name and versions', async (name) => {
    expect(await answerOf([name, 'my-app'])).toMatchObject({
      exit: 0,
      ok: true,
      data: { name: 'my-app' },
    })
    expect(textsIn(join(cwd, 'my-app'))).toEqual(asApp(name, 'my-app'))
  })

  it('says what it did and what comes next', async () => {
    const { stdout, exit } = await init(['express-react', 'my-app'])
    await expect(`${stdout}\nexit ${exit}\n`).toMatchFileSnapshot('golden/init-express-react.txt')
  })

  it.each([
    [['vue-vite'], 'vue-vite'],
    [['--template', 'vue-vite'], 'vue-vite'],
    [['my-app', '--template', 'vue-vite'], 'my-app'],
    [['--template', 'vue-vite', 'my-app'], 'my-app'],
  ])('takes %j as users of other programs write it', async (args, folder) => {
    expect((await answerOf(args)).data).toMatchObject({ template: 'vue-vite', folder })
    expect(readdirSync(cwd)).toEqual([folder])
  })

  it.skipIf(missingRuntime('bun') !== undefined)('does the same on Bun', async () => {
    const onNode = await startRtcToken(['init', 'next-app', 'node'], { cwd })
    const onBun = await startRtcToken(['init', 'next-app', 'bun-'], { cwd, runtime: 'bun' })
    expect(onBun.stdout).toBe(onNode.stdout.replaceAll('node', 'bun-'))
    rmSync(join(cwd, 'node', 'package.json'))
    rmSync(join(cwd, 'bun-', 'package.json'))
    expect(textsIn(join(cwd, 'bun-'))).toEqual(textsIn(join(cwd, 'node')))
  })

  it('keeps variables and what is installed out of git', async () => {
    await init(['vue-vite', '.'])
    execFileSync('git', ['init', '-q'], { cwd })
    const { stdout } = spawnSync('git', ['check-ignore', '.env.local', '.env', 'node_modules/'], {
      cwd,
      encoding: 'utf8',
    })
    expect(stdout).toBe('.env.local\n.env\nnode_modules/\n')
  })
})

describe('the folder', () => {
  it.each([
    ['my app', 'my-app'],
    ['Über Käse', 'uber-kase'],
    ['日本', 'vue-vite'],
    ['🎥', 'vue-vite'],
    ['.hidden', 'hidden'],
    ['_private', 'private'],
    ['node_modules', 'vue-vite'],
    ['vue', 'vue'],
    ['test', 'test'],
    ['UPPER.Case_1', 'upper-case_1'],
    ['a%20b;c$(d)`e`', 'a-20b-c-d-e'],
    [`it's "quoted"`, 'it-s-quoted'],
    ['a'.repeat(200), 'a'.repeat(63)],
    ['a/b/c', 'c'],
    ['a/../b', 'b'],
    ['./-rf', 'rf'],
    ['line\nbreak \u001B[31m', 'line-break-31m'],
  ])('%j may be its name, and the app is called %s', async (folder, name) => {
    const { exit, data } = await answerOf(['vue-vite', folder])
    expect({ exit, name: data.name }).toEqual({ exit: 0, name })
    expect(textsIn(join(cwd, folder))).toEqual(asApp('vue-vite', name))
    // What it says to write is what leads there.
    const { stdout } = spawnSync('sh', ['-c', `${data.next[0]} && pwd`], { cwd, encoding: 'utf8' })
    expect(stdout).toBe(`${join(cwd, folder)}\n`)
    expect((await init(['vue-vite', folder])).stdout).not.toContain('\u001B')
  })

  it('is quoted as the shell of the platform takes it', () => {
    expect(quoted(String.raw`C:\my apps\x`, 'win32')).toBe(String.raw`"C:\my apps\x"`)
    expect(quoted(String.raw`apps\x`, 'win32')).toBe(String.raw`apps\x`)
    expect(quoted(String.raw`apps\x`, 'linux')).toBe(String.raw`'apps\x'`)
  })

  it('may be beside this one, above it, or anywhere', async () => {
    mkdirSync(join(cwd, 'here'))
    const here = { cwd: join(cwd, 'here') }
    for (const folder of ['../beside', join(cwd, 'absolute')]) {
      const { exit, data } = await answerOf(['vue-vite', folder], here)
      expect({ exit, folder: data.folder }).toEqual({
        exit: 0,
        folder: join(cwd, basename(folder)),
      })
      expect(data.next[0]).toBe(`cd ${data.folder}`)
    }
    expect(readdirSync(cwd)).toEqual(['absolute', 'beside', 'here'])
    expect(readdirSync(here.cwd)).toEqual([])
  })

  it('may be this one, with a history and variables in it', async () => {
    execFileSync('git', ['init', '-q'], { cwd })
    writeFileSync(join(cwd, '.env.local'), 'MINE=1\n')
    const { exit, data } = await answerOf(['vue-vite', '.'])
    expect({ exit, next: data.next }).toEqual({ exit: 0, next: ['npm install', 'npm start'] })
    expect(readFileSync(join(cwd, '.env.local'), 'utf8')).toBe('MINE=1\n')
    expect(readdirSync(cwd)).toContain('server.mjs')
  })

  const TAKEN: Readonly<Record<string, readonly [code: string, make: () => void]>> = {
    'has a file': ['FOLDER_NOT_EMPTY', () => write('taken/notes.txt')],
    'has a package.json': ['FOLDER_NOT_EMPTY', () => write('taken/package.json')],
    'has a hidden file': ['FOLDER_NOT_EMPTY', () => write('taken/.gitignore')],
    'has a folder': [
      'FOLDER_NOT_EMPTY',
      () => mkdirSync(join(cwd, 'taken/page'), { recursive: true }),
    ],
    'has a link out of it': ['FOLDER_NOT_EMPTY', () => link('..', 'taken/page')],
    'has a name for terminals': ['FOLDER_NOT_EMPTY', () => write('taken/\u001B[2J\u202E')],
    'is a file': ['FOLDER_UNUSABLE', () => write('taken')],
    'is below a file': ['FOLDER_UNUSABLE', () => write('taken')],
    'is a link to a folder': ['FOLDER_UNUSABLE', () => link('elsewhere', 'taken')],
    'is a link to nothing': ['FOLDER_UNUSABLE', () => link('nowhere', 'taken')],
    'is a link to itself': ['FOLDER_UNUSABLE', () => link('taken', 'taken')],
  }

  function write(path: string): void {
    mkdirSync(join(cwd, path, '..'), { recursive: true })
    writeFileSync(join(cwd, path), 'mine\n')
  }

  function link(target: string, path: string): void {
    mkdirSync(join(cwd, 'elsewhere'))
    mkdirSync(join(cwd, path, '..'), { recursive: true })
    symlinkSync(target, join(cwd, path))
  }

  it.each(Object.entries(TAKEN))(
    'is refused where it %s, and left as it was',
    async (title, [code, make]) => {
      make()
      const before = everythingIn(cwd)
      const folder = title.startsWith('is below') ? 'taken/app' : 'taken'
      const { exit, ok, findings } = await answerOf(['vue-vite', folder])
      expect({ exit, ok, codes: codesOf(findings) }).toEqual({ exit: 1, ok: false, codes: [code] })
      expect(findings[0]).toMatchObject({
        severity: 'fatal',
        message: expect.stringMatching(title.includes('is a link') ? /gave a link\.$/ : /taken/),
        remedy: expect.stringMatching(/^Name a new/),
      })
      const { stdout } = await init(['vue-vite', `${folder}/`])
      expect(stdout).toContain(code)
      for (const obeyed of ['\u001B', '\u202E']) expect(stdout).not.toContain(obeyed)
      expect(everythingIn(cwd)).toBe(before)
    },
  )

  it('is refused where the system refuses it', async () => {
    expect(await answerOf(['vue-vite', 'a'.repeat(300)])).toMatchObject({
      exit: 1,
      findings: [{ code: 'FOLDER_UNUSABLE', message: expect.stringContaining('ENAMETOOLONG') }],
    })
  })

  it.skipIf(sep === '\\')('is refused where the user may not write', () => {
    mkdirSync(join(cwd, 'taken'))
    chmodSync(join(cwd, 'taken'), 0o555)
    chmodSync(cwd, 0o755)
    const user = isRoot ? { uid: 65_534, gid: 65_534 } : {}
    const args = [PROGRAM, 'init', 'vue-vite', 'taken']
    const { stdout, status } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8', ...user })
    expect({ stdout, status }).toEqual({
      stdout: expect.stringContaining('gave EACCES'),
      status: 1,
    })
    expect(everythingIn(cwd)).toBe('.\n./taken\n')
  })

  it.skipIf(sep === '\\')('is as it was where the disk is full', () => {
    writeFileSync(join(cwd, '.env'), '')
    const before = everythingIn(cwd)
    // Files of more than a block or two cannot be written; Node is told so by an error, and not by a signal.
    const limited = `trap '' XFSZ; ulimit -f 1; exec "$0" "$@"`
    for (const folder of ['.', 'a/b']) {
      const args = ['-c', limited, process.execPath, PROGRAM, 'init', 'vue-vite', folder]
      const { stdout, status } = spawnSync('sh', args, { cwd, encoding: 'utf8' })
      expect({ stdout, status }).toEqual({
        stdout: expect.stringContaining('gave EFBIG'),
        status: 1,
      })
      expect(everythingIn(cwd)).toBe(before)
    }
  })
})

describe('App ID and App Certificate', () => {
  const CONSOLE = `AGORA_APP_ID=${PROJECT.appId}\nAGORA_APP_CERTIFICATE=${PROJECT.appCertificate}\n`
  const TOOL = `NEXT_PUBLIC_AGORA_APP_ID=${PROJECT.appId}\nNEXT_AGORA_APP_CERTIFICATE=${PROJECT.appCertificate}\n`

  async function found(files: Readonly<Record<string, string>>, env: RunOptions['env'] = {}) {
    mkdirSync(join(cwd, 'my-app'))
    for (const [path, text] of Object.entries(files)) writeFileSync(join(cwd, path), text)
    const { exit, data, findings } = await answerOf(['vue-vite', 'my-app'], { env })
    rmSync(join(cwd, 'my-app'), { recursive: true })
    for (const [path, text] of Object.entries(files)) {
      if (path.startsWith('my-app/')) mkdirSync(join(cwd, 'my-app'), { recursive: true })
      writeFileSync(join(cwd, path), text)
    }
    const { stdout } = await init(['vue-vite', 'my-app'], { env })
    expect(stdout).not.toMatch(new RegExp(`${PROJECT.appCertificate}|${PROJECT.appId}`))
    return { exit, places: data.variables, findings, text: stdout.replaceAll(/\s+/g, ' ') }
  }

  it.each([
    ['the console', { 'my-app/.env.local': CONSOLE }, ['.env.local']],
    ['Agora’s command line', { 'my-app/.env.local': TOOL }, ['.env.local']],
    ['an older tool', { 'my-app/.env': TOOL.replaceAll(/NEXT_(?:PUBLIC_)?AGORA_/g, '') }, ['.env']],
    ['two files', { 'my-app/.env.local': TOOL, 'my-app/.env': CONSOLE }, ['.env.local', '.env']],
  ])('are found in what %s wrote', async (_, files, places) => {
    const { text, ...rest } = await found(files)
    expect(rest).toEqual({ exit: 0, places, findings: [] })
    expect(text).toContain(`✓ App ID and App Certificate ${places.join(', ')}`)
  })

  it('are found in the environment', async () => {
    expect(await found({}, ENV)).toMatchObject({
      exit: 0,
      places: ['the environment'],
      findings: [],
    })
  })

  it.each([
    ['both', {}, 'AGORA_APP_ID and AGORA_APP_CERTIFICATE are set'],
    [
      'the certificate',
      { 'my-app/.env.local': CONSOLE.split('\n')[0]! },
      'AGORA_APP_CERTIFICATE is set',
    ],
    ['the App ID', { 'my-app/.env': CONSOLE.split('\n')[1]! }, 'AGORA_APP_ID is set'],
    [
      'those of other programs',
      { 'my-app/.env': 'APP_ID=12345\n' },
      'AGORA_APP_ID and AGORA_APP_CERTIFICATE are set',
    ],
  ])('are missed: %s, and it says where they come from', async (_, files, said) => {
    const { exit, findings, text } = await found(files)
    expect({ exit, findings }).toMatchObject({
      exit: 0,
      findings: [{ code: 'NO_PROJECT', severity: 'info' }],
    })
    expect(text).toContain(said)
    expect(text).toContain('https://console.agora.io')
    expect(text).toContain('my-app/.env.local')
  })

  it('are missed in part in this folder, and it does not say to copy a file to itself', async () => {
    writeFileSync(join(cwd, '.env.local'), CONSOLE.split('\n')[1]!)
    const { findings } = await answerOf(['vue-vite', '.'])
    expect(findings).toMatchObject([{ remedy: expect.stringContaining('console.agora.io') }])
  })

  it('are missed where they lie beside the app, and it says to copy them', async () => {
    const { findings } = await found({ '.env.local': CONSOLE })
    expect(findings).toMatchObject([
      { code: 'NO_PROJECT', remedy: expect.stringMatching(/^\.env\.local in this folder/) },
    ])
    expect(readdirSync(join(cwd, 'my-app'))).not.toContain('.env.local')
  })

  it.each([
    [
      'a short certificate',
      CONSOLE.replace(PROJECT.appCertificate, 'abc'),
      'APP_CERTIFICATE_INVALID',
    ],
    [
      'the App ID in its place',
      CONSOLE.replace(PROJECT.appCertificate, PROJECT.appId),
      'APP_CERTIFICATE_INVALID',
    ],
    ['too much', 'A='.padEnd(70_000, 'b'), 'FILE_UNREADABLE'],
  ])('are doubtful with %s, after the app was copied', async (_, text, code) => {
    const { exit, findings } = await found({ 'my-app/.env.local': text })
    expect({ exit, findings }).toMatchObject({ exit: 2, findings: [{ code, severity: 'warning' }] })
    expect(readdirSync(join(cwd, 'my-app'))).toContain('server.mjs')
  })
})

describe.skipIf(!hasPython)('rtc-token init in a terminal', () => {
  const answering = (args: readonly string[], ...answers: readonly string[]) =>
    inTerminal(['init', ...args], 80, { ...ENV, ANSWERS: answers.join('\n') }, cwd)

  it('asks for template and folder', () => {
    const number = String(NAMES.indexOf('vue-vite') + 1)
    expect(answering([], number, 'my app')).toContain('Copied vue-vite to my app')
    expect(textsIn(join(cwd, 'my app'))).toEqual(asApp('vue-vite', 'my-app'))
  })

  it('asks again until it is one, and takes the name of the template for the folder', () => {
    expect(answering([], '0', 'nonsense', ' script-tag ', '')).toContain(
      'Copied script-tag to script-tag',
    )
    expect(readdirSync(cwd)).toEqual(['script-tag'])
  })

  it('asks for the folder alone where the template is named', () => {
    const screen = answering(['script-tag'], 'my-app')
    expect(screen).toContain('Folder (script-tag): ')
    expect(screen).not.toContain('by number or name')
    expect(readdirSync(cwd)).toEqual(['my-app'])
  })

  it.each([
    ['the end of input', '\u0004'],
    ['an interruption', '\u0003'],
  ])('copies nothing after %s', (_, key) => {
    expect(answering([], key)).toContain('TEMPLATE_NOT_CHOSEN')
    expect(answering(['vue-vite'], key)).toContain('TEMPLATE_NOT_CHOSEN')
    expect(readdirSync(cwd)).toEqual([])
  })

  it('asks no program that wants JSON', () => {
    expect(answering(['--json'])).toContain('"code": "TEMPLATE_NOT_CHOSEN"')
  })
})
