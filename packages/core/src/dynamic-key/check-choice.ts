import { TokenError, type TokenErrorCode } from '../errors.ts'
import { describe } from '../checks/checks.ts'

/** Checks that a value is a name in a table and returns it. @throws {TokenError} with `code`. @internal */
export function checkChoice<Name extends string>(
  value: unknown,
  table: Readonly<Record<Name, unknown>>,
  code: TokenErrorCode,
  what: string,
): Name {
  if (isNameOf(table, value)) return value
  const names = Object.keys(table).join(', ')
  const got = typeof value === 'string' ? 'another string' : describe(value)
  throw new TokenError(code, `${what}: one of ${names} expected, got ${got}`)
}

function isNameOf<Name extends string>(
  table: Readonly<Record<Name, unknown>>,
  value: unknown,
): value is Name {
  return typeof value === 'string' && Object.hasOwn(table, value)
}
