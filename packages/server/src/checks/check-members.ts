/**
 * Checks that a value is an object with no other members than these: a misspelt one would quietly
 * mean its default.
 *
 * @internal
 * @throws {TypeError} naming what was expected
 */
export function checkMembers(value: unknown, what: string, names: readonly string[]): void {
  if (typeof value !== 'object' || value === null) throw new TypeError(`${what}: object expected`)
  const unknown = Object.keys(value).find((name) => !names.includes(name))
  if (unknown === undefined) return
  throw new TypeError(`${what}: only ${names.join(', ')} expected, got ${unknown}`)
}
