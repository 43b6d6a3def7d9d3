import { TokenError, type TokenErrorCode } from '@rtc-token/core'

/**
 * Finds the variable for a value that has several names: the first that is set, or the first name. The error names both
 * variables and repeats neither value.
 *
 * @internal
 * @throws {TokenError} `code` when another variable is set to a different value
 */
export function setName<N extends string>(
  env: Readonly<Partial<Record<N, unknown>>>,
  names: readonly [N, ...N[]],
  code: TokenErrorCode,
): N {
  const [name = names[0], ...others] = names.filter((name) => setOrNothing(env[name]) !== undefined)
  const other = others.find((other) => env[other] !== env[name])
  if (other === undefined) return name
  const fault = 'are both set and differ; set only one of them'
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

/** The variables for the certificate: ours, and those of Agora's tool and token service. @internal */
export const PRIMARY_NAMES = [
  'AGORA_APP_CERTIFICATE',
  'NEXT_AGORA_APP_CERTIFICATE',
  'APP_CERTIFICATE',
] as const

/** The variable for the second certificate during a rotation. @internal */
export const SECONDARY_NAME = 'AGORA_APP_CERTIFICATE_SECONDARY'

/** All variables for certificates. @internal */
export const CERTIFICATE_NAMES: readonly string[] = [...PRIMARY_NAMES, SECONDARY_NAME]

type AppIdName = 'AGORA_APP_ID' | 'NEXT_PUBLIC_AGORA_APP_ID' | 'APP_ID'

/** The variables for the App ID: ours, and those of Agora's command-line tool and token service. @internal */
export const APP_ID_NAMES: readonly [AppIdName, ...AppIdName[]] = [
  'AGORA_APP_ID',
  'NEXT_PUBLIC_AGORA_APP_ID',
  'APP_ID',
]

/**
 * Finds the variable for the App ID. Other programs use the name `APP_ID` too: if another variable is set, `APP_ID` is
 * read only when it has the form of an Agora App ID.
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
