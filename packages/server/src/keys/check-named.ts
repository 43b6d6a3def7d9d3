import { isTokenError, TokenError } from '@rtc-token/core'

/**
 * Applies a check of core to a value and puts its name into the error. Core's message says "the App Certificate", but
 * the operator needs the name of the variable or the file.
 *
 * @internal
 * @throws {TokenError} with the code that `check` throws
 */
export function checkNamed(
  value: unknown,
  check: (value: unknown) => string,
  name: string,
): string {
  try {
    return check(value)
  } catch (error) {
    if (!isTokenError(error)) throw error
    throw new TokenError(error.code, `${name} ${hexFault(value)}`)
  }
}

function hexFault(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'is not set'
  if (typeof value !== 'string') return `is of type ${typeof value}, string expected`
  if (value !== value.trim()) return 'starts or ends with white space'
  if (value.length !== 32) return `has ${value.length} characters, 32 hexadecimal digits expected`
  return 'has characters other than 0-9, a-f and A-F'
}
