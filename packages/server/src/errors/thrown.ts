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

/** Reads a member of what was thrown; `undefined` where it cannot be read. @internal */
export function memberOf(thrown: unknown, name: string): unknown {
  try {
    return Reflect.get(Object(thrown), name)
  } catch {
    return undefined
  }
}

/** Reads a text of what was thrown; `undefined` where there is no such text. @internal */
export function textOf(thrown: unknown, name: string): string | undefined {
  const text = memberOf(thrown, name)
  return typeof text === 'string' ? text : undefined
}

/** Says what was thrown in one line, and of what has no words its kind. @internal */
export function inWords(thrown: unknown): string {
  try {
    return String(thrown)
  } catch {
    return kindOf(thrown)
  }
}

/** Says of what kind something is that cannot be printed. @internal */
export function kindOf(thrown: unknown): string {
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
