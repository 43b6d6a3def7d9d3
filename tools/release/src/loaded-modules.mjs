import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { run } from './run.mjs'

const RECORDER = new URL('record-loads.mjs', import.meta.url)
const REGISTER = `import { register } from 'node:module'; register('${RECORDER.href}')`

/**
 * What Node loads before a program runs its first line.
 *
 * @typedef {{ readonly files: readonly string[], readonly bytes: number, readonly builtins: readonly string[] }} Loaded
 */

/**
 * Loads an entry point in a process of its own.
 *
 * @param {string} specifier
 * @param {string} app where it is installed
 * @returns {Loaded}
 */
export function loadedModules(specifier, app) {
  const recording = ['--import', `data:text/javascript,${encodeURIComponent(REGISTER)}`]
  const program = ['--input-type=module', '--eval', `import '${specifier}'`]
  const urls = run(process.execPath, [...recording, ...program], app)
    .trim()
    .split('\n')
  const files = urls.filter((url) => url.startsWith('file:')).map((url) => fileURLToPath(url))
  const bytes = files.reduce((sum, path) => sum + statSync(path).size, 0)
  return { files, bytes, builtins: urls.filter((url) => url.startsWith('node:')) }
}
