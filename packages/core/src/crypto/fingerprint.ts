import { hexDigest } from '#sha256'

const SHOWN_DIGITS = 8

/**
 * Names a secret without giving it away: the first 8 hexadecimal digits of the SHA-256 of its text.
 * For logs, where "is it the same certificate, the same token?" is all one wants to know. The same as
 * `printf %s "$AGORA_APP_CERTIFICATE" | sha256sum | cut -c1-8`.
 */
export function fingerprint(secret: string): string {
  return hexDigest(secret).slice(0, SHOWN_DIGITS)
}

/** The whole SHA-256 of a text, as 64 hexadecimal digits. */
export function sha256Hex(text: string): string {
  return hexDigest(text)
}
