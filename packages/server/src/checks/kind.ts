/** The type of a setting or an option. `read` returns `undefined` for an invalid value. @internal */
export interface Kind<T> {
  /** The expected value, in words for errors. */
  readonly expected: string
  readonly read: (value: unknown) => T | undefined
  /** Describes an invalid value in errors, if the table's own description does not fit. */
  readonly got?: (value: unknown) => string
}

/** The kind of an optional option. @internal */
export interface Optional<T, F> extends Kind<T> {
  readonly fallback: F
}

/** The kind of every member of an object of options. @internal */
export type Table<O> = { readonly [Name in keyof O]-?: Kind<unknown> }

type Kinds = Readonly<Record<string, Kind<unknown>>>

/** The words of errors about an object of options. @internal */
export interface Wording {
  /** The name of the whole object. */
  readonly whole: string
  /** The prefix of a member's name. */
  readonly member: string
  /** Describes an invalid value; default: not at all. */
  readonly got?: (value: unknown) => string
  /** The member names to list, if not all. */
  readonly names?: readonly string[]
}

// A kind without a result type returns the value with the type of the option.
type Given<O, Name> = Name extends keyof O ? Exclude<O[Name], undefined> : unknown
type Read<K, G> = unknown extends K ? G : K
type Settled<O, T> = {
  readonly [Name in keyof T]: T[Name] extends Optional<infer K, infer F>
    ? Read<K, Given<O, Name>> | F
    : T[Name] extends Kind<infer K>
      ? Read<K, Given<O, Name>>
      : never
}

/** Makes a kind from a predicate. @internal */
export function kind(expected: string, accepts: (value: unknown) => boolean): Kind<unknown> {
  return { expected, read: (value) => (accepts(value) ? value : undefined) }
}

/** Makes a kind whose reader throws its own errors. @internal */
export function own<T>(read: (value: never) => T): Kind<T> {
  return { expected: '', read: read as (value: unknown) => T } // oxlint-disable-line typescript/no-unsafe-type-assertion -- it checks what it gets
}

/** Makes the kind of an option with a default. @internal */
export function optional<T, const F = undefined>(kind: Kind<T>, fallback?: F): Optional<T, F> {
  return { ...kind, fallback: fallback as F } // oxlint-disable-line typescript/no-unsafe-type-assertion -- left out, F is undefined
}

/** Makes a kind that also reads `null` as the default. @internal */
export function orNull<T, F>(kind: Optional<T, F>): Optional<T | F, F> {
  return { ...kind, read: (value) => (value === null ? kind.fallback : kind.read(value)) }
}

/** @internal */
export const FUNCTION: Kind<unknown> = kind('function', (value) => typeof value === 'function')

/** @internal */
export const BOOLEAN: Kind<unknown> = kind('boolean', (value) => typeof value === 'boolean')

/** An object or an array. @internal */
export const OBJECT: Kind<unknown> = kind(
  'object',
  (value) => typeof value === 'object' && value !== null,
)

/** Any value; other code checks it. @internal */
export const ANYTHING: Kind<unknown> = kind('', () => true)

/** @internal */
export function integer(min: number, max: number): Kind<unknown> {
  const isWithin = (value: unknown): boolean =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
  return { ...kind(`integer ${min} to ${max}`, isWithin), got: shown }
}

/** One of a few words. @internal */
export function oneOf(...words: readonly string[]): Kind<unknown> {
  const expected = words.map((word) => `'${word}'`).join(' or ')
  return kind(expected, (value) => words.some((word) => word === value))
}

/** A list with at least one of a few words. @internal */
export function listOutOf(words: readonly string[]): Kind<unknown> {
  const list = kind(
    `a list of some of ${words.join(', ')}`,
    (value) =>
      Array.isArray(value) && value.length > 0 && value.every((item) => words.includes(item)),
  )
  return { ...list, got: nothing }
}

/**
 * Reads an object of options and fills in the defaults. Refuses a misspelt member, which would otherwise silently
 * mean the default.
 *
 * @internal
 * @throws {TypeError} naming what was expected
 */
export function readMembers<O extends object, const T extends Table<O> & Kinds>(
  options: O,
  wording: Wording,
  table: T,
): Settled<O, T> {
  const { member, got } = wording
  requireMembers(options, wording, Object.keys(table))
  const entries = Object.entries<Kind<unknown>>(table).map(([name, kind]) => {
    const value: unknown = Reflect.get(options, name)
    const isUnset = value === undefined && 'fallback' in kind
    return [name, isUnset ? kind.fallback : requireKind(value, kind, `${member}${name}`, got)]
  })
  return Object.fromEntries(entries) as Settled<O, T> // oxlint-disable-line typescript/no-unsafe-type-assertion -- each read by the kind of its name
}

/** Refuses a value that is not an object, and members that are not in the table. @internal @throws {TypeError} */
export function requireMembers(
  value: unknown,
  wording: Omit<Wording, 'member'>,
  known: readonly string[],
): void {
  const { whole, got, names = known } = wording
  requireKind(value, OBJECT, whole, got)
  const unknown = Object.keys(Object(value)).find((name) => !known.includes(name))
  if (unknown === undefined) return
  throw new TypeError(`${whole}: only ${names.join(', ')} expected, got ${unknown}`)
}

/** Returns the value if it is of the kind. @internal @throws {TypeError} naming the expected value */
export function requireKind<T>(
  value: unknown,
  kind: Kind<T>,
  what: string,
  got: Wording['got'] = nothing,
): T {
  const read = kind.read(value)
  // A kind with its own reader may return `undefined`.
  if (read !== undefined || kind.expected === '') return read as T // oxlint-disable-line typescript/no-unsafe-type-assertion -- see above
  const said = (kind.got ?? got)(value)
  throw new TypeError(`${what}: ${kind.expected} expected${said && `, got ${said}`}`)
}

/** The type of an invalid value as the language names it. @internal */
export function plainType(value: unknown): string {
  return typeof value
}

/** Describes an invalid value in an error: a number, or its type. @internal */
export function shown(value: unknown): string {
  return typeof value === 'number' ? String(value) : typeOf(value)
}

/** The type of an invalid value; the value itself may be a misplaced secret. @internal */
export function typeOf(value: unknown): string {
  return value === null ? 'null' : typeof value
}

function nothing(): string {
  return ''
}

/** @internal An object with unknown members. */
export type JsonObject = Readonly<Record<string, unknown>>

/** @internal Whether a value is an object, not an array or `null`. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/

/** Whether a value can be the name of an HTTP header (RFC 9110, section 5.6.2). @internal */
export function isHeaderName(value: unknown): value is string {
  return typeof value === 'string' && HEADER_NAME.test(value)
}
