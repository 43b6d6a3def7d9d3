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

/** The variables that hold the certificate: ours, and those of Agora's tool and token service. @internal */
export const PRIMARY_NAMES = [
  'AGORA_APP_CERTIFICATE',
  'NEXT_AGORA_APP_CERTIFICATE',
  'APP_CERTIFICATE',
] as const

/** The variable that holds the second certificate during a rotation. @internal */
export const SECONDARY_NAME = 'AGORA_APP_CERTIFICATE_SECONDARY'

/** The variables that hold a certificate. @internal */
export const CERTIFICATE_NAMES: readonly string[] = [...PRIMARY_NAMES, SECONDARY_NAME]

type AppIdName = 'AGORA_APP_ID' | 'NEXT_PUBLIC_AGORA_APP_ID' | 'APP_ID'

/** The variables that hold an App ID: ours, and those of Agora's command-line tool and token service. @internal */
export const APP_ID_NAMES: readonly [AppIdName, ...AppIdName[]] = [
  'AGORA_APP_ID',
  'NEXT_PUBLIC_AGORA_APP_ID',
  'APP_ID',
]

/**
 * Finds the variable that holds the App ID. `APP_ID` is a name that other programs have too: beside
 * another one it counts only where it has the form of Agora's.
 *
 * @internal
 * @throws {TokenError} APP_ID_INVALID when two of them contradict each other
 */
export function appIdName(env: Readonly<Partial<Record<AppIdName, unknown>>>): AppIdName {
  const isOurs = /^[0-9a-f]{32}$/i.test(String(env.APP_ID))
  const isAlone = !env.AGORA_APP_ID && !env.NEXT_PUBLIC_AGORA_APP_ID
  const read = isOurs || isAlone ? env : { ...env, APP_ID: undefined }
  return setName(read, APP_ID_NAMES, 'APP_ID_INVALID')
}
