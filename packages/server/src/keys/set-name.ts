import { TokenError, type TokenErrorCode } from '@rtc-token/core'

/**
 * Finds the variable that holds a value which has several names: the first that is set, or the first of
 * all. Where another is set to something else, that is an error; it names both and repeats neither.
 *
 * @internal
 * @throws {TokenError} with `code`
 */
export function setName<N extends string>(
  env: Readonly<Partial<Record<N, unknown>>>,
  names: readonly [N, ...N[]],
  code: TokenErrorCode,
): N {
  const [name = names[0], ...others] = names.filter((name) => setOrNothing(env[name]) !== undefined)
  const other = others.find((other) => env[other] !== env[name])
  if (other === undefined) return name
  const fault = 'are both set and differ; which one is meant? Set one of them'
  throw new TokenError(code, `${name} and ${other} ${fault}`)
}

/**
 * Compose files and dashboards pass unset variables as empty strings.
 *
 * @internal
 */
export function setOrNothing<T>(value: T): T | undefined {
  return value === '' || value === null ? undefined : value
}
