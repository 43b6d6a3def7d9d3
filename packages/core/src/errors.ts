/**
 * Why a token could not be built, read or accepted. Branch on the code; the message is for people and
 * may change in a patch release. Each code has a page with its usual cause and remedy:
 * https://rtc-token.github.io/rtc-token/errors
 */
export type TokenErrorCode =
  // Building: an option cannot be signed correctly.
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
  // Reading: the string is not a token, or not one that this package reads.
  | 'TOKEN_MALFORMED'
  | 'TOKEN_TOO_LARGE'
  | 'TOKEN_VERSION_UNSUPPORTED'
  // Verifying: a token, but not valid for what was expected.
  | 'SIGNATURE_INVALID'
  | 'TOKEN_EXPIRED'
  | 'TOKEN_NOT_YET_VALID'
  | 'APP_ID_MISMATCH'
  | 'CHANNEL_MISMATCH'
  | 'USER_MISMATCH'
  | 'EXPECTATION_MISSING'
  | 'EXPECTATION_INVALID'

/**
 * The only error class of this package. Neither its message nor its properties ever hold a token or an
 * App Certificate, so it is safe to log.
 */
export class TokenError extends Error {
  override readonly name = 'TokenError'
  /** What went wrong. Codes change only in a major release. */
  readonly code: TokenErrorCode

  constructor(code: TokenErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/**
 * Checks whether a caught value is a {@link TokenError}. It looks at name and code instead of using
 * `instanceof`, so it also works when two copies of this package are loaded.
 */
export function isTokenError(value: unknown): value is TokenError {
  return value instanceof Error && value.name === 'TokenError' && 'code' in value
}

/** An error about a string that is not a token. @internal */
export function malformed(message: string, options?: ErrorOptions): TokenError {
  return new TokenError('TOKEN_MALFORMED', message, options)
}
