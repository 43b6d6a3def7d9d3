/** What a setting or an option may be. `read` answers `undefined` for any other value. @internal */
export interface Kind<T> {
  /** What errors say was expected. */
  readonly expected: string
  readonly read: (value: unknown) => T | undefined
  /** What errors say of a wrong value, where it is not what they say of others. */
  readonly got?: (value: unknown) => string
}

/** A kind of option that may be left out. @internal */
export interface Optional<T, F> extends Kind<T> {
  readonly fallback: F
}

/** The kind of every member of an object of options. @internal */
export type Table<O> = { readonly [Name in keyof O]-?: Kind<unknown> }

type Kinds = Readonly<Record<string, Kind<unknown>>>

/** How errors speak of an object of options. @internal */
export interface Wording {
  /** What they call all of it. */
  readonly whole: string
  /** What stands before the name of a member. */
  readonly member: string
  /** What they say of a wrong value; default: nothing. */
  readonly got?: (value: unknown) => string
  /** The names that they list, if not all. */
  readonly names?: readonly string[]
}

// A kind that does not say what it reads passes on what it is given, of the type that the option has.
type Given<O, Name> = Name extends keyof O ? Exclude<O[Name], undefined> : unknown
type Read<K, G> = unknown extends K ? G : K
type Settled<O, T> = {
  readonly [Name in keyof T]: T[Name] extends Optional<infer K, infer F>
    ? Read<K, Given<O, Name>> | F
    : T[Name] extends Kind<infer K>
      ? Read<K, Given<O, Name>>
      : never
}

/** Makes a kind of a question. @internal */
export function kind(expected: string, accepts: (value: unknown) => boolean): Kind<unknown> {
  return { expected, read: (value) => (accepts(value) ? value : undefined) }
}

/** A kind whose reader throws its own errors. @internal */
export function own<T>(read: (value: never) => T): Kind<T> {
  return { expected: '', read: read as (value: unknown) => T } // oxlint-disable-line typescript/no-unsafe-type-assertion -- it checks what it gets
}

/** A kind of option that has a default. @internal */
export function optional<T, const F = undefined>(kind: Kind<T>, fallback?: F): Optional<T, F> {
  return { ...kind, fallback: fallback as F } // oxlint-disable-line typescript/no-unsafe-type-assertion -- left out, F is undefined
}

/** A kind of option for which `null` too means the default. @internal */
export function orNull<T, F>(kind: Optional<T, F>): Optional<T | F, F> {
  return { ...kind, read: (value) => (value === null ? kind.fallback : kind.read(value)) }
}

/** @internal */
export const FUNCTION: Kind<unknown> = kind('function', (value) => typeof value === 'function')

/** @internal */
export const BOOLEAN: Kind<unknown> = kind('boolean', (value) => typeof value === 'boolean')

/** An object, lists too. @internal */
export const OBJECT: Kind<unknown> = kind(
  'object',
  (value) => typeof value === 'object' && value !== null,
)

/** What is looked at later. @internal */
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

/** A list of at least one of a few words. @internal */
export function listOutOf(words: readonly string[]): Kind<unknown> {
  const list = kind(
    `a list out of ${words.join(', ')}`,
    (value) =>
      Array.isArray(value) && value.length > 0 && value.every((item) => words.includes(item)),
  )
  return { ...list, got: nothing }
}

/**
 * Reads an object of options and fills in the defaults. A misspelt member would quietly mean its
 * default, and is refused.
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

/** Refuses what is no object, and members that are not of the table. @internal @throws {TypeError} */
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

/** Passes on what is of a kind. @internal @throws {TypeError} naming what was expected */
export function requireKind<T>(
  value: unknown,
  kind: Kind<T>,
  what: string,
  got: Wording['got'] = nothing,
): T {
  const read = kind.read(value)
  // Of what has its own reader, `undefined` is an answer.
  if (read !== undefined || kind.expected === '') return read as T // oxlint-disable-line typescript/no-unsafe-type-assertion -- see above
  const said = (kind.got ?? got)(value)
  throw new TypeError(`${what}: ${kind.expected} expected${said && `, got ${said}`}`)
}

/** What an error may say of a wrong value: a number, or of what type it is. @internal */
export function shown(value: unknown): string {
  return typeof value === 'number' ? String(value) : typeOf(value)
}

/** Of what type a wrong value is: the value itself may be a secret in the wrong place. @internal */
export function typeOf(value: unknown): string {
  return value === null ? 'null' : typeof value
}

function nothing(): string {
  return ''
}
