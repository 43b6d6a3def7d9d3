import { hexDigest } from '#sha256'

const SHOWN_DIGITS = 8

/**
 * Identifies a secret in logs without revealing it: returns the first 8 hexadecimal digits of its
 * SHA-256, as `printf %s "$AGORA_APP_CERTIFICATE" | sha256sum | cut -c1-8` prints.
 */
export function fingerprint(secret: string): string {
  return hexDigest(secret).slice(0, SHOWN_DIGITS)
}

/** Returns the SHA-256 of a string's UTF-8 bytes, as 64 hexadecimal digits in lower case. */
export function sha256Hex(text: string): string {
  return hexDigest(text)
}
