import {
  createRemoteJWKSet,
  type CryptoKey,
  errors,
  importJWK,
  importSPKI,
  type JWK,
  type JWTVerifyGetKey,
  type RemoteJWKSetOptions,
} from 'jose'

import { AuthenticatorUnavailable } from './authenticator-unavailable.ts'
import { checkedJwksUrl, checkedJwtSecret, checkedPublicKey } from './check-jwt-key.ts'
import { pinnedAlgorithm, pinnedAlgorithms } from './jwt-algorithms.ts'

/** Where the key that signs the tokens comes from: exactly one of the three. */
export type JwtKeyOptions =
  | {
      /** Key set of the identity provider: `https`, or `http` on loopback. */
      readonly jwksUrl: string | URL
      /** For jose's `createRemoteJWKSet`. Default: 3 s to answer, kept 10 min, 30 s from try to try. */
      readonly jwksOptions?: RemoteJWKSetOptions
    }
  | {
      /** What both sides know: as text or bytes, and no shorter than its HMAC, so 32 bytes for HS256. */
      readonly secret: string | Uint8Array
    }
  | {
      /** One public key: PEM that starts with `-----BEGIN PUBLIC KEY-----`, or a JWK. */
      readonly publicKey: string | JWK
    }

/** @internal A key, and the algorithms that it and nothing else is for. */
export interface JwtKeys {
  readonly algorithms: string[]
  readonly getKey: JWTVerifyGetKey
  /** Says of a key that cannot be used whose fault it is. Default: as jose says. */
  readonly unusable?: (cause: unknown) => unknown
}

const JWKS_TIMEOUT_MS = 3000 // less than the time of a hook, so that the reason gets known
const SOURCES = ['jwksUrl', 'secret', 'publicKey'] as const

/**
 * Reads where the key comes from. The algorithms are pinned to its kind: the text of a public key is
 * never taken for the secret of an HMAC, and no token chooses.
 *
 * @internal
 * @throws {TypeError} unless there is exactly one key, strong enough and no private one
 */
export function jwtKeys(
  options: Partial<Record<(typeof SOURCES)[number], unknown>>,
  algorithms: unknown,
  jwksOptions?: RemoteJWKSetOptions,
): JwtKeys {
  const given = SOURCES.filter((name) => options[name] !== undefined)
  if (given.length !== 1) {
    throw new TypeError(`bearerJwt: exactly one of ${SOURCES.join(', ')} expected`)
  }
  if (given[0] === 'jwksUrl') return remoteKeys(options.jwksUrl, algorithms, jwksOptions)
  if (jwksOptions) throw new TypeError('bearerJwt jwksOptions: jwksUrl expected beside it')
  return given[0] === 'secret'
    ? secretKey(options.secret, algorithms)
    : publicKey(options.publicKey, algorithms)
}

function remoteKeys(
  jwksUrl: unknown,
  algorithms: unknown,
  options: RemoteJWKSetOptions = {},
): JwtKeys {
  const url = checkedJwksUrl(jwksUrl)
  const keySet = createRemoteJWKSet(url, { timeoutDuration: JWKS_TIMEOUT_MS, ...options })
  const getKey: JWTVerifyGetKey = async (header, token) => {
    try {
      return await keySet(header, token)
    } catch (error) {
      if (isFaultOfToken(error)) throw error
      throw unavailable(url, 'cannot be read', error)
    }
  }
  return {
    algorithms: pinnedAlgorithms('public', algorithms),
    getKey,
    unusable: (cause) =>
      cause instanceof AuthenticatorUnavailable
        ? cause
        : unavailable(url, 'has a key that cannot be used', cause),
  }
}

function unavailable({ host }: URL, what: string, cause: unknown): AuthenticatorUnavailable {
  return new AuthenticatorUnavailable(`bearerJwt: the key set at ${host} ${what}`, { cause })
}

function isFaultOfToken(error: unknown): boolean {
  const { JWKSNoMatchingKey, JWKSMultipleMatchingKeys, JOSENotSupported } = errors
  const faults = [JWKSNoMatchingKey, JWKSMultipleMatchingKeys, JOSENotSupported]
  return faults.some((fault) => error instanceof fault)
}

function secretKey(secret: unknown, algorithms: unknown): JwtKeys {
  const pinned = pinnedAlgorithms('secret', algorithms)
  const bytes = checkedJwtSecret(secret, pinned)
  return { algorithms: pinned, getKey: () => bytes }
}

function publicKey(key: unknown, algorithms: unknown): JwtKeys {
  const checked = checkedPublicKey(key)
  const algorithm = pinnedAlgorithm(checked, algorithms)
  // Not its promise: on Workers, a request must not wait for a promise of another.
  let imported: CryptoKey | undefined
  const getKey: JWTVerifyGetKey = async () =>
    (imported ??= await importPublicKey(checked, algorithm))
  return { algorithms: [algorithm], getKey }
}

async function importPublicKey(key: string | JWK, algorithm: string): Promise<CryptoKey> {
  try {
    if (typeof key === 'string') return await importSPKI(key, algorithm)
    const imported = await importJWK(key, algorithm)
    if (!(imported instanceof Uint8Array)) return imported
  } catch {
    // Told below, in the words of the option.
  }
  throw new TypeError(`bearerJwt publicKey: a public key for ${algorithm} expected`)
}
