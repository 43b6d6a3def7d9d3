import { hmacSha1Hex } from '../crypto/hmac-sha1.ts'
import { encodeUtf8 } from '../wire/byte-writer.ts'

/** The claims of every dynamic key. @internal */
export interface KeyClaims {
  readonly appId: string
  readonly channel: string
  /** Unix seconds. */
  readonly issuedAt: number
  readonly salt: number
}

/** The claims of a key with a user and an expiry time. @internal */
export interface UserKeyClaims extends KeyClaims {
  /** 0 for every uid. */
  readonly uid: number
  /** Unix seconds; 0 when the key has no expiry time of its own. */
  readonly expiresAt: number
}

// Versions 001 to 004 are strings of fields of fixed width. A few of Agora's builders omit leading zeros;
// this code writes them, like Agora's C++ and Go builders.

/** Writes App ID, time and salt, the start of the readable part of every key. @internal */
export function keyHead({ appId, issuedAt, salt }: KeyClaims): string {
  return `${appId}${tenDigits(issuedAt)}${salt.toString(16).padStart(8, '0')}`
}

/** Writes uid and expiry time, the end of every signed string since 002. @internal */
export function keyTail({ uid, expiresAt }: UserKeyClaims): string {
  return tenDigits(uid) + tenDigits(expiresAt)
}

/** Writes a number in decimal with leading zeros. @internal */
export function tenDigits(value: number): string {
  return String(value).padStart(10, '0')
}

/** Signs a string with the certificate's digits as the key, not its bytes; returns 40 digits. @internal */
export function signKeyText(appCertificate: string, text: string): string {
  return hmacSha1Hex(encodeUtf8(appCertificate, 'App Certificate'), encodeUtf8(text, 'channel'))
}
