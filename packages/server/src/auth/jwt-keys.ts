import {
  type CryptoKey,
  importJWK,
  importSPKI,
  type JWK,
  type JWTVerifyGetKey,
  type RemoteJWKSetOptions,
} from 'jose'

import { checkedJwtSecret, checkedPublicKey } from './check-jwt-key.ts'
import { type JwtKeys, pinnedAlgorithm, pinnedAlgorithms } from './jwt-algorithms.ts'
import { remoteKeys } from './remote-keys.ts'

/** The key that tokens are verified with: exactly one of the three. */
export type JwtKeyOptions =
  | {
      /** URL of the identity provider's key set: `https`, or `http` on loopback. */
      readonly jwksUrl: string | URL
      /**
       * Options of jose's `createRemoteJWKSet`. Default: a timeout of 3 s; the set is kept for 10 min and
       * read again after 30 s at the earliest. A set of more than 64 keys or 512 KiB is refused.
       */
      readonly jwksOptions?: RemoteJWKSetOptions
    }
  | {
      /** The shared secret: a string or bytes, no shorter than its HMAC, so 32 bytes for HS256. */
      readonly secret: string | Uint8Array
    }
  | {
      /** One public key: a PEM that starts with `-----BEGIN PUBLIC KEY-----`, or a JWK. */
      readonly publicKey: string | JWK
    }

const SOURCES = ['jwksUrl', 'secret', 'publicKey'] as const

/**
 * Reads the key. The algorithms are pinned to its kind: the PEM of a public key is never used as the
 * secret of an HMAC, and a token does not choose its algorithm.
 *
 * @internal
 * @throws {TypeError} unless there is exactly one key, strong enough and not private
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

function secretKey(secret: unknown, algorithms: unknown): JwtKeys {
  const pinned = pinnedAlgorithms('secret', algorithms)
  const bytes = checkedJwtSecret(secret, pinned)
  return { algorithms: pinned, what: 'the secret', getKey: () => bytes }
}

function publicKey(key: unknown, algorithms: unknown): JwtKeys {
  const checked = checkedPublicKey(key)
  const algorithm = pinnedAlgorithm(checked, algorithms)
  // Keeps the key, not its promise: on Workers, a request must not await a promise of another request.
  let imported: CryptoKey | undefined
  const getKey: JWTVerifyGetKey = async () =>
    (imported ??= await importPublicKey(checked, algorithm))
  return { algorithms: [algorithm], what: 'the public key', getKey }
}

async function importPublicKey(key: string | JWK, algorithm: string): Promise<CryptoKey> {
  try {
    if (typeof key === 'string') return await importSPKI(key, algorithm)
    const imported = await importJWK(key, algorithm)
    if (!(imported instanceof Uint8Array)) return imported
  } catch {
    // The error below names the option.
  }
  throw new TypeError(`bearerJwt publicKey: a public key for ${algorithm} expected`)
}
