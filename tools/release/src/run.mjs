import { execFile, spawnSync } from 'node:child_process'
import { performance } from 'node:perf_hooks'

/**
 * Runs a command, returns what it printed, and shows it when it fails.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} env
 */
export function run(command, args, cwd, env = process.env) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8' })
  if (status === 0) return stdout
  console.error(`${command} ${args.join(' ')}\n${endOf(stdout)}${endOf(stderr)}`)
  throw new Error(`${command} failed in ${cwd}`, { cause: error })
}

/**
 * A bundle that throws prints its one long line first.
 *
 * @param {string | null} output
 */
function endOf(output) {
  return (output ?? '').slice(-8000)
}

/**
 * Runs programs of Node, two at a time, and shows what the first that fails printed.
 *
 * @param {readonly (readonly string[])[]} programs each with its arguments
 * @param {string} cwd
 */
export async function runInPairs(programs, cwd) {
  const waiting = [...programs]
  const lane = async () => {
    for (let args = waiting.shift(); args !== undefined; args = waiting.shift()) {
      await runAside(args, cwd)
    }
  }
  await Promise.all([lane(), lane()])
}

/**
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {Promise<void>}
 */
function runAside(args, cwd) {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd }, (error, stdout, stderr) => {
      if (error)
        reject(new Error(`${args.join(' ')} failed in ${cwd}\n${endOf(stdout)}${endOf(stderr)}`))
      else resolve()
    })
  })
}

/**
 * Does a step and says how long it took.
 *
 * @template T
 * @param {string} name
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  const startedAt = performance.now()
  const result = await work()
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(1).padStart(5)} s  ${name}`)
  return result
}
