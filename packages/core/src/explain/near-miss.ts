// Each makes two names equal that differ in one common way only.
const DIFFERENCES: readonly (readonly [string, (name: string) => string])[] = [
  ['spaces around it', (name) => name.trim()],
  ['upper and lower case', (name) => name.toLowerCase()],
  ['upper and lower case', (name) => name.toUpperCase()],
  ['leading zeros', (name) => name.replace(/^0+(?=\d)/, '')],
  ['quotation marks', (name) => name.replaceAll(/["'`]/g, '')],
  ['encoding for a URL', decodeUrl],
  ['encoding for a URL', encodeUrl],
]

/** Says in which one way two different names differ, if it is a common one. */
export function nearMiss(a: string, b: string): string | undefined {
  return DIFFERENCES.find(([, simplify]) => simplify(a) === simplify(b))?.[0]
}

/**
 * The same where only one name is known and the other can be recognised: a 006 token holds
 * checksums. Finds the other one only if it is the simpler of the two.
 */
export function nearMissOf(name: string, isOther: (name: string) => boolean): string | undefined {
  return DIFFERENCES.find(([, simplify]) => isOther(simplify(name)))?.[0]
}

function decodeUrl(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

function encodeUrl(name: string): string {
  try {
    return encodeURIComponent(name)
  } catch {
    return name
  }
}
