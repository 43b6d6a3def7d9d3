import { errors, type JWTPayload, type JWTVerifyOptions, UnsecuredJWT } from 'jose'

import { noteFault } from '../errors/auth-fault.ts'
import { jwtFault } from './jwt-fault.ts'
import type { JwtKeys } from './jwt-algorithms.ts'
import { verifiedClaims } from './verified-claims.ts'

/** The issuers whose tokens are accepted. */
export type JwtIssuer =
  | {
      /** The claim `iss` must equal one of these. */
      readonly issuer: string | readonly string[]
    }
  | {
      /** Accepts every token that the key signed, for issuers that set no `iss`. */
      readonly unsafeAnyIssuer: true
    }

/** The audiences whose tokens are accepted. */
export type JwtAudience =
  | {
      /** The claim `aud` must contain one of these. */
      readonly audience: string | readonly string[]
    }
  | {
      /** Accepts tokens made for any other service of the issuer, for issuers that set no `aud`. */
      readonly unsafeAnyAudience: true
    }

/** The rules for a token whose signature is valid. */
export type JwtClaimOptions = JwtIssuer &
  JwtAudience & {
    /**
     * The algorithms to accept; they must fit the kind of key. Default: HS256 for a secret; the one of
     * the key for a JWK; RS256 for a PEM; all asymmetric ones for a key set.
     */
    readonly algorithms?: readonly string[]
    /** The clock difference to allow for `exp` and `nbf`: 0 to 300 seconds. Default 5. */
    readonly clockToleranceSeconds?: number
    /** Unix time in milliseconds. Default `Date.now`. */
    readonly clock?: () => number
  }

/** The checks of a token, except its signature. @internal */
export interface JwtChecks {
  readonly rules: Pick<JWTVerifyOptions, 'issuer' | 'audience' | 'clockTolerance'>
  readonly clock: () => number
}

const MAX_TOLERANCE_SECONDS = 300
const TOLERANCE = `bearerJwt clockToleranceSeconds: 0 to ${MAX_TOLERANCE_SECONDS}`

/**
 * Reads the rules for tokens.
 *
 * @internal
 * @throws {TypeError} when the issuer or the audience is left out, or an option is malformed
 */
export function jwtChecks(options: JwtClaimOptions): JwtChecks {
  const { clockToleranceSeconds: clockTolerance = 5, clock = Date.now } = options
  if (!(clockTolerance >= 0 && clockTolerance <= MAX_TOLERANCE_SECONDS)) {
    const got = typeof clockTolerance === 'number' ? String(clockTolerance) : typeof clockTolerance
    throw new TypeError(`${TOLERANCE} expected, got ${got}`)
  }
  if (typeof clock !== 'function') throw new TypeError('bearerJwt clock: function expected')
  const issuer = namesOf(options, 'issuer', 'unsafeAnyIssuer')
  const audience = namesOf(options, 'audience', 'unsafeAnyAudience')
  return {
    rules: { clockTolerance, ...(issuer && { issuer }), ...(audience && { audience }) },
    clock,
  }
}

/**
 * Creates a function that answers with the claims of a token, or with `null` if it is not accepted. It
 * notes the reason for the request.
 *
 * @internal
 * @throws {AuthenticatorUnavailable} when a key set cannot be read, or its key for the token not be used
 */
export function createJwtVerifier(
  keys: JwtKeys,
  { rules, clock }: JwtChecks,
): (token: string, request: Request) => Promise<JWTPayload | null> {
  const { algorithms, what, renewal } = keys
  // Without `exp`, a stolen token would be good forever.
  const fixed = { ...rules, algorithms, requiredClaims: ['exp'] }
  return async (token, request) => {
    const options = { ...fixed, currentDate: new Date(clock()) }
    try {
      const claims = await verifiedClaims(token, keys, options)
      if (claims) return claims
      checkClaims(token, options)
      return noteFault(request, renewal!.notYetKnown())
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw renewal?.unusable(error) ?? error
      return noteFault(request, jwtFault(error, { ...options, what }))
    }
  }
}

const UNSIGNED = 'eyJhbGciOiJub25lIn0' // {"alg":"none"}

/** Checks the claims alone: a token that no key could make good does not have to wait for one. */
function checkClaims(token: string, options: JWTVerifyOptions): void {
  try {
    UnsecuredJWT.decode(`${UNSIGNED}.${token.split('.')[1]}.`, options)
  } catch (error) {
    throw error instanceof errors.JOSEError ? error : new errors.JWTInvalid()
  }
}

function namesOf(options: object, name: string, waiver: string): string[] | undefined {
  const members: Readonly<Record<string, unknown>> = { ...options }
  const { [name]: value, [waiver]: waived } = members
  if (waived === true && value === undefined) return undefined
  const names: readonly unknown[] = Array.isArray(value) ? value : [value]
  const texts = names.filter((item) => typeof item === 'string').filter((text) => text !== '')
  if (waived !== true && texts.length > 0 && texts.length === names.length) return texts
  throw new TypeError(`bearerJwt ${name}: text or list of texts expected, or ${waiver}: true`)
}
