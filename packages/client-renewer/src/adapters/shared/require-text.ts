/** Checks an option of an adapter. @throws {TypeError} when it is not a string, or empty @internal */
export function requireText(name: string, value: unknown): void {
  if (typeof value === 'string' && value !== '') return
  const got = value === '' ? 'an empty one' : typeof value
  throw new TypeError(`${name}: a string expected, got ${got}`)
}
