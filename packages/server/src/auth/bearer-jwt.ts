/**
 * Authenticates callers by a JWT from Auth0, Clerk, Supabase, Firebase or Keycloak, or from your own backend.
 *
 * @module
 */
import type { JWTPayload, RemoteJWKSetOptions } from 'jose'

import { ANYTHING, BOOLEAN, FUNCTION, kind, optional, readMembers, shown } from '../checks/kind.ts'
import { unauthenticated } from '../errors/auth-fault.ts'
import type { Authenticator } from './authenticator.ts'
import { bearerTokenOf, withoutBearer } from './bearer-token.ts'
import { type JwtKeyOptions, jwtKeys } from './jwt-keys.ts'
import { createJwtVerifier } from './jwt-verifier.ts'
import type { Subject } from './subject.ts'
import { noteScope } from './ticket-scope.ts'

export { AuthenticatorUnavailable } from '../errors/refusal.ts'
export type { JwtKeyOptions } from './jwt-keys.ts'

/** The subject of a JWT, unless `toSubject` returns another. */
export interface JwtSubject extends Subject {
  /** The claim `sub`. */
  readonly id: string
  /** All claims of the JWT. */
  readonly claims: JWTPayload
}

/** The issuers whose JWTs are accepted. Give one of the two options. */
export type JwtIssuer =
  | {
      /** The claim `iss` must equal one of these. */
      readonly issuer: string | readonly string[]
    }
  | {
      /** Accepts every JWT that the key signed. For issuers that do not set `iss`. */
      readonly unsafeAnyIssuer: true
    }

/** The audiences whose JWTs are accepted. Give one of the two options. */
export type JwtAudience =
  | {
      /** The claim `aud` must contain one of these. */
      readonly audience: string | readonly string[]
    }
  | {
      /** Accepts JWTs that the issuer made for other services too. For issuers that do not set `aud`. */
      readonly unsafeAnyAudience: true
    }

/** The rules for a JWT with a valid signature. */
export type JwtClaimOptions = JwtIssuer &
  JwtAudience & {
    /**
     * The algorithms to accept; they must match the kind of key. Default: HS256 for a secret, RS256 for a PEM, the
     * algorithm of the key for a JWK, and every asymmetric algorithm for a key set.
     */
    readonly algorithms?: readonly string[]
    /** The clock difference to allow for `exp` and `nbf`, in seconds: 0 to 300. Default 5. */
    readonly clockToleranceSeconds?: number
    /** Unix time in milliseconds. Default `Date.now`. */
    readonly clock?: () => number
  }

/** Options of {@link bearerJwt}. */
export type BearerJwtOptions = JwtKeyOptions &
  JwtClaimOptions & {
    /**
     * Whether an Agora token expires no later than the JWT that requested it, even if the policy grants more. Default
     * `false`: a JWT in its last second still gets a token of full length.
     */
    readonly bindToExpiry?: boolean
  }

/** The option that makes the subject from the claims. */
export interface ToSubject<S> {
  /**
   * Returns the subject for the claims of a verified JWT. `null` or `undefined` refuses the caller. Default:
   * `{ id: sub, claims }`, or `null` without a `sub`.
   */
  readonly toSubject: (claims: JWTPayload) => S | null | undefined | Promise<S | null | undefined>
}

/** The options of every variant. */
interface Given extends Partial<ToSubject<unknown>>, Pick<BearerJwtOptions, Common> {
  readonly jwksOptions?: RemoteJWKSetOptions
}

type Common = 'algorithms' | 'clockToleranceSeconds' | 'clock' | 'bindToExpiry'

const WORDING = { whole: 'bearerJwt options', member: 'bearerJwt ' }
const NO_SUBJECT =
  'The claims of the JWT give no subject: sub is missing, or toSubject returned none'
const MAX_TOLERANCE_SECONDS = 300
const isTolerated = (value: unknown): boolean =>
  Number(value) >= 0 && Number(value) <= MAX_TOLERANCE_SECONDS
// The first nine are checked together, because they depend on each other.
const OPTIONS = {
  jwksUrl: optional(ANYTHING),
  jwksOptions: optional(ANYTHING),
  secret: optional(ANYTHING),
  publicKey: optional(ANYTHING),
  algorithms: optional(ANYTHING),
  issuer: optional(ANYTHING),
  unsafeAnyIssuer: optional(ANYTHING),
  audience: optional(ANYTHING),
  unsafeAnyAudience: optional(ANYTHING),
  clockToleranceSeconds: optional(
    { ...kind(`0 to ${MAX_TOLERANCE_SECONDS}`, isTolerated), got: shown },
    5,
  ),
  clock: optional(FUNCTION, () => Date.now()),
  bindToExpiry: optional(BOOLEAN, false),
  toSubject: optional(FUNCTION, subjectOf),
}

/**
 * Authenticates by the JWT that follows `Bearer` in the authorization header. It must be signed by the key and have the
 * issuer, the audience and an expiry (`exp`). Any other JWT is refused, and so is a request with two of them.
 *
 * If the key set had no key for the JWT when it was last read, the reply is a 503 until the set is read again, because
 * the key may be new. To replace a key or a secret without an outage, use `firstOf(bearerJwt(new), bearerJwt(old))`.
 *
 * @throws {TypeError} when an option is missing, unknown or malformed
 * @throws {AuthenticatorUnavailable} at a request, when the key set or its key cannot be used; the caller gets a 503
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
  const given = readMembers<Given, typeof OPTIONS>(options, WORDING, OPTIONS)
  const { toSubject, bindToExpiry, clock, clockToleranceSeconds: clockTolerance } = given
  const keys = jwtKeys(given)
  const issuer = namesOf('issuer', given.issuer, 'unsafeAnyIssuer', given.unsafeAnyIssuer)
  const audience = namesOf('audience', given.audience, 'unsafeAnyAudience', given.unsafeAnyAudience)
  const rules = { clockTolerance, ...(issuer && { issuer }), ...(audience && { audience }) }
  const verify = createJwtVerifier(keys, { rules, clock })
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

function subjectOf(claims: JWTPayload): JwtSubject | null {
  const { sub } = claims
  return typeof sub === 'string' && sub.trim() !== '' ? { id: sub, claims } : null
}

function namesOf(
  name: string,
  value: unknown,
  waiver: string,
  waived: unknown,
): string[] | undefined {
  if (waived === true && value === undefined) return undefined
  const names: readonly unknown[] = Array.isArray(value) ? value : [value]
  const texts = names.filter((item) => typeof item === 'string').filter((text) => text !== '')
  if (waived !== true && texts.length > 0 && texts.length === names.length) return texts
  throw new TypeError(`bearerJwt ${name}: string or list of strings expected, or ${waiver}: true`)
}
