// As it is, or as it was copied: in quotes, or with a line break.
const CERTIFICATE = /^[\s"']*[0-9a-f]{32}[\s"']*$/i

/**
 * Refuses what is no object, and members that nothing reads: a misspelt `secondry` would otherwise
 * quietly verify with one certificate only.
 *
 * @internal
 * @throws {TypeError}
 */
export function requireMembers(
  value: unknown,
  what: string,
  names: readonly string[],
): asserts value is object {
  requireObject(value, what)
  const unknown = Object.keys(value).find((name) => !names.includes(name))
  if (unknown === undefined) return
  throw new TypeError(`${what}: only ${names.join(', ')} expected, got ${unknown}`)
}

/** @internal @throws {TypeError} when the value is no object */
export function requireObject(value: unknown, what: string): asserts value is object {
  if (typeof value !== 'object' || value === null) refuse(what, 'object', kindOf(value))
}

/** @internal @throws {TypeError} when the value is no function */
export function requireFunction<F>(value: F, what: string): F {
  return typeof value === 'function' ? value : refuse(what, 'function', kindOf(value))
}

/** @internal @throws {TypeError} when the value is no integer from 1 to `max` */
export function requireInteger(value: number, what: string, max: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= max) return value
  const got = typeof value === 'number' ? String(value) : kindOf(value)
  return refuse(what, `integer 1 to ${max}`, got)
}

/** @internal @throws {TypeError} when the value is no text, or an empty one */
function requireText(value: unknown, what: string): string {
  if (typeof value === 'string' && value !== '') return value
  return refuse(what, 'text', value === '' ? 'an empty one' : kindOf(value))
}

/**
 * Refuses a certificate in the place of a path too: whoever tries to read it would repeat it in the error.
 *
 * @internal
 * @throws {TypeError} when the value is no path
 */
export function requirePath(value: unknown, what: string): string {
  const path = requireText(value, what)
  return CERTIFICATE.test(path) ? refuse(what, 'path of a file', 'a certificate') : path
}

// The kind and not the value: it may be a certificate in the wrong place.
function kindOf(value: unknown): string {
  return value === null ? 'null' : typeof value
}

function refuse(what: string, expected: string, got: string): never {
  throw new TypeError(`${what}: ${expected} expected, got ${got}`)
}
