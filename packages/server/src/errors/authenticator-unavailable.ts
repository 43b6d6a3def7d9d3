/**
 * An authenticator throws this when it cannot authenticate any caller at the moment, for example because the key
 * set of the identity provider cannot be read. The caller gets a 503 and may try again.
 */
export class AuthenticatorUnavailable extends Error {
  override readonly name = 'AuthenticatorUnavailable'
  readonly code = 'AUTHENTICATOR_UNAVAILABLE'
}
