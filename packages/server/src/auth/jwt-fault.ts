import { errors, type JWTVerifyOptions } from 'jose'

import type { AuthFault } from '../errors/auth-fault.ts'

/** What a token was verified against. @internal */
export interface Expected extends Pick<JWTVerifyOptions, 'issuer' | 'audience'> {
  readonly algorithms: readonly string[]
  readonly currentDate: Date
  /** What reasons call the key. */
  readonly what: string
}

type ClaimError = errors.JWTClaimValidationFailed | errors.JWTExpired

/**
 * Says for logs why a token is not accepted. The sentence repeats nothing of the token, since the sender
 * chooses its content.
 *
 * @internal
 */
export function jwtFault(error: errors.JOSEError, expected: Expected): AuthFault {
  const { what, algorithms } = expected
  if (isClaimError(error)) return claimFault(error, expected)
  switch (error.code) {
    case 'ERR_JOSE_ALG_NOT_ALLOWED':
      return { reason: 'wrong_algorithm', detail: `The JWT is not signed with ${any(algorithms)}` }
    case 'ERR_JWKS_NO_MATCHING_KEY':
      return {
        reason: 'key_unknown',
        detail: `The key of the JWT is not in ${what}, read just now`,
      }
    case 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED':
      return {
        reason: 'wrong_signature',
        detail: `The signature of the JWT does not match ${what}`,
      }
    default:
      return { reason: 'malformed', detail: 'The bearer token is not a readable JWT' }
  }
}

function claimFault(error: ClaimError, { issuer, audience, currentDate }: Expected): AuthFault {
  const { claim, payload, reason } = error
  const now = currentDate.getTime() / 1000
  const its = `The claim ${claim} of the JWT`
  if (claim === 'iss') return { reason: 'wrong_issuer', detail: `${its} is not ${any(issuer)}` }
  if (claim === 'aud') return { reason: 'wrong_audience', detail: `${its} is not ${any(audience)}` }
  if (reason === 'missing') return { reason: 'end_missing', detail: `${its} is missing` }
  if (reason === 'invalid') return { reason: 'claim_malformed', detail: `${its} is not a number` }
  return claim === 'nbf'
    ? {
        reason: 'not_yet_valid',
        detail: `The JWT becomes valid in ${seconds(payload.nbf, now)} s (nbf)`,
      }
    : { reason: 'expired', detail: `The JWT expired ${seconds(now, payload.exp)} s ago` }
}

function isClaimError(error: errors.JOSEError): error is ClaimError {
  return error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired
}

function any(names: string | readonly string[] = []): string {
  return typeof names === 'string' ? names : names.join(' or ')
}

function seconds(later: number = 0, earlier: number = 0): number {
  return Math.ceil(later - earlier)
}
