import type { Expected } from './expectations.ts'
import { type Finding, finding } from './finding.ts'
import { quoteName } from './wording.ts'

/** What programs write when a value is missing. */
export const MISSING_VALUES: readonly string[] = [
  'undefined',
  'null',
  'NaN',
  'None',
  'nil',
  '[object Object]',
]

/** Tells of a name that a program wrote for a missing value. */
export function missingValue(what: string, name: string): Finding {
  const message = `A ${what} was expected, the string "${name}" arrived, which stands for a missing value.`
  return finding('VALUE_WAS_MISSING', message)
}

/** Tells of the account "0", which is meant as uid 0. */
export function zeroText(): Finding {
  const message =
    'A uid or an account was expected, the string "0" arrived: an account of that name, not any user.'
  return finding('USER_ZERO_TEXT', message)
}

/** Says who joins. */
export function sayUser({ user = '', isAccount }: Expected): string {
  if (isAccount) return `the account ${quoteName(user)}`
  return user === '' ? 'uid 0, for which Agora chooses a number,' : `uid ${user}`
}
