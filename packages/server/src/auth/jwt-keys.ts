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

/** Where the key that signs the tokens comes from: exactly one of the three. */
export type JwtKeyOptions =
  | {
      /** Key set of the identity provider: `https`, or `http` on loopback. */
      readonly jwksUrl: string | URL
      /**
       * For jose's `createRemoteJWKSet`. Default: 3 s to answer, kept 10 min, read again after 30 s at the
       * earliest. However it is fetched, at most 64 keys and 512 KiB are taken.
       */
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

function secretKey(secret: unknown, algorithms: unknown): JwtKeys {
  const pinned = pinnedAlgorithms('secret', algorithms)
  const bytes = checkedJwtSecret(secret, pinned)
  return { algorithms: pinned, what: 'the secret', getKey: () => bytes }
}

function publicKey(key: unknown, algorithms: unknown): JwtKeys {
  const checked = checkedPublicKey(key)
  const algorithm = pinnedAlgorithm(checked, algorithms)
  // Not its promise: on Workers, a request must not wait for a promise of another.
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
    // Told below, in the words of the option.
  }
  throw new TypeError(`bearerJwt publicKey: a public key for ${algorithm} expected`)
}
