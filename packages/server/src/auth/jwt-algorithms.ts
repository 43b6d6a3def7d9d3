import type { JWK, JWTVerifyGetKey } from 'jose'

import type { NotedFault } from '../errors/auth-fault.ts'

/** Keys, and the algorithms that they are pinned to. @internal */
export interface JwtKeys {
  readonly algorithms: string[]
  /** What the reasons in logs call them. */
  readonly what: string
  readonly getKey: JWTVerifyGetKey
  /** Absent where the key never changes. */
  readonly renewal?: KeyRenewal
}

/** A key set that is read again from time to time. */
interface KeyRenewal {
  /** Whether the set was read for an earlier token, and is not read again for a while. */
  isResting(): boolean
  /** Reads the set again, unless it was read just now. */
  renew(): Promise<void> | undefined
  /** The reason for a token whose key may be newer than the set. */
  notYetKnown(): NotedFault
  /** The error for a key of the set that cannot be used. */
  unusable(cause: unknown): unknown
}

const SECRET = ['HS256', 'HS384', 'HS512']
const PUBLIC = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(' ')
const BY_KEY: Readonly<Record<string, string>> = {
  RSA: 'RS256',
  'P-256': 'ES256',
  'P-384': 'ES384',
  'P-521': 'ES512',
  Ed25519: 'EdDSA',
}

/**
 * Pins algorithms to a kind of key. Default: `HS256` for a secret; all asymmetric ones for a key set,
 * where every key names its own.
 *
 * @internal
 * @throws {TypeError} when an algorithm is not for this kind of key
 */
export function pinnedAlgorithms(kind: 'secret' | 'public', algorithms: unknown): string[] {
  const allowed = kind === 'secret' ? SECRET : PUBLIC
  if (algorithms === undefined) return kind === 'secret' ? ['HS256'] : PUBLIC
  const list: readonly unknown[] = Array.isArray(algorithms) ? algorithms : []
  const pinned = allowed.filter((name) => list.includes(name))
  if (pinned.length > 0 && pinned.length === list.length) return pinned
  throw new TypeError(`bearerJwt algorithms: a list from ${allowed.join(', ')} expected`)
}

/**
 * Pins the one algorithm of a public key. Default: the `alg` of the JWK or the one that its curve
 * implies, `RS256` for a PEM.
 *
 * @internal
 * @throws {TypeError} unless there is exactly one
 */
export function pinnedAlgorithm(key: string | JWK, algorithms: unknown): string {
  const [first, second] = pinnedAlgorithms('public', algorithms ?? [impliedAlgorithm(key)])
  if (first !== undefined && second === undefined) return first
  throw new TypeError('bearerJwt algorithms: exactly one expected beside publicKey')
}

function impliedAlgorithm(key: string | JWK): string | undefined {
  if (typeof key === 'string') return 'RS256'
  const kind = typeof key['crv'] === 'string' ? key['crv'] : key.kty
  return key.alg ?? BY_KEY[kind ?? '']
}
