import { TokenError } from '@rtc-token/core'

import { APP_ID_NAMES, PRIMARY_NAMES, SECONDARY_NAME, setName, setOrNothing } from './env-names.ts'
import { fixedKeys } from './certificate-keys.ts'
import { OBJECT, requireKind, requireMembers, typeOf } from '../checks/kind.ts'
import type { KeyRing } from './key-ring.ts'
import type { SignWith } from './key-set.ts'
import { refuseInPage, refusePublishedNames } from './published-names.ts'

/**
 * The variables that {@link envKeys} reads. Empty ones count as not set. App IDs are read only to notice one in
 * the place of a certificate.
 */
export interface KeysEnv {
  readonly AGORA_APP_CERTIFICATE?: string | undefined
  /** The second certificate during a rotation. */
  readonly AGORA_APP_CERTIFICATE_SECONDARY?: string | undefined
  /** `primary` or `secondary`; default `primary`. */
  readonly AGORA_SIGN_WITH?: string | undefined
  /** Written by Agora's own command-line tool; read if `AGORA_APP_CERTIFICATE` is not set. */
  readonly NEXT_AGORA_APP_CERTIFICATE?: string | undefined
  /** The variable of Agora's own token service; read if the others are not set. */
  readonly APP_CERTIFICATE?: string | undefined
  readonly AGORA_APP_ID?: string | undefined
  /** What Agora's own command-line tool writes, for pages. */
  readonly NEXT_PUBLIC_AGORA_APP_ID?: string | undefined
  /** What Agora's own token service reads. */
  readonly APP_ID?: string | undefined
}

/** Any environment, such as `process.env`, also one whose declared type lacks these variables. */
export type EveryVariable = Readonly<Record<string, string | undefined>>

/** Options of {@link envKeys}. */
export interface EnvKeysOptions {
  /** Which certificate signs. Default: `AGORA_SIGN_WITH`, otherwise `'primary'`. */
  readonly sign?: SignWith
}

const SIGN_NAME = 'AGORA_SIGN_WITH'

/**
 * Reads the certificates from the record given, such as `process.env` or the bindings of a Worker.
 * Errors name the variable and repeat nothing of its value.
 *
 * A rotation without an outage takes three deployments: both certificates; both, with
 * `AGORA_SIGN_WITH=secondary`; and, once the longest `ttl` has passed, the new one alone.
 *
 * @throws {TokenError} APP_CERTIFICATE_INVALID when a certificate is not set or malformed, two
 *   variables contradict each other, or a variable whose name a bundler publishes holds a certificate
 * @throws {TypeError} in a page, or for an invalid choice of signer
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
