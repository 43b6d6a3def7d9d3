import { isTokenError, type TokenErrorCode } from '@rtc-token/core'
import type { ProblemCode } from '@rtc-token/core/contract'

import { Refusal } from './refusal.ts'

// Exhaustive, so that a new code of core does not compile until it is mapped to a problem code.
const PROBLEM_OF = {
  // A member of the body.
  CHANNEL_INVALID: 'channel_invalid',
  UID_INVALID: 'identity_invalid',
  ACCOUNT_INVALID: 'identity_invalid',
  USER_ID_INVALID: 'identity_invalid',
  IDENTITY_AMBIGUOUS: 'identity_ambiguous',
  ROLE_UNKNOWN: 'role_unknown',
  TTL_INVALID: 'ttl_invalid',
  TTL_LOOKS_ABSOLUTE: 'ttl_looks_absolute',
  // The previous token.
  TOKEN_MALFORMED: 'previous_token_invalid',
  TOKEN_TOO_LARGE: 'previous_token_invalid',
  TOKEN_VERSION_UNSUPPORTED: 'previous_token_invalid',
  SIGNATURE_INVALID: 'previous_token_invalid',
  TOKEN_EXPIRED: 'previous_token_invalid',
  TOKEN_NOT_YET_VALID: 'previous_token_invalid',
  APP_ID_MISMATCH: 'previous_token_invalid',
  EXPECTATION_MISSING: 'previous_token_invalid',
  CHANNEL_MISMATCH: 'channel_forbidden',
  USER_MISMATCH: 'identity_forbidden',
  // Not caused by the caller.
  APP_ID_INVALID: 'internal_error',
  APP_CERTIFICATE_INVALID: 'internal_error',
  ISSUED_AT_INVALID: 'internal_error',
  SALT_INVALID: 'internal_error',
  PRIVILEGE_INVALID: 'internal_error',
  PERMISSION_INVALID: 'internal_error',
  SERVICES_INVALID: 'internal_error',
  VERSION_UNSUPPORTED: 'internal_error',
  CLAIM_INVALID: 'internal_error',
  EXPECTATION_INVALID: 'internal_error',
} as const satisfies Record<TokenErrorCode, ProblemCode>

// Core's message starts with the name of the value; a problem has a pointer for that.
const NAME_OF_VALUE = /^(?:channel|uid|account|userId|user|ttl|token): /

/**
 * Maps an error about the body or the previous token to a problem. Rethrows an error that the caller cannot have
 * caused.
 *
 * @internal
 */
export function problemOf(error: unknown): { code: ProblemCode; detail: string } {
  if (error instanceof Refusal) return { code: error.code, detail: error.message }
  if (!isTokenError(error)) throw error
  const code = PROBLEM_OF[error.code]
  if (code === 'internal_error') throw error
  return { code, detail: error.message.replace(NAME_OF_VALUE, '') }
}
