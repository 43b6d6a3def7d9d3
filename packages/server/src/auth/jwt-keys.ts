import {
  type CryptoKey,
  importJWK,
  importSPKI,
  type JWK,
  type JWTVerifyGetKey,
  type RemoteJWKSetOptions,
} from 'jose'

import { isJsonObject } from '../checks/kind.ts'
import { remoteKeys } from './jwt-key-set.ts'
import type { JwtKeys } from './jwt-verifier.ts'

/** The key that verifies JWTs. Give exactly one of `jwksUrl`, `secret` and `publicKey`. */
export type JwtKeyOptions =
  | {
      /** URL of the identity provider's key set: `https`, or `http` on loopback. */
      readonly jwksUrl: string | URL
      /**
       * Options for jose's `createRemoteJWKSet`. Default: a timeout of 3 seconds; the set is cached for 10 minutes and
       * read again after 30 seconds at the earliest. A set of more than 64 keys or 512 KiB is refused.
       */
      readonly jwksOptions?: RemoteJWKSetOptions
    }
  | {
      /** The shared secret, as a string or bytes: at least 32 bytes for HS256, 48 for HS384, 64 for HS512. */
      readonly secret: string | Uint8Array
    }
  | {
      /** One public key: a PEM that starts with `-----BEGIN PUBLIC KEY-----`, or a JWK. A private key is refused. */
      readonly publicKey: string | JWK
    }

/** The options that choose the key, before they are checked. */
interface KeyChoice {
  readonly jwksUrl?: unknown
  readonly jwksOptions?: RemoteJWKSetOptions | undefined
  readonly secret?: unknown
  readonly publicKey?: unknown
  readonly algorithms?: unknown
}

const SOURCES = ['jwksUrl', 'secret', 'publicKey'] as const
const SECRET = ['HS256', 'HS384', 'HS512']
const PUBLIC = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(' ')
const BY_KEY: Readonly<Record<string, string>> = {
  RSA: 'RS256',
  'P-256': 'ES256',
  'P-384': 'ES384',
  'P-521': 'ES512',
  Ed25519: 'EdDSA',
}
const PEM = /^-----BEGIN PUBLIC KEY-----/

/**
 * Reads the key. The algorithms are pinned to its kind: the PEM of a public key is never used as the
 * secret of an HMAC, and a token does not choose its algorithm.
 *
 * @internal
 * @throws {TypeError} unless there is exactly one key, strong enough and not private
 */
export function jwtKeys(options: KeyChoice): JwtKeys {
  const { jwksUrl, jwksOptions, secret, publicKey, algorithms } = options
  const [source, another] = SOURCES.filter((name) => options[name] !== undefined)
  if (source === undefined || another !== undefined) {
    throw new TypeError(`bearerJwt: exactly one of ${SOURCES.join(', ')} expected`)
  }
  if (source === 'jwksUrl') {
    return remoteKeys(jwksUrl, pinned(PUBLIC, PUBLIC, algorithms), jwksOptions)
  }
  if (jwksOptions) throw new TypeError('bearerJwt jwksOptions: expected only with jwksUrl')
  return source === 'secret' ? secretKey(secret, algorithms) : oneKey(publicKey, algorithms)
}

function pinned(
  allowed: readonly string[],
  fallback: readonly unknown[],
  algorithms: unknown = fallback,
): string[] {
  const list: readonly unknown[] = Array.isArray(algorithms) ? algorithms : []
  const names = allowed.filter((name) => list.includes(name))
  if (names.length > 0 && names.length === list.length) return names
  throw new TypeError(`bearerJwt algorithms: a list from ${allowed.join(', ')} expected`)
}

// An attacker can find a short secret from a single token, offline.
function secretKey(secret: unknown, given: unknown): JwtKeys {
  const algorithms = pinned(SECRET, ['HS256'], given)
  const bytes = typeof secret === 'string' ? new TextEncoder().encode(secret) : secret
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError('bearerJwt secret: string or bytes expected')
  }
  if (new TextDecoder().decode(bytes).trimStart().startsWith('-----BEGIN')) {
    throw new TypeError(
      'bearerJwt secret: string or bytes expected, got a key in PEM; pass it as publicKey',
    )
  }
  const least = Math.max(...algorithms.map((name) => Number(name.slice(2)) / 8))
  if (bytes.length < least) {
    throw new TypeError(`bearerJwt secret: at least ${least} bytes expected, got ${bytes.length}`)
  }
  const key = Uint8Array.from(bytes)
  return { algorithms, what: 'the secret', getKey: () => key }
}

function oneKey(given: unknown, algorithms: unknown): JwtKeys {
  const key = checkedPublicKey(given)
  const [algorithm, another] = pinned(PUBLIC, [impliedAlgorithm(key)], algorithms ?? undefined)
  if (algorithm === undefined || another !== undefined) {
    throw new TypeError('bearerJwt algorithms: exactly one expected with publicKey')
  }
  // Keeps the key, not its promise: on Workers, a request must not await a promise of another request.
  let imported: CryptoKey | undefined
  const getKey: JWTVerifyGetKey = async () => (imported ??= await importPublicKey(key, algorithm))
  return { algorithms: [algorithm], what: 'the public key', getKey }
}

function checkedPublicKey(key: unknown): string | JWK {
  if (typeof key === 'string' && PEM.test(key.trim())) return key.trim()
  if (isPublicJwk(key)) return { ...key }
  throw new TypeError('bearerJwt publicKey: PEM or JWK of a public key expected')
}

function isPublicJwk(key: unknown): key is JWK {
  if (!isJsonObject(key) || typeof key['kty'] !== 'string') return false
  return key['kty'] !== 'oct' && key['d'] === undefined && key['k'] === undefined
}

function impliedAlgorithm(key: string | JWK): string | undefined {
  if (typeof key === 'string') return 'RS256'
  return key.alg ?? BY_KEY[key.crv ?? key.kty ?? '']
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
