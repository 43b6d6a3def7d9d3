/**
 * Checks what a change touches, in the time of a breath: the types of all packages that it reaches, the files
 * themselves, and the tests of their packages that load them. Without an argument the change is what is not
 * committed; `main`, or any commit, counts from there.
 */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'

const [since = 'HEAD'] = process.argv.slice(2)
const files = [
  ...git('diff', '--name-only', '--merge-base', since),
  ...git('ls-files', '--others', '--exclude-standard'),
].filter((file) => existsSync(file))
const code = files.filter((file) => /\.[cm]?[jt]sx?$/.test(file))
const folders = [...new Set(code.map((file) => file.split('/').slice(0, 2).join('/')))]

if (files.length === 0) console.log(`Nothing has changed since ${since}.`)
else await check()

async function check() {
  const exits = await Promise.all([
    run('oxfmt', '--check', '--no-error-on-unmatched-pattern', ...files),
    run('turbo', 'run', 'typecheck', '--output-logs=errors-only', '--ui=stream'),
    run('tsc'),
    code.length > 0 && run('oxlint', '--type-aware', ...code),
    code.length > 0 && run('vitest', 'run', '--project=node', `--changed=${since}`, ...folders),
  ])
  process.exitCode = exits.some(Boolean) ? 1 : 0
}

/**
 * Runs a program of node_modules/.bin, which pnpm has on the path, and returns its exit code.
 *
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<number>}
 */
function run(program, ...args) {
  const shell = process.platform === 'win32'
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], shell })
    child.on('error', reject).on('close', (exit) => resolve(exit ?? 1))
  })
}

/**
 * @param {string[]} args
 * @returns {readonly string[]} the lines that git prints
 */
function git(...args) {
  return execFileSync('git', args, { encoding: 'utf8' }).split('\n').filter(Boolean)
}
