/**
 * Says that nobody can be authenticated just now, such as when the key set of the identity provider
 * cannot be read. Unlike a token that is not accepted it is no fault of the caller, and passes.
 */
export class AuthenticatorUnavailable extends Error {
  override readonly name = 'AuthenticatorUnavailable'
  readonly code = 'AUTHENTICATOR_UNAVAILABLE'
}
