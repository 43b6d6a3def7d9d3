import { hmacSha256 } from '#hmac'
import { ByteWriter, encodeUtf8 } from '../wire/byte-writer.ts'

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
  const byTime = hmacSha256(u32(issuedAt), encodeUtf8(appCertificate, 'App Certificate'))
  return hmacSha256(hmacSha256(u32(salt), byTime), signedBytes)
}

/** What a 006 signature is about. Channel and user are signed but not part of the token. */
export interface SignedParts006 {
  readonly appId: string
  readonly channel: string
  /** Decimal uid or user account; empty when the uid is not checked. */
  readonly user: string
  readonly message: Uint8Array
}

/** Signs a 006 token: App ID, channel, user and message, one after the other without separators. */
export function sign006(appCertificate: string, parts: SignedParts006): Uint8Array {
  const signed = new ByteWriter()
    .raw(encodeUtf8(parts.appId, 'App ID'))
    .raw(encodeUtf8(parts.channel, 'channel'))
    .raw(encodeUtf8(parts.user, 'user'))
    .raw(parts.message)
  return hmacSha256(encodeUtf8(appCertificate, 'App Certificate'), signed.written())
}

function u32(value: number): Uint8Array {
  return new ByteWriter().u32(value, 'signing key').written()
}
