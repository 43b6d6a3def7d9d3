import { type NamedNumber, numbersIn, sameName } from './numbers-in.ts'

/** The contents of an error: its words, one line for each string, and its numbers. */
export interface Evidence {
  readonly text: string
  readonly numbers: readonly NamedNumber[]
}

// The members in which SDKs, and wrappers of their errors, keep messages and codes. No other member is read, such as a
// token.
const MEMBERS =
  'name code errorCode error_code type status statusCode httpCode err message msg reason reasonCode desc description detail title error error_description data response cause originalError rtcError extraInfo errors config url'.split(
    ' ',
  )
const MAX_ITEMS = 10
const MAX_DEPTH = 4
const MAX_VALUES = 200
const MAX_LENGTH = 16_384

/** Tokens and similar strings, and exit codes of processes: their numbers are not errors of an SDK. */
const OTHER_NUMBERS = /[a-z0-9+/=]{48,}|\bexit(?:ed with)? (?:code|status)\W{0,2}\d+/gi

/** Reads an error of any kind: an object of an SDK, a string from a console, a number. Never throws. */
export function readError(error: unknown): Evidence {
  const texts: string[] = []
  const numbers: NamedNumber[] = []
  let left = MAX_VALUES

  function visit(value: unknown, name: string, depth: number): void {
    if (depth > MAX_DEPTH || left-- <= 0) return
    if (typeof value === 'number') numbers.push({ name, value })
    else if (typeof value === 'string') visitText(oneLine(value), name)
    else if (typeof value === 'object' && value !== null) visitMembers(value, name, depth + 1)
  }

  function visitText(text: string, name: string): void {
    texts.push(text)
    numbers.push(...numbersIn(text, name))
  }

  function visitMembers(value: object, name: string, depth: number): void {
    for (let i = 0; i < MAX_ITEMS; i++) visit(memberOf(value, i), name, depth)
    for (const key of MEMBERS) visit(memberOf(value, key), sameName(key), depth)
  }

  visit(error, '', 0)
  return { text: texts.join('\n'), numbers }
}

/** Returns a member; `undefined` if reading it throws. */
function memberOf(value: object, key: PropertyKey): unknown {
  try {
    return Reflect.get(value, key)
  } catch {
    return undefined
  }
}

/** Returns the start and the end of a string, without line breaks and possible tokens. */
function oneLine(value: string): string {
  const half = MAX_LENGTH / 2
  const text = value.length > MAX_LENGTH ? `${value.slice(0, half)}\n${value.slice(-half)}` : value
  return text.replaceAll(OTHER_NUMBERS, ' ').replaceAll(/\s+/g, ' ').trim()
}
