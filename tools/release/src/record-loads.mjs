// Hooks of Node: print the address of each module that is loaded.

import { writeSync } from 'node:fs'

const STDOUT = 1

/** @type {import('node:module').LoadHook} */
export function load(url, context, nextLoad) {
  writeSync(STDOUT, `${url}\n`)
  return nextLoad(url, context)
}
