import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withoutNpm } from '@rtc-token/rehearsal/without-npm'
import { run, step } from '@rtc-token/release/run'
import { repositoryAddress } from '@rtc-token/release/workspace'

const LANES = 2
// For what hangs.
const PATIENCE_MS = 300_000
// A script that downloads a program is no part of an install for everyone: npm 12 runs none.
const INSTALL = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']

/**
 * Copies examples, each into an empty folder, installs them as their users do, and runs their tests.
 *
 * @param {string} root of the repository
 * @param {readonly string[]} names
 * @param {string} target where the copies will be
 * @param {string} registry
 */
export async function tryCopies(root, names, target, registry) {
  mkdirSync(target)
  const { clone, copy } = instructionsIn(root)
  run('sh', ['-ec', clone], target, fromScratchCopy(root))
  const waiting = [...names]
  const lane = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      run('sh', ['-ec', copy(name)], target)
      await tryCopy(name, join(target, name), registry)
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
}

/**
 * What the README of the examples says to do: one block whose second line names one of them.
 *
 * @param {string} root
 */
function instructionsIn(root) {
  const readme = readFileSync(join(root, 'examples', 'README.md'), 'utf8')
  const [, clone, one, named] =
    /^```sh\n(git clone .+)\n(cp -r \S+\/examples\/(\S+)) my-app\b/m.exec(readme) ?? []
  if (!clone || !one || !named) throw new Error('examples/README.md does not say how to copy one')
  /** @param {string} name */
  const copy = (name) => `${one.replace(named, name)} ${name}`
  return { clone, copy }
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
