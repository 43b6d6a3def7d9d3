/**
 * Why a token could not be built, read or accepted. The code is API; the message is prose for people.
 * `docs/errors.md` has an entry for each: what it means, the usual cause, what to do.
 */
export type TokenErrorCode =
  // Building: what arrived cannot be signed correctly.
  | 'APP_ID_INVALID'
  | 'APP_CERTIFICATE_INVALID'
  | 'TTL_INVALID'
  | 'TTL_LOOKS_ABSOLUTE'
  | 'ISSUED_AT_INVALID'
  | 'SALT_INVALID'
  | 'CHANNEL_INVALID'
  | 'UID_INVALID'
  | 'ACCOUNT_INVALID'
  | 'USER_ID_INVALID'
  | 'IDENTITY_AMBIGUOUS'
  | 'ROLE_UNKNOWN'
  | 'PRIVILEGE_INVALID'
  | 'PERMISSION_INVALID'
  | 'SERVICES_INVALID'
  | 'CLAIM_INVALID'
  | 'VERSION_UNSUPPORTED'
  // Reading: the string is not a token, or not one that this version reads.
  | 'TOKEN_MALFORMED'
  | 'TOKEN_TOO_LARGE'
  | 'TOKEN_VERSION_UNSUPPORTED'
  // Verifying: a token, but not a good one here and now.
  | 'SIGNATURE_INVALID'
  | 'TOKEN_EXPIRED'
  | 'TOKEN_NOT_YET_VALID'
  | 'APP_ID_MISMATCH'
  | 'CHANNEL_MISMATCH'
  | 'USER_MISMATCH'
  | 'EXPECTATION_MISSING'
  | 'EXPECTATION_INVALID'

/**
 * The one error of this package. Neither its message nor its properties ever hold a token or an
 * App Certificate, so it may be logged as it is.
 */
export class TokenError extends Error {
  override readonly name = 'TokenError'
  /** What went wrong, for programs. Stable: a change of it is a breaking change. */
  readonly code: TokenErrorCode

  constructor(code: TokenErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/**
 * Tells whether something caught is a {@link TokenError}. Goes by name and code and not by
 * `instanceof`, because two copies of this package may meet in one program.
 */
export function isTokenError(value: unknown): value is TokenError {
  return value instanceof Error && value.name === 'TokenError' && 'code' in value
}

/** An error about a string that is not a token. @internal */
export function malformed(message: string, options?: ErrorOptions): TokenError {
  return new TokenError('TOKEN_MALFORMED', message, options)
}
