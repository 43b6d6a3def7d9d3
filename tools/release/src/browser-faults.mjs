import { parse } from 'acorn'

/** @import { Files } from './content-faults.mjs' */

/** The oldest browsers that code for pages runs in, as the READMEs state it. */
export const BROWSER_FLOOR = 'Chrome and Edge 110, Firefox 115, Safari 16.4'
// What they all read: of ES2023, `findLast` and the copying methods of arrays, which need no syntax.
const SYNTAX = 2022

// What the oldest of them has not.
const NEWER = [
  /\b(?:Object|Map)\.groupBy\b/,
  /\bPromise\.(?:withResolvers|try)\b/,
  /\bArray\.fromAsync\b/,
  /\bURL\.(?:canParse|parse)\b/,
  /\bAbortSignal\.any\b/,
  /\.(?:is|to)WellFormed\(/,
  /\bUint8Array\.from(?:Base64|Hex)\b|\.to(?:Base64|Hex)\(|\.setFrom(?:Base64|Hex)\(/,
  /\bSymbol\.(?:asyncD|d)ispose\b/,
  /\b(?:Error\.isError|RegExp\.escape|Math\.sumPrecise|Iterator\.from|Atomics\.waitAsync|Temporal)\b/,
  /\.(?:isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference|transferToFixedLength)\(/,
  /\brequestIdleCallback\b/,
]

/**
 * What the oldest browsers would not understand, in a package whose README names them.
 *
 * @param {Files} files
 * @returns {readonly string[]}
 */
export function browserFaults(files) {
  if (!files.get('README.md')?.includes(BROWSER_FLOOR)) return []
  const programs = [...files].filter(([path]) => path.endsWith('.js') && !path.includes('.node.'))
  return programs.flatMap(([path, text]) => syntaxFaults(path, text).concat(newerParts(path, text)))
}

/**
 * @param {string} path
 * @param {string} text
 * @returns {readonly string[]}
 */
function syntaxFaults(path, text) {
  try {
    parse(text, { ecmaVersion: SYNTAX, sourceType: 'module' })
    return []
  } catch (error) {
    return [`${path} has syntax that ${BROWSER_FLOOR} do not read: ${String(error)}`]
  }
}

/**
 * @param {string} path
 * @param {string} text
 */
function newerParts(path, text) {
  const found = NEWER.flatMap((part) => part.exec(text)?.[0] ?? [])
  return found.map((part) => `${path} uses ${part}, which ${BROWSER_FLOOR} do not have`)
}
