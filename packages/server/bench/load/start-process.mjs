import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'

/** The cores of the servers and of the load, where the system can hold a process to one. */
export const CORES = { server: 1, load: 0 }

/** Whether servers and load have a core each. */
export const isPinned = availableParallelism() > 1 && !spawnSync('taskset', ['--version']).error

/**
 * Starts a module of this folder in a process of its own, which ends with this one.
 *
 * @param {string} module such as `../servers/bare.mjs`
 * @param {{ core: number, args?: readonly string[], execArgv?: readonly string[] }} options
 */
export function startProcess(module, { core, args = [], execArgv = [] }) {
  const file = fileURLToPath(new URL(module, import.meta.url))
  const command = [process.execPath, ...execArgv, file, ...args]
  const [name = '', ...rest] = isPinned ? ['taskset', '-c', String(core), ...command] : command
  return spawn(name, rest, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
}

/**
 * Sends a message to a process and waits for its answer; one at a time.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {object} message
 */
export async function ask(child, message) {
  const answer = nextMessage(child)
  child.send(message)
  return await answer
}

/**
 * The next message of a process; an error when it ends before.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
export async function nextMessage(child) {
  const stop = new AbortController()
  const { signal } = stop
  const ended = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`a process of the bench ended with ${code}`)
  })
  try {
    const [message] = await Promise.race([once(child, 'message', { signal }), ended])
    return message
  } finally {
    stop.abort()
  }
}
