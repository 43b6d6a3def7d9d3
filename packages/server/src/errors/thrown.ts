/**
 * Whether a thrown value is an instance of a class. Like `instanceof`, but never throws, not even for a `Proxy`.
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

/** Reads a member of a thrown value; `undefined` if it cannot be read. @internal */
export function memberOf(thrown: unknown, name: string): unknown {
  try {
    return Reflect.get(Object(thrown), name)
  } catch {
    return undefined
  }
}

/** Reads a string member of a thrown value; `undefined` if it cannot be read or is not a string. @internal */
export function textOf(thrown: unknown, name: string): string | undefined {
  const text = memberOf(thrown, name)
  return typeof text === 'string' ? text : undefined
}

/**
 * The code of an error of the system or of a library, for texts that must not repeat its message.
 *
 * @internal
 * @param fallback - for a thrown value without a code
 */
export function codeOf(thrown: unknown, fallback = 'unknown error'): string {
  const code = isA(thrown, Error) ? memberOf(thrown, 'code') : undefined
  return typeof code === 'string' || typeof code === 'number' ? String(code) : fallback
}

/** Describes a thrown value in one line: by its message, or by its type if it has none. @internal */
export function inWords(thrown: unknown): string {
  try {
    return String(thrown)
  } catch {
    return kindOf(thrown)
  }
}

/** Describes the type of a value that cannot be printed. @internal */
export function kindOf(thrown: unknown): string {
  const name = isA(thrown, Error) ? textOf(thrown, 'name') : undefined
  return `${name ?? `a value of type ${typeof thrown}`}, which cannot be printed`
}

/**
 * Prints a thrown value to the console, or only its type if printing it fails: its getters may throw.
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
