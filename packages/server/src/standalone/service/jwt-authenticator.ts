import type { Authenticator } from '../../auth/authenticator.ts'
import type { JwtSubject } from '../../auth/bearer-jwt.ts'
import type { Config } from '../config/config.ts'
import { ConfigError } from '../config/config-error.ts'
import { loadPeer } from './load-peer.ts'
import { SECRET_JWT } from '../config/settings-table.ts'

const NONE: Partial<JwtNames> = {}

/** The required issuer and audience of a JWT. @internal */
export interface JwtNames {
  readonly issuer: string
  readonly audience: string
}

/**
 * Returns the required issuer and audience. An identity provider signs for the services of all its customers with
 * one key set, so with a key set no default is safe.
 *
 * @internal
 * @throws {ConfigError} when one of them is not set with a key set
 */
export function jwtNames({ jwtJwksUrl, jwtIssuer, jwtAudience }: Config): JwtNames {
  const { issuer, audience } = jwtJwksUrl === undefined ? SECRET_JWT : NONE
  return {
    issuer: required(jwtIssuer ?? issuer, 'RTC_TOKEN_JWT_ISSUER'),
    audience: required(jwtAudience ?? audience, 'RTC_TOKEN_JWT_AUDIENCE'),
  }
}

/**
 * Authenticates by the JWTs that the settings describe: signed with a secret, or with a key of a key set.
 *
 * @internal
 * @throws {ConfigError} when neither or both are set, or jose is not installed
 * @throws {TypeError} when the URL of the key set is not an https URL
 */
export async function jwtAuthenticator(config: Config): Promise<Authenticator<JwtSubject>> {
  const { jwtSecret, jwtJwksUrl, jwtBindToExpiry: bindToExpiry } = config
  if ((jwtSecret === undefined) === (jwtJwksUrl === undefined)) {
    throw new ConfigError(
      'either RTC_TOKEN_JWT_SECRET or RTC_TOKEN_JWT_JWKS_URL expected, or a config file that exports authenticate and authorize',
    )
  }
  const names = jwtNames(config)
  const { bearerJwt } = await loadPeer(['jose'], 'JWTs', () => import('../../auth/bearer-jwt.ts'))
  if (jwtSecret) return bearerJwt({ secret: jwtSecret.reveal(), ...names, bindToExpiry })
  return bearerJwt({ jwksUrl: jwtJwksUrl ?? '', ...names, bindToExpiry })
}

function required(text: string | undefined, variable: string): string {
  if (text !== undefined) return text
  throw new ConfigError(`${variable}: expected with RTC_TOKEN_JWT_JWKS_URL`)
}
