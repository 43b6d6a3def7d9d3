// Packs the published packages as they would be uploaded, looks at them with publint and attw, then
// installs them in an empty project and uses them there: what a workspace forgives shows here.

import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PACKAGES = ['core', 'server', 'client-renewer']
// What the declarations of the optional parts are written against.
const TYPES_OF_PEERS = [
  '@opentelemetry/api@1',
  '@types/node@20',
  '@types/react@19',
  'ioredis@5',
  'prom-client@15',
  'rate-limiter-flexible@11',
  'react@19',
]

const folder = mkdtempSync(join(tmpdir(), 'rtc-token-pack-'))
try {
  const tarballs = PACKAGES.map(pack)
  for (const tarball of tarballs) lint(tarball)
  consume(tarballs)
  console.log(`${PACKAGES.length} packages packed, installed and used`)
} finally {
  rmSync(folder, { recursive: true })
}

/** @param {string} name */
function pack(name) {
  const target = join(folder, name)
  run('pnpm', ['pack', '--pack-destination', target], join(ROOT, 'packages', name))
  return join(target, readdirSync(target)[0] ?? '')
}

/** @param {string} tarball */
function lint(tarball) {
  const bin = join(ROOT, 'node_modules', '.bin')
  run(join(bin, 'publint'), ['--strict', tarball], ROOT)
  run(join(bin, 'attw'), ['--profile', 'esm-only', '--no-emoji', tarball], ROOT)
}

/** @param {readonly string[]} tarballs */
function consume(tarballs) {
  const app = join(folder, 'app')
  cpSync(join(ROOT, 'tools', 'consumer'), app, { recursive: true })
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...tarballs], app)
  run(process.execPath, ['use.mjs'], app)
  run(process.execPath, ['use.cjs'], app)
  for (const example of writeExamples(app)) run(process.execPath, [example], app)
  startProgram(app)
  checkTypes(app)
}

/**
 * Has the standalone server look at a configuration of two variables.
 *
 * @param {string} app
 */
function startProgram(app) {
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', 'pino@10', 'jose@6'], app)
  const project = `${'a'.repeat(32)}:${'b'.repeat(32)}`
  const secret = 's'.repeat(32)
  const env = { ...process.env, AGORA_PROJECT: project, RTC_TOKEN_JWT_SECRET: secret }
  run(join(app, 'node_modules', '.bin', 'rtc-token-server'), ['--check'], app, env)
}

/**
 * Compiles the type tests, and every entry point, with each TypeScript that users may have.
 *
 * @param {string} app
 */
function checkTypes(app) {
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...TYPES_OF_PEERS], app)
  writeFileSync(join(app, 'types', 'entries.ts'), PACKAGES.flatMap(entriesOf).join('\n'))
  const compilers = join(ROOT, 'tools', 'typescripts', 'node_modules')
  for (const name of readdirSync(compilers).filter((name) => name.startsWith('typescript-'))) {
    run(process.execPath, [join(compilers, name, 'bin', 'tsc'), '-p', app], app)
  }
}

/** @param {string} name */
function entriesOf(name) {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'packages', name, 'package.json'), 'utf8'))
  const entries = Object.keys(manifest.exports).filter((entry) => !entry.endsWith('.json'))
  return entries.map(
    (entry, index) =>
      `export * as ${name.replace('-', '_')}_${index} from '${manifest.name}${entry.slice(1)}'`,
  )
}

/**
 * Writes the code blocks of core's README as programs; they use no types, so Node runs them as they
 * are. Returns their names.
 *
 * @param {string} app
 */
function writeExamples(app) {
  const readme = readFileSync(join(ROOT, 'packages', 'core', 'README.md'), 'utf8')
  const blocks = [...readme.matchAll(/```ts\n([^]*?)```/g)]
  if (blocks.length === 0) throw new Error('The README of core has no code blocks')
  return blocks.map(([, code = ''], index) => {
    writeFileSync(join(app, `readme-${index}.mjs`), code)
    return `readme-${index}.mjs`
  })
}

/**
 * Runs a command, and shows what it printed only when it fails.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} env
 */
function run(command, args, cwd, env = process.env) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8' })
  if (status === 0) return
  console.error(`${command} ${args.join(' ')}\n${stdout ?? ''}${stderr ?? ''}`)
  throw new Error(`${command} failed in ${cwd}`, { cause: error })
}
