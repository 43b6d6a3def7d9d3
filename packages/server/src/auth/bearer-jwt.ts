/**
 * Authentication by a JWT, for Auth0, Clerk, Supabase, Firebase, Keycloak, or tokens of your own.
 *
 * @module
 */
import type { Authenticator } from './authenticator.ts'
import type { JWTPayload } from 'jose'

import { requireMembers } from '../checks/kind.ts'
import { unauthenticated } from '../errors/auth-fault.ts'
import { bearerTokenOf, withoutBearer } from './bearer-token.ts'
import { type JwtKeyOptions, jwtKeys } from './jwt-keys.ts'
import { createJwtVerifier, type JwtClaimOptions, jwtChecks } from './jwt-verifier.ts'
import type { Subject } from './subject.ts'
import { noteScope } from './ticket-scope.ts'

export { AuthenticatorUnavailable } from '../errors/authenticator-unavailable.ts'
export type { JwtKeyOptions } from './jwt-keys.ts'
export type { JwtAudience, JwtClaimOptions, JwtIssuer } from './jwt-verifier.ts'

/** Whom a token speaks for, unless `toSubject` says otherwise. */
export interface JwtSubject extends Subject {
  /** The claim `sub`. */
  readonly id: string
  /** All that the token says. */
  readonly claims: JWTPayload
}

/** What {@link bearerJwt} is made from. */
export type BearerJwtOptions = JwtKeyOptions &
  JwtClaimOptions & {
    /**
     * Whether a token of Agora ends with the JWT that it was got by at the latest, also where the
     * policy grants more. Default `false`: the last second of a JWT gets a token of full length.
     */
    readonly bindToExpiry?: boolean
  }

/** Makes a subject of the claims of a verified token. */
export interface ToSubject<S> {
  /** `null` and `undefined` are nobody. Default: `{ id: sub, claims }`, nobody without a `sub`. */
  readonly toSubject: (claims: JWTPayload) => S | null | undefined | Promise<S | null | undefined>
}

const OPTION_NAMES = [
  'jwksUrl',
  'jwksOptions',
  'secret',
  'publicKey',
  'algorithms',
  'issuer',
  'unsafeAnyIssuer',
  'audience',
  'unsafeAnyAudience',
  'clockToleranceSeconds',
  'clock',
  'bindToExpiry',
  'toSubject',
]

/**
 * Authenticates by the JWT that follows `Bearer` in the authorization header. It has to be signed by
 * the key, come from the issuer, be made for the audience and end some day. Any other is nobody; so is
 * a request with two. A token of a key that a key set did not have when it was read last is a 503 until it
 * is read again, since the key may be new. To change a key or secret without an outage, `firstOf(bearerJwt(new),
 * bearerJwt(old))`.
 *
 * @throws {TypeError} when an option is missing, unknown or of the wrong kind
 * @throws {AuthenticatorUnavailable} at a request, when the key set cannot be read or its key for the
 * token not be used: that is no fault of the token, whose sender may try again
 *
 * @example
 * bearerJwt({
 *   jwksUrl: 'https://acme.eu.auth0.com/.well-known/jwks.json',
 *   issuer: 'https://acme.eu.auth0.com/',
 *   audience: 'https://tokens.acme.example',
 * })
 */
export function bearerJwt<S>(options: BearerJwtOptions & ToSubject<S>): Authenticator<S>
export function bearerJwt(options: BearerJwtOptions): Authenticator<JwtSubject>
export function bearerJwt(
  options: BearerJwtOptions & Partial<ToSubject<unknown>>,
): Authenticator<unknown> {
  requireMembers(options, { whole: 'bearerJwt options' }, OPTION_NAMES)
  const { toSubject = subjectOf, algorithms, bindToExpiry = false } = options
  if (typeof toSubject !== 'function') throw new TypeError('bearerJwt toSubject: function expected')
  if (typeof bindToExpiry !== 'boolean') throw new TypeError(`bearerJwt ${BIND_EXPECTED}`)
  const jwksOptions = 'jwksOptions' in options ? options.jwksOptions : undefined
  const verify = createJwtVerifier(jwtKeys(options, algorithms, jwksOptions), jwtChecks(options))
  return async (request) => {
    const token = bearerTokenOf(request)
    if (token === undefined) return withoutBearer(request)
    const claims = await verify(token, request)
    if (!claims) return null
    const subject = await toSubject(claims)
    if (!subject) return unauthenticated(request, 'no_subject', NO_SUBJECT)
    if (bindToExpiry) noteScope({ endsAt: claims.exp ?? 0 }, subject, request)
    return subject
  }
}

const BIND_EXPECTED = 'bindToExpiry: boolean expected'
const NO_SUBJECT = 'Of the claims of the JWT no subject can be made; by default that is its sub'

function subjectOf(claims: JWTPayload): JwtSubject | null {
  const { sub } = claims
  return typeof sub === 'string' && sub.trim() !== '' ? { id: sub, claims } : null
}
