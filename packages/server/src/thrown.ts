/**
 * Whether something that was thrown is of a class. As `instanceof`, which a `Proxy` may make throw.
 *
 * @internal
 */
export function isA<T>(thrown: unknown, kind: abstract new (...args: never[]) => T): thrown is T {
  try {
    return thrown instanceof kind
  } catch {
    return false
  }
}

/** Reads a text of what was thrown; `undefined` where there is none or it cannot be read. @internal */
export function textOf(thrown: unknown, name: string): string | undefined {
  try {
    const text: unknown = Reflect.get(Object(thrown), name)
    return typeof text === 'string' ? text : undefined
  } catch {
    return undefined
  }
}

// What can still be said of what cannot be printed.
function kindOf(thrown: unknown): string {
  const name = isA(thrown, Error) ? textOf(thrown, 'name') : undefined
  return `${name ?? `a value of type ${typeof thrown}`}, which cannot be printed`
}

/**
 * Prints what was thrown where no option says otherwise: its kind where it cannot be printed, since
 * what is thrown may have getters that throw.
 *
 * @internal
 */
export function printThrown(label: string, thrown: unknown): void {
  try {
    console.error(`${label}:`, thrown) // oxlint-disable-line no-console -- the default sink
  } catch {
    console.error(`${label}:`, kindOf(thrown)) // oxlint-disable-line no-console -- the same
  }
}
