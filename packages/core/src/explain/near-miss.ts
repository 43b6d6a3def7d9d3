import { matchesPattern } from '../checks/name-patterns.ts'
import type { HeldName } from './held.ts'

// Each makes two names equal that differ only in one common way.
const DIFFERENCES: readonly (readonly [string, (name: string) => string])[] = [
  ['spaces around it', (name) => name.trim()],
  ['upper and lower case', (name) => name.toLowerCase()],
  ['upper and lower case', (name) => name.toUpperCase()],
  ['leading zeros', (name) => name.replace(/^0+(?=\d)/, '')],
  ['quotation marks', (name) => name.replaceAll(/["'`]/g, '')],
  ['encoding for a URL', (name) => attempt(decodeURIComponent, name)],
  ['encoding for a URL', (name) => attempt(encodeURIComponent, name)],
]

/**
 * Names the difference between two names, if it is a single, common one. If only the checksum of one is known, the
 * difference is found only if that name is the simpler of the two.
 */
export function nearMiss({ text, admits }: HeldName, name: string): string | undefined {
  if (text !== undefined && matchesPattern(text || '*', name)) return 'only in 007 is it a pattern'
  const found = DIFFERENCES.find(([, simplify]) =>
    text === undefined ? admits(simplify(name)) : matchesPattern(simplify(text), simplify(name)),
  )
  return found && `they differ in ${found[0]}`
}

function attempt(convert: (name: string) => string, name: string): string {
  try {
    return convert(name)
  } catch {
    return name // half a surrogate pair, or a % that encodes nothing
  }
}
