import { writeWords } from '../crypto/sha256.ts'
import { sign007 } from '../crypto/sign-token.ts'
import type { ServiceClaims } from '../layout/layouts.ts'
import { SIGNATURE_END, SIGNATURE_LENGTH, SIGNATURE_START } from '../layout/signature.ts'
import { writeServices } from '../layout/write-services.ts'
import { encodeBase64 } from '#encode-base64'
import { type ByteWriter, takeWriter } from '../wire/byte-writer.ts'
import { deflatedBound, zlibDeflate } from '../wire/deflate.ts'

// Holds the stream between deflate and base64; no code of the caller runs in between.
const scratch = /* @__PURE__ */ new Uint8Array(2048)

/** Everything in a 007 token except its signature. */
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
 * Signs claims into a 007 token. It writes every claim that the format can hold; callers check the claims.
 *
 * @throws {TokenError} CLAIM_INVALID or PRIVILEGE_INVALID for what the format cannot hold
 */
export function encode007(claims: Claims007, appCertificate: string): string {
  const writer = writeContent(claims)
  const { memory, length } = writer
  const signature = sign007(appCertificate, claims, memory, SIGNATURE_END, length)
  writeWords(signature, memory, SIGNATURE_START)
  const out = roomFor(deflatedBound(length))
  const token = `007${encodeBase64(out, zlibDeflate(memory, length, out))}`
  writer.release()
  return token
}

/** Writes the content of a token, with room for the signature. */
function writeContent({ appId, issuedAt, expiresIn, salt, services }: Claims007): ByteWriter {
  const writer = takeWriter()
    .u16(SIGNATURE_LENGTH, 'signature')
    .skip(SIGNATURE_LENGTH)
    .text(appId, 'App ID')
    .u32(issuedAt, 'issue time')
    .u32(expiresIn, 'ttl')
    .u32(salt, 'salt')
  writeServices(writer, services)
  return writer
}

function roomFor(length: number): Uint8Array {
  return length <= scratch.length ? scratch : new Uint8Array(length)
}
