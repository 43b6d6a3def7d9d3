import { createRemoteJWKSet, customFetch, errors, type RemoteJWKSetOptions } from 'jose'

import type { NotedFault } from '../errors/auth-fault.ts'
import { AuthenticatorUnavailable } from '../errors/refusal.ts'
import { checkedJwksUrl } from './check-jwt-key.ts'
import { keySetFetch } from './fetch-key-set.ts'
import { type JwtKeys, pinnedAlgorithms } from './jwt-algorithms.ts'

const TIMEOUT_MS = 3000 // shorter than the time limit of a hook, so that the error names the key set
const COOLDOWN_MS = 30_000
const MAX_REST_SECONDS = 600

/**
 * Reads the key set of an identity provider, at the first token to verify.
 *
 * @internal
 * @throws {TypeError} when the address or an algorithm is malformed
 */
export function remoteKeys(
  jwksUrl: unknown,
  algorithms: unknown,
  options: RemoteJWKSetOptions = {},
): JwtKeys {
  const url = checkedJwksUrl(jwksUrl)
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
    algorithms: pinnedAlgorithms('public', algorithms),
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

const { JWKSNoMatchingKey, JWKSMultipleMatchingKeys, JOSENotSupported } = errors

function isFaultOfToken(error: unknown): boolean {
  const faults = [JWKSNoMatchingKey, JWKSMultipleMatchingKeys, JOSENotSupported]
  return faults.some((fault) => error instanceof fault)
}

function notYetKnown(what: string, restMs: number): NotedFault {
  const retryAfter = Math.min(MAX_REST_SECONDS, Math.max(1, Math.ceil(restMs / 1000)))
  const detail = `Of ${what} no key fits; it may have a new one, and is asked again in ${retryAfter} s`
  return { reason: 'key_not_yet_known', detail, retryAfter }
}
