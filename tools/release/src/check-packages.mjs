// Packs the published packages as they would be uploaded, looks for what is wrong with them, then
// installs them in an empty project and uses them there: what a workspace forgives shows here.

import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { examplesIn, expectTemplate, filesOf } from './example-folders.mjs'
import { writeExamples } from './examples.mjs'
import { lint } from './lint.mjs'
import { loadedModules } from './loaded-modules.mjs'
import { run, step } from './run.mjs'
import { pack } from './tarball.mjs'
import { checkTypes, TYPES_OF_PEERS } from './typescripts.mjs'
import { loadFaults, LOADS } from './weight-faults.mjs'
import { publicPackages, rawAddress, refOf, ROOT } from './workspace.mjs'

// The oldest and the newest that users may have; the rehearsal of a release tries those between.
const TYPESCRIPTS = ['5.4', '7.0']
// What the program wants beside it for JSON web tokens and its log.
const PEERS_OF_PROGRAM = ['pino@10', 'jose@6']

const folder = mkdtempSync(join(tmpdir(), 'rtc-token-pack-'))
try {
  const packages = publicPackages()
  const tarballs = await step('packed', () =>
    packages.map(({ folder: source, manifest: { name } }) => pack(source, join(folder, name))),
  )
  await step('looked at', async () => {
    for (const [index, source] of packages.entries()) await lint(tarballs[index] ?? '', source)
  })
  await step('installed and used', () => consume(tarballs))
  console.log(`${packages.length} packages packed, installed and used`)
} finally {
  rmSync(folder, { recursive: true })
}

/** @param {readonly string[]} tarballs */
async function consume(tarballs) {
  const app = join(folder, 'app')
  cpSync(join(ROOT, 'tools', 'release', 'consumer'), app, { recursive: true })
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline']
  run('npm', ['install', ...quiet, ...tarballs, ...PEERS_OF_PROGRAM, ...TYPES_OF_PEERS], app)
  run(process.execPath, ['use.mjs'], app)
  run(process.execPath, ['use.cjs'], app)
  for (const example of writeExamples(app)) run(process.execPath, [example], app)
  startProgram(app)
  startFromTemplates(app)
  expectLittleLoaded(app)
  expectSources(app)
  await checkTypes(app, TYPESCRIPTS, ['nodenext'])
}

/**
 * Has the standalone server look at a configuration of two variables, and the command line at the project.
 *
 * @param {string} app
 */
function startProgram(app) {
  const project = `${'a'.repeat(32)}:${'b'.repeat(32)}`
  const secret = 's'.repeat(32)
  const env = { ...process.env, AGORA_PROJECT: project, RTC_TOKEN_JWT_SECRET: secret }
  const bin = join(app, 'node_modules', '.bin')
  run(join(bin, 'rtc-token-server'), ['--check'], app, env)
  run(join(bin, 'rtc-token'), ['scan'], app)
  run(join(bin, 'rtc-token'), ['explain', '--help'], app)
}

/**
 * Starts an app from each template: npm renames and leaves out files such as `.gitignore`, and this is what arrives.
 *
 * @param {string} app
 */
function startFromTemplates(app) {
  const folder = join(app, 'templates')
  mkdirSync(folder)
  for (const name of examplesIn()) {
    run(join(app, 'node_modules', '.bin', 'rtc-token'), ['init', name, name], folder)
    expectTemplate(join(folder, name), filesOf(name))
  }
}

/** @param {string} app */
function expectLittleLoaded(app) {
  const faults = LOADS.flatMap((limits) => loadFaults(limits, loadedModules(limits.entry, app)))
  if (faults.length > 0) throw new Error(faults.join('\n'))
}

/**
 * Follows an error to the line of our sources that threw it.
 *
 * @param {string} app
 */
function expectSources(app) {
  const program = `import { decodeToken } from '@rtc-token/core/inspect'
    try { decodeToken('no token') } catch (error) { console.log(error.stack) }`
  const args = ['--enable-source-maps', '--input-type=module', '--eval', program]
  const stack = run(process.execPath, args, app)
  const ref = refOf(publicPackages()[0]?.manifest.version ?? '')
  const [, at = ''] = stack.split(`(${rawAddress()}${ref}/`)
  const [path = '', line] = at.split(':')
  const source = readFileSync(join(ROOT, path), 'utf8').split('\n')[Number(line) - 1]
  assert.match(source ?? '', /new TokenError/, stack)
}
