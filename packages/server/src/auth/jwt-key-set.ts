import { createRemoteJWKSet, customFetch, errors, type RemoteJWKSetOptions } from 'jose'

import type { NotedFault } from '../errors/auth-fault.ts'
import { AuthenticatorUnavailable } from '../errors/refusal.ts'
import { keySetFetch } from './fetch-key-set.ts'
import type { JwtKeys } from './jwt-verifier.ts'

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/
const WHAT_URL = 'bearerJwt jwksUrl: https URL (http on loopback)'
const TIMEOUT_MS = 3000 // shorter than the time limit of a hook, so that the error names the key set
const COOLDOWN_MS = 30_000
const MAX_REST_SECONDS = 600

/**
 * Reads the key set of an identity provider, at the first token to verify.
 *
 * @internal
 * @throws {TypeError} when the URL is not https, or http on loopback, or has a password
 */
export function remoteKeys(
  jwksUrl: unknown,
  algorithms: string[],
  options: RemoteJWKSetOptions = {},
): JwtKeys {
  const url = checkedUrl(jwksUrl)
  const { cooldownDuration = COOLDOWN_MS } = options
  const fetchKeySet = keySetFetch(options[customFetch])
  let readAt = 0
  const keySet = createRemoteJWKSet(url, {
    timeoutDuration: TIMEOUT_MS,
    ...options,
    cooldownDuration,
    [customFetch]: async (...request) => {
      const response = await fetchKeySet(...request)
      readAt = Date.now()
      return response
    },
  })
  const what = `the key set at ${url.host}`
  return {
    algorithms,
    what,
    getKey: (header, token) => orUnavailable(keySet(header, token), what),
    renewal: {
      isResting: () => keySet.coolingDown || keySet.reloading,
      renew: () => (keySet.coolingDown ? undefined : orUnavailable(keySet.reload(), what)),
      notYetKnown: () => notYetKnown(what, readAt + cooldownDuration - Date.now()),
      unusable: (cause) => unavailable(what, 'has a key that cannot be used', cause),
    },
  }
}

// An attacker who can change the reply can sign a JWT for any user.
function checkedUrl(given: unknown): URL {
  const text = given instanceof URL ? given.href : given
  if (typeof text !== 'string' || !URL.canParse(text)) throw new TypeError(`${WHAT_URL} expected`)
  const url = new URL(text)
  const isLocal = url.protocol === 'http:' && LOOPBACK.test(url.hostname)
  if ((url.protocol === 'https:' || isLocal) && url.username + url.password === '') return url
  throw new TypeError(`${WHAT_URL} without user and password expected`)
}

async function orUnavailable<T>(answer: Promise<T>, what: string): Promise<T> {
  try {
    return await answer
  } catch (error) {
    throw isFaultOfToken(error) ? error : unavailable(what, 'cannot be read', error)
  }
}

function unavailable(what: string, fault: string, cause: unknown): unknown {
  if (cause instanceof AuthenticatorUnavailable) return cause
  return new AuthenticatorUnavailable(`bearerJwt: ${what} ${fault}`, { cause })
}

function isFaultOfToken(error: unknown): boolean {
  const { JWKSNoMatchingKey, JWKSMultipleMatchingKeys, JOSENotSupported } = errors
  const faults = [JWKSNoMatchingKey, JWKSMultipleMatchingKeys, JOSENotSupported]
  return faults.some((fault) => error instanceof fault)
}

function notYetKnown(what: string, restMs: number): NotedFault {
  const retryAfter = Math.min(MAX_REST_SECONDS, Math.max(1, Math.ceil(restMs / 1000)))
  const detail = `No key in ${what} matches the JWT; the key may be new, and the set is read again in ${retryAfter} s`
  return { reason: 'key_not_yet_known', detail, retryAfter }
}
