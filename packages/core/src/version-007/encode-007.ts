import { sign007 } from '../crypto/sign-token.ts'
import type { ServiceClaims } from '../layout/layouts.ts'
import { writeServices } from '../layout/write-services.ts'
import { encodeBase64 } from '#encode-base64'
import { ByteWriter } from '../wire/byte-writer.ts'
import { zlibDeflate } from '../wire/deflate.ts'

const SIGNATURE_START = 2
const SIGNATURE_LENGTH = 32
const UNSIGNED = /* @__PURE__ */ new Uint8Array(SIGNATURE_LENGTH)

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
  const writer = writeContent(claims)
  const content = writer.written()
  const signedBytes = content.subarray(SIGNATURE_START + SIGNATURE_LENGTH)
  content.set(sign007(appCertificate, claims, signedBytes), SIGNATURE_START)
  const token = `007${encodeBase64(zlibDeflate(content))}`
  writer.release()
  return token
}

/** The content of a token, with room where the signature will be. */
function writeContent({ appId, issuedAt, expiresIn, salt, services }: Claims007): ByteWriter {
  const writer = new ByteWriter()
    .bytes(UNSIGNED, 'signature')
    .text(appId, 'App ID')
    .u32(issuedAt, 'issue time')
    .u32(expiresIn, 'ttl')
    .u32(salt, 'salt')
  writeServices(writer, services)
  return writer
}
