import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withoutNpm } from '@rtc-token/rehearsal/without-npm'
import { expectTemplate } from '@rtc-token/release/example-folders'
import { run, step } from '@rtc-token/release/run'
import { filesIn } from '@rtc-token/release/tarball'
import { repositoryAddress } from '@rtc-token/release/workspace'

const LANES = 2
// For what hangs.
const PATIENCE_MS = 300_000
// A script that downloads a program is no part of an install for everyone: npm 12 runs none.
const INSTALL = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']

/**
 * Starts an app from each example as the README of the examples says, by `rtc-token init`, installs it as its users do,
 * and runs its tests. A copy out of a clone, which is the other way, is the same.
 *
 * @param {string} root of the repository
 * @param {readonly string[]} names
 * @param {string} target where the apps will be
 * @param {string} registry
 */
export async function tryCopies(root, names, target, registry) {
  const plain = `${target}-plain`
  const { clone, copy, init } = instructionsIn(root)
  for (const folder of [target, plain]) mkdirSync(folder)
  await step('started, and copied from a clone', () => {
    run('sh', ['-ec', clone], plain, fromScratchCopy(root))
    const env = npxFrom(registry, `${target}-cache`)
    for (const name of names) {
      run('sh', ['-ec', init(name)], target, env)
      run('sh', ['-ec', copy(name)], plain)
      expectTemplate(join(target, name), Object.fromEntries(filesIn(join(plain, name))))
    }
  })
  const waiting = [...names]
  const lane = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      await tryCopy(name, join(target, name), registry)
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
}

/**
 * What the README of the examples says to do: a block that starts from one, and a block that copies one.
 *
 * @param {string} root
 */
function instructionsIn(root) {
  const readme = readFileSync(join(root, 'examples', 'README.md'), 'utf8')
  const [, start, started] = /^```sh\n(npx rtc-token init (\S+)) my-app\n/m.exec(readme) ?? []
  const [, clone, one, named] =
    /^```sh\n(git clone .+)\n(cp -r \S+\/examples\/(\S+)) my-app\b/m.exec(readme) ?? []
  if (!start || !started || !clone || !one || !named)
    throw new Error('examples/README.md does not say how to start from one')
  /** @param {string} name */
  const init = (name) => `${start.replace(started, name)} ${name}`
  /** @param {string} name */
  const copy = (name) => `${one.replace(named, name)} ${name}`
  return { clone, copy, init }
}

/**
 * For `npx`, which asks before it fetches a program, and keeps it: that of an earlier rehearsal has the same version.
 *
 * @param {string} registry
 * @param {string} cache
 */
function npxFrom(registry, cache) {
  const config = { npm_config_registry: registry, npm_config_cache: cache, npm_config_yes: 'true' }
  return { ...withoutNpm(process.env), ...config }
}

/**
 * Makes a repository of the scratch copy, and lets git find it at the address of the real one.
 *
 * @param {string} root
 */
function fromScratchCopy(root) {
  run('git', ['init', '-q'], root)
  run('git', ['add', 'examples'], root)
  const author = ['-c', 'user.name=rehearsal', '-c', 'user.email=rehearsal@localhost']
  run('git', [...author, 'commit', '-qm', 'a release'], root)
  return {
    ...process.env,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `url.file://${root}.insteadOf`,
    GIT_CONFIG_VALUE_0: repositoryAddress(root),
  }
}

/**
 * @param {string} name
 * @param {string} copy
 * @param {string} registry
 */
async function tryCopy(name, copy, registry) {
  writeFileSync(join(copy, '.npmrc'), `registry=${registry}\n`)
  await step(`${name}: installed`, () => npm(INSTALL, copy))
  await step(`${name}: npm test`, () => npm(['test'], copy))
}

/**
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {Promise<void>}
 */
function npm(args, cwd) {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: withoutNpm(process.env), timeout: PATIENCE_MS }
    execFile('npm', args, options, (error, stdout, stderr) => {
      const output = `${stdout.slice(-8000)}${stderr.slice(-8000)}`
      if (error) reject(new Error(`npm ${args[0]} failed in ${cwd}\n${output}`))
      else resolve()
    })
  })
}
