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

/** What an app may pass to `createRenewer` that TypeScript would not let it. */
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
 * @throws {TypeError} says what was expected and what came @internal
 */
export function checkOptions(options: object, adapter: object): void {
  requireMembers(adapter, 'function', ['link'], 'adapter.')
  requireMembers(options, 'function', ['source'])
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

/** For an option that cannot be, or that cannot be used as it is. @internal */
export function badOption(name: string, got: unknown, kind?: 'string' | 'function'): string {
  const expected = kind ? `a ${kind}` : (EXPECTED[name] ?? '1 to 2147483647 ms')
  return `${name}: ${expected} expected, got ${got === '' ? 'an empty one' : String(got)}`
}
