/**
 * Checks that a value from the app has these members, for apps that are not written in TypeScript.
 *
 * @param owner - any value, even `undefined`
 * @param prefix - the path to the members, such as `client.`
 * @throws {TypeError} with the expected and the actual type, never with the value @internal
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

/**
 * Checks that those of these members that are given are functions.
 *
 * @throws {TypeError} with the expected and the actual type @internal
 */
export function allowFunctions(owner: unknown, names: readonly string[]): void {
  const given = names.filter((name) => Object(owner)[name] !== undefined)
  requireMembers(owner, 'function', given)
}

/** The options of `createRenewer` in an app without TypeScript. */
interface Unchecked {
  readonly lifecycle?: unknown
  readonly clock?: unknown
  readonly rejoin?: unknown
  readonly sourceTimeoutMs?: unknown
  readonly sdkTimeoutMs?: unknown
}

/**
 * Checks the options of a renewer, and its adapter.
 *
 * @throws {TypeError} with the expected and the actual value @internal
 */
export function checkOptions(options: object, adapter: object): void {
  requireMembers(adapter, 'function', ['link'], 'adapter.')
  requireMembers(options, 'function', ['source'])
  allowFunctions(options, ['random'])
  const { lifecycle, clock, rejoin = 'auto', sourceTimeoutMs, sdkTimeoutMs }: Unchecked = options
  if (lifecycle !== undefined) requireMembers(lifecycle, 'function', ['subscribe'], 'lifecycle.')
  if (clock !== undefined) requireMembers(clock, 'function', ['now', 'elapsed', 'after'], 'clock.')
  demand('rejoin', rejoin === 'auto' || rejoin === 'manual', rejoin)
  requireTimeout('sourceTimeoutMs', sourceTimeoutMs)
  requireTimeout('sdkTimeoutMs', sdkTimeoutMs)
  const { sdkTimeoutMs: least }: Unchecked = adapter
  requireTimeout('sdkTimeoutMs', least)
}

function requireTimeout(name: string, ms: unknown = 1): void {
  const MAX_TIMER_MS = 2 ** 31 - 1
  demand(name, typeof ms === 'number' && ms >= 1 && ms <= MAX_TIMER_MS, ms)
}

function demand(name: string, isRight: boolean, got: unknown): void {
  if (!isRight) throw new TypeError(badOption(name, got))
}

const EXPECTED: Readonly<Record<string, string>> = {
  rejoin: 'auto or manual',
  lifecycle: 'a `subscribe` that does not throw',
  client: 'DISCONNECTED',
}

/** Describes an invalid option. @internal */
export function badOption(name: string, got: unknown, kind?: 'string' | 'function'): string {
  const expected = kind ? `a ${kind}` : (EXPECTED[name] ?? '1 to 2147483647 ms')
  return `${name}: ${expected} expected, got ${got === '' ? 'an empty one' : String(got)}`
}
