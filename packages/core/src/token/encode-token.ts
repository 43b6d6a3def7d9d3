import { sign007 } from '../crypto/sign-token.ts'
import type { ServiceClaims } from '../service/registry.ts'
import { writeServices } from '../service/write-services.ts'
import { encodeBase64 } from '../wire/base64.ts'
import { ByteWriter } from '../wire/byte-writer.ts'
import { zlibDeflate } from '../wire/deflate.ts'

/** Everything that a 007 token holds besides its signature. */
export interface Claims007 {
  readonly appId: string
  /** Unix seconds. */
  readonly issuedAt: number
  /** Seconds from `issuedAt`. */
  readonly expiresIn: number
  readonly salt: number
  readonly services: readonly ServiceClaims[]
}

/**
 * Signs claims into a 007 token. Writes any claim that the format can hold, sensible or not; what
 * may be signed is decided by the callers.
 *
 * @throws {TokenError} CLAIM_INVALID or PRIVILEGE_INVALID for what the format cannot hold
 */
export function encode007(claims: Claims007, appCertificate: string): string {
  const signedBytes = writeSignedBytes(claims)
  const signature = sign007(appCertificate, claims, signedBytes)
  const content = new ByteWriter().bytes(signature, 'signature').raw(signedBytes)
  return `007${encodeBase64(zlibDeflate(content.written()))}`
}

function writeSignedBytes({ appId, issuedAt, expiresIn, salt, services }: Claims007): Uint8Array {
  const writer = new ByteWriter()
    .text(appId, 'App ID')
    .u32(issuedAt, 'issue time')
    .u32(expiresIn, 'ttl')
    .u32(salt, 'salt')
  writeServices(writer, services)
  return writer.written()
}
