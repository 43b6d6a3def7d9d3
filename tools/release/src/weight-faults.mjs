/** @import { Files } from './content-faults.mjs' */
/** @import { Manifest } from './workspace.mjs' */
/** @import { Loaded } from './loaded-modules.mjs' */

/**
 * At most this many kB unpacked: half of what they had on 2026-11-30, but for the program, which has no
 * sources in it and carries the examples.
 *
 * @type {Readonly<Record<string, number>>}
 */
const UNPACKED = {
  '@rtc-token/core': 575,
  '@rtc-token/server': 871,
  '@rtc-token/client-renewer': 395,
  'rtc-token': 650,
}

/**
 * At most this many files, kB and modules of Node for an entry point, dependencies included: with them grows what a
 * cold start takes, and they are the same on every machine.
 */
export const LOADS = [
  { entry: '@rtc-token/core', files: 6, kilobytes: 125, builtins: [] },
  { entry: '@rtc-token/core/inspect', files: 4, kilobytes: 70, builtins: [] },
  { entry: '@rtc-token/core/contract', files: 2, kilobytes: 10, builtins: [] },
  { entry: '@rtc-token/server', files: 9, kilobytes: 310, builtins: [] },
  { entry: '@rtc-token/server/aws-lambda', files: 10, kilobytes: 295, builtins: ['node:net'] },
  { entry: '@rtc-token/client-renewer', files: 10, kilobytes: 60, builtins: [] },
]

/**
 * Tells when a package is too large unpacked.
 *
 * @param {Manifest} manifest
 * @param {Files} files
 * @returns {readonly string[]}
 */
export function unpackedFaults({ name }, files) {
  const most = (UNPACKED[name] ?? Infinity) * 1000
  const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  return bytes <= most ? [] : [`${name} has ${bytes} bytes unpacked, at most ${most} expected`]
}

/**
 * What an entry point loads and need not.
 *
 * @param {typeof LOADS[number]} limits
 * @param {Loaded} loaded
 * @returns {readonly string[]}
 */
export function loadFaults({ entry, files, kilobytes, builtins }, loaded) {
  const foreign = loaded.builtins.filter((name) => !builtins.includes(name))
  const faults = [
    ...(loaded.files.length <= files ? [] : [`${loaded.files.length} files, not ${files}`]),
    ...(loaded.bytes <= kilobytes * 1000 ? [] : [`${loaded.bytes} bytes, not ${kilobytes} kB`]),
    ...foreign,
  ]
  return faults.map((fault) => `import '${entry}' loads ${fault}`)
}
