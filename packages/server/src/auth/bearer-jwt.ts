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

export { AuthenticatorUnavailable } from '../errors/refusal.ts'
export type { JwtKeyOptions } from './jwt-keys.ts'
export type { JwtAudience, JwtClaimOptions, JwtIssuer } from './jwt-verifier.ts'

/** The subject of a token, unless `toSubject` makes another. */
export interface JwtSubject extends Subject {
  /** The claim `sub`. */
  readonly id: string
  /** All claims of the token. */
  readonly claims: JWTPayload
}

/** Options of {@link bearerJwt}. */
export type BearerJwtOptions = JwtKeyOptions &
  JwtClaimOptions & {
    /**
     * Whether an Agora token ends no later than the JWT that it was requested with, even if the policy
     * grants more. Default `false`: a JWT in its last second still gets a token of full length.
     */
    readonly bindToExpiry?: boolean
  }

/** Makes a subject of the claims of a verified token. */
export interface ToSubject<S> {
  /** `null` and `undefined` refuse the caller. Default: `{ id: sub, claims }`, `null` without a `sub`. */
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
 * Authenticates by the JWT that follows `Bearer` in the authorization header. The key must have signed
 * it, and it must name the issuer, the audience and an end (`exp`). Any other JWT is refused, and so is
 * a request with two of them. If the key set did not have the key of a token when it was last read, the
 * reply is a 503 until the set is read again: the key may be new. To replace a key or a secret without an
 * outage, use `firstOf(bearerJwt(new), bearerJwt(old))`.
 *
 * @throws {TypeError} when an option is missing, unknown or of the wrong kind
 * @throws {AuthenticatorUnavailable} at a request, when the key set, or its key for the token, cannot be
 * used: the token may be good, so the caller may try again
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
