import {
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  jwtVerify,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
} from 'jose'

import type { NotedFault } from '../errors/auth-fault.ts'
import type { JwtKeys } from './jwt-algorithms.ts'

/** Says that a token may be signed by a key that is newer than those that were read. @internal */
export class KeyNotYetKnown extends Error {
  readonly fault: NotedFault

  constructor(fault: NotedFault) {
    super()
    this.fault = fault
  }
}

/**
 * Verifies a token and answers with its claims. Keys come and go while a provider rotates them: that none of
 * those that were read a while ago fits says nothing about a token, and to read them again for every such
 * token would let strangers ask the provider through us as often as they like.
 *
 * @internal
 * @throws {JOSEError} when the token is not accepted
 * @throws {KeyNotYetKnown} when the provider may have a key for it, and is not asked again yet
 */
export async function verifiedClaims(
  token: string,
  { getKey, renewal }: JwtKeys,
  options: JWTVerifyOptions,
): Promise<JWTPayload> {
  const mayBeOld = renewal?.isResting() === true
  try {
    return await claimsByKeys(token, getKey, options)
  } catch (error) {
    if (!renewal || !mayBeOfNewKey(error, token)) throw error
    if (mayBeOld) throw new KeyNotYetKnown(renewal.notYetKnown())
    // For a token that names its key, jose has asked by itself.
    if (error instanceof errors.JWKSNoMatchingKey) throw error
    await renewal.renew()
    return claimsByKeys(token, getKey, options)
  }
}

function mayBeOfNewKey(error: unknown, token: string): boolean {
  const { JWKSNoMatchingKey, JWSSignatureVerificationFailed } = errors
  if (error instanceof JWKSNoMatchingKey) return true
  const isUnsigned = error instanceof JWSSignatureVerificationFailed
  return isUnsigned && decodeProtectedHeader(token).kid === undefined
}

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

// A token that names no key may be of any of the set: while keys change, there are two. A broken one
// among them counts only when none of the others fits, as it may be the one that signed.
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
