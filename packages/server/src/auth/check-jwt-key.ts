import type { JWK } from 'jose'

import { isJsonObject } from '../checks/kind.ts'

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/
const PEM = /^-----BEGIN PUBLIC KEY-----/

/**
 * Reads the URL of a key set. An attacker who can change the reply can sign a JWT for any user.
 *
 * @internal
 * @throws {TypeError} unless it is https, or http on loopback, without a password
 */
export function checkedJwksUrl(url: unknown): URL {
  const text = url instanceof URL ? url.href : url
  if (typeof text !== 'string' || !URL.canParse(text)) throw new TypeError(`${WHAT_URL} expected`)
  const parsed = new URL(text)
  const isLocal = parsed.protocol === 'http:' && LOOPBACK.test(parsed.hostname)
  if ((parsed.protocol === 'https:' || isLocal) && parsed.username + parsed.password === '') {
    return parsed
  }
  throw new TypeError(`${WHAT_URL} without user and password expected`)
}

const WHAT_URL = 'bearerJwt jwksUrl: https URL (http on loopback)'

/**
 * Reads a secret as bytes. An attacker can find a short one from a single token, offline.
 *
 * @internal
 * @throws {TypeError} when it is shorter than its HMAC, or the PEM of a key
 */
export function checkedJwtSecret(secret: unknown, algorithms: readonly string[]): Uint8Array {
  const bytes = typeof secret === 'string' ? new TextEncoder().encode(secret) : secret
  if (!(bytes instanceof Uint8Array))
    throw new TypeError('bearerJwt secret: text or bytes expected')
  if (new TextDecoder().decode(bytes).trimStart().startsWith('-----BEGIN')) {
    throw new TypeError('bearerJwt secret: got the PEM of a key; publicKey expected for that')
  }
  const least = Math.max(...algorithms.map((name) => Number(name.slice(2)) / 8))
  if (bytes.length >= least) return Uint8Array.from(bytes)
  throw new TypeError(`bearerJwt secret: at least ${least} bytes expected, got ${bytes.length}`)
}

/**
 * Checks the form of a public key. A key that does not fit its algorithm fails at the first token.
 *
 * @internal
 * @throws {TypeError} unless it is a public key as PEM or JWK
 */
export function checkedPublicKey(key: unknown): string | JWK {
  if (typeof key === 'string' && PEM.test(key.trim())) return key.trim()
  if (isPublicJwk(key)) return { ...key }
  throw new TypeError('bearerJwt publicKey: PEM or JWK of a public key expected')
}

function isPublicJwk(key: unknown): key is JWK {
  if (!isJsonObject(key) || typeof key['kty'] !== 'string') return false
  return key['kty'] !== 'oct' && key['d'] === undefined && key['k'] === undefined
}
