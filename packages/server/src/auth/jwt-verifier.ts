import {
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  jwtVerify,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  UnsecuredJWT,
} from 'jose'

import { noteFault, type NotedFault } from '../errors/auth-fault.ts'
import { jwtFault } from './jwt-fault.ts'

/** Keys, and the algorithms that they are pinned to. @internal */
export interface JwtKeys {
  readonly algorithms: string[]
  /** What the reasons in logs call them. */
  readonly what: string
  readonly getKey: JWTVerifyGetKey
  /** Absent where the key never changes. */
  readonly renewal?: KeyRenewal
}

/** A key set that is read again from time to time. */
interface KeyRenewal {
  /** Whether the set was read for an earlier token, and is not read again for a while. */
  isResting(): boolean
  /** Reads the set again, unless it was read just now. */
  renew(): Promise<void> | undefined
  /** The reason for a token whose key may be newer than the set. */
  notYetKnown(): NotedFault
  /** The error for a key of the set that cannot be used. */
  unusable(cause: unknown): unknown
}

/** The checks of a token, except its signature. @internal */
export interface JwtChecks {
  readonly rules: Pick<JWTVerifyOptions, 'issuer' | 'audience' | 'clockTolerance'>
  /** Unix time in milliseconds. */
  readonly clock: () => number
}

const UNSIGNED = 'eyJhbGciOiJub25lIn0' // {"alg":"none"}

/**
 * Creates a function that returns the claims of a token, or `null` if it is not accepted. It records the reason for
 * the request.
 *
 * @internal
 * @throws {AuthenticatorUnavailable} when a key set cannot be read, or its key for the token cannot be used
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

/** Checks the claims alone: a token with invalid claims does not have to wait for a key. */
function checkClaims(token: string, options: JWTVerifyOptions): void {
  try {
    UnsecuredJWT.decode(`${UNSIGNED}.${token.split('.')[1]}.`, options)
  } catch (error) {
    throw error instanceof errors.JOSEError ? error : new errors.JWTInvalid()
  }
}

/**
 * Verifies a token and returns its claims, or `undefined` if the provider may have a newer key for it and the key set
 * must not be read again yet. While a provider rotates its keys, an older key set proves nothing about a token. Reading
 * it again for every such token would let strangers send the provider any number of requests through this server.
 *
 * @throws {JOSEError} when the token is not accepted
 */
async function verifiedClaims(
  token: string,
  { getKey, renewal }: JwtKeys,
  options: JWTVerifyOptions,
): Promise<JWTPayload | undefined> {
  const mayBeOld = renewal?.isResting() === true
  try {
    return await claimsByKeys(token, getKey, options)
  } catch (error) {
    if (!renewal || !mayBeOfNewKey(error, token)) throw error
    if (mayBeOld) return undefined
    // For a token that names its key, jose has read the set again already.
    if (error instanceof errors.JWKSNoMatchingKey) throw error
    await renewal.renew()
    return claimsByKeys(token, getKey, options)
  }
}

function mayBeOfNewKey(error: unknown, token: string): boolean {
  if (error instanceof errors.JWKSNoMatchingKey) return true
  const isUnsigned = error instanceof errors.JWSSignatureVerificationFailed
  return isUnsigned && decodeProtectedHeader(token).kid === undefined
}

// Any key of the set may have signed a token without a key id: during a rotation there are two. An unusable key
// matters only when no other key verifies the token, because it may be the one that signed.
async function claimsByKeys(
  token: string,
  getKey: JWTVerifyGetKey,
  options: JWTVerifyOptions,
): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, getKey, options)).payload
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error
    return claimsByAny(error, token, options)
  }
}

async function claimsByAny(
  keys: errors.JWKSMultipleMatchingKeys,
  token: string,
  options: JWTVerifyOptions,
): Promise<JWTPayload> {
  let fault: unknown = new errors.JWSSignatureVerificationFailed()
  for await (const key of keys) {
    try {
      return (await jwtVerify(token, key, options)).payload
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) fault = error
    }
  }
  throw fault
}
