import { TokenError } from '@rtc-token/core'

import { APP_ID_NAMES, PRIMARY_NAMES, SECONDARY_NAME, setName, setOrNothing } from './env-names.ts'
import { fixedKeys } from './certificate-keys.ts'
import { OBJECT, requireKind, requireMembers, typeOf } from '../checks/kind.ts'
import type { KeyRing } from './key-ring.ts'
import type { SignWith } from './key-set.ts'
import { refuseInPage, refusePublishedNames } from './published-names.ts'

/**
 * The variables that {@link envKeys} reads. An empty string counts as not set. App IDs are read only to detect an App
 * ID that is set as a certificate.
 */
export interface KeysEnv {
  readonly AGORA_APP_CERTIFICATE?: string | undefined
  /** The second certificate during a rotation. */
  readonly AGORA_APP_CERTIFICATE_SECONDARY?: string | undefined
  /** `primary` or `secondary`. Default `primary`. */
  readonly AGORA_SIGN_WITH?: string | undefined
  /** From Agora's command-line tool; read if `AGORA_APP_CERTIFICATE` is not set. */
  readonly NEXT_AGORA_APP_CERTIFICATE?: string | undefined
  /** From Agora's token service; read if the others are not set. */
  readonly APP_CERTIFICATE?: string | undefined
  readonly AGORA_APP_ID?: string | undefined
  /** From Agora's command-line tool. */
  readonly NEXT_PUBLIC_AGORA_APP_ID?: string | undefined
  /** From Agora's token service. */
  readonly APP_ID?: string | undefined
}

/** Any environment, such as `process.env`, even if its declared type lacks these variables. */
export type EveryVariable = Readonly<Record<string, string | undefined>>

/** Options of {@link envKeys}. */
export interface EnvKeysOptions {
  /** Which certificate signs. Default: the value of `AGORA_SIGN_WITH`, or `'primary'`. */
  readonly sign?: SignWith
}

const SIGN_NAME = 'AGORA_SIGN_WITH'

/**
 * Creates a key ring from the certificates in an environment, such as `process.env` or the bindings of a Worker.
 * Errors name the variable and repeat nothing of its value.
 *
 * To rotate without an outage, deploy three times: with both certificates; with both and `AGORA_SIGN_WITH=secondary`;
 * and, once the longest `ttl` has passed, with the new certificate alone.
 *
 * @throws {TokenError} APP_CERTIFICATE_INVALID when a certificate is not set or malformed, two variables contradict
 * each other, or a variable that bundlers publish contains a certificate
 * @throws {TypeError} in a page, or when `sign` or `AGORA_SIGN_WITH` is invalid
 */
export function envKeys(env: KeysEnv | EveryVariable, options: EnvKeysOptions = {}): KeyRing {
  refuseInPage()
  requireKind(env, OBJECT, 'envKeys: env', typeOf)
  requireMembers(options, { whole: 'envKeys: options', got: typeOf }, ['sign'])
  const secondary = setOrNothing(env[SECONDARY_NAME])
  refusePublishedNames(env, [...PRIMARY_NAMES.map((name) => env[name]), secondary])
  const name = setName(env, PRIMARY_NAMES, 'APP_CERTIFICATE_INVALID')
  const { sign } = options
  const certificates = { primary: env[name], secondary, sign: sign ?? setOrNothing(env[SIGN_NAME]) }
  const signName = sign === undefined ? SIGN_NAME : 'envKeys: sign'
  const names = { primary: name, secondary: SECONDARY_NAME, sign: signName }
  refuseAppId(env, [name, SECONDARY_NAME])
  return fixedKeys(certificates, names)
}

function refuseAppId(env: KeysEnv, names: readonly (keyof KeysEnv)[]): void {
  for (const name of names.filter((name) => env[name])) {
    const same = APP_ID_NAMES.find((id) => lowerCase(env[id]) === lowerCase(env[name]))
    if (same === undefined) continue
    throw new TokenError('APP_CERTIFICATE_INVALID', `${name} is the same as ${same}`)
  }
}

// Bindings of Workers can have any type.
function lowerCase(value: unknown): string {
  return String(value).toLowerCase()
}
