import {
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  jwtVerify,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
} from 'jose'

import type { JwtKeys } from './jwt-algorithms.ts'

/**
 * Verifies a token and answers with its claims; with `undefined` if the provider may have a newer key
 * for it and must not be asked again yet. While a provider rotates its keys, a key set that was read a
 * while ago says nothing about a token. Reading it again for every such token would let strangers send
 * the provider any number of requests through this server.
 *
 * @internal
 * @throws {JOSEError} when the token is not accepted
 */
export async function verifiedClaims(
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

// Any key of the set may have signed a token that names none: during a rotation there are two. A broken
// key counts only when no other key fits, as it may be the one that signed.
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
