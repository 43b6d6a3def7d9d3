const PARTS = '{{when}}'

/** Marks members of the document that need all of these options. @internal */
export function when<K extends string>(
  parts: readonly string[],
  members: Readonly<Record<K, Json>>,
): Record<K, JsonMembers> {
  const names = Object.keys(members) as K[] // oxlint-disable-line typescript/no-unsafe-type-assertion -- its own names
  return fromNames(names, (name) => ({ [PARTS]: parts, data: members[name] }))
}

/** Makes an object with these members. @internal */
export function fromNames<K extends string>(
  names: readonly K[],
  make: (name: K) => JsonMembers,
): Record<K, JsonMembers> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<K, JsonMembers> // oxlint-disable-line typescript/no-unsafe-type-assertion -- by these names
}

/**
 * Copies the data of a document without the members whose options are off. A string `'{{name}}'` is replaced by the
 * fact of that name; inside a longer string, by its text.
 *
 * @internal
 */
export function prune(data: Json, facts: JsonMembers): Json {
  if (typeof data === 'string') return filled(data, facts)
  if (typeof data !== 'object' || data === null) return data
  if (isList(data)) return data.map((item) => prune(item, facts))
  if (PARTS in data) return prune(data['data']!, facts)
  const members = Object.entries(data).filter(([, member]) => isOpen(member, facts))
  return Object.fromEntries(members.map(([name, member]) => [name, prune(member, facts)]))
}

function filled(text: string, facts: JsonMembers): Json {
  const whole = text.startsWith('{{') ? facts[text.slice(2, -2)] : undefined
  return whole ?? text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => written(facts[name]!))
}

function written(fact: Json): string {
  return typeof fact === 'string' ? fact : JSON.stringify(fact)
}

function isOpen(data: Json, facts: JsonMembers): boolean {
  if (typeof data !== 'object' || data === null || !(PARTS in data)) return true
  const { [PARTS]: parts } = data as { readonly [PARTS]: readonly string[] } // oxlint-disable-line typescript/no-unsafe-type-assertion -- as `when` makes it
  return parts.every((part) => facts[part] === true)
}

function isList(data: Json): data is readonly Json[] {
  return Array.isArray(data)
}

/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | JsonMembers

/** A JSON object. */
export interface JsonMembers {
  readonly [name: string]: Json
}
