import { hmacSha256 } from '#hmac'
import { encodeUtf8 } from '../wire/byte-writer.ts'

/** What a 007 signature depends on besides the signed bytes. */
export interface SigningMoment {
  readonly issuedAt: number
  readonly salt: number
}

/**
 * Signs the body of a 007 token.
 *
 * The certificate is the *message* of the first HMAC and the issue time its key; the salt is the
 * key of the second. Swapping them yields tokens that look right and never verify.
 */
export function sign007(
  appCertificate: string,
  { issuedAt, salt }: SigningMoment,
  signedBytes: Uint8Array,
): Uint8Array {
  return hmacSha256(hmacSha256(u32(salt), timeKey(appCertificate, issuedAt)), signedBytes)
}

/** Signs a 006 token. */
export function sign006(appCertificate: string, signedBytes: Uint8Array): Uint8Array {
  return hmacSha256(certificateKey(appCertificate), signedBytes)
}

interface CertificateKey {
  readonly certificate: string
  readonly key: Uint8Array
}

let latestCertificate: CertificateKey | undefined

function certificateKey(certificate: string): Uint8Array {
  if (latestCertificate?.certificate !== certificate) {
    latestCertificate = { certificate, key: encodeUtf8(certificate, 'App Certificate') }
  }
  return latestCertificate.key
}

interface TimeKey {
  readonly certificate: string
  readonly issuedAt: number
  readonly key: Uint8Array
}

let latest: TimeKey | undefined

/** The key of a certificate in one second: servers sign many tokens in each, so the last is kept. */
function timeKey(certificate: string, issuedAt: number): Uint8Array {
  if (latest?.issuedAt !== issuedAt || latest.certificate !== certificate) {
    const key = hmacSha256(u32(issuedAt), certificateKey(certificate))
    latest = { certificate, issuedAt, key }
  }
  return latest.key
}

function u32(value: number): Uint8Array {
  return Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24)
}
