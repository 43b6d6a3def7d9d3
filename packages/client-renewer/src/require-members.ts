import { badOption } from '@rtc-token/client-renewer/wording'

/**
 * Checks that what an app has passed has these members. TypeScript does so too, but not every app is written
 * in it.
 *
 * @param owner - anything, also undefined
 * @param prefix - where the members are, such as `client.`
 * @throws {TypeError} says what was expected and what kind of thing came, never its text @internal
 */
export function requireMembers(
  owner: unknown,
  kind: 'string' | 'function',
  names: readonly string[],
  prefix = '',
): void {
  for (const name of names) {
    const value: unknown = Object(owner)[name]
    const got = value === '' ? value : typeof value
    if (got !== kind) throw new TypeError(badOption(prefix + name, got, kind))
  }
}
