import { hmacSha1Hex } from '../crypto/hmac-sha1.ts'
import { encodeUtf8 } from '../wire/byte-writer.ts'

/** What every dynamic key says or is signed for. @internal */
export interface KeyClaims {
  readonly appId: string
  readonly channel: string
  /** Unix seconds. */
  readonly issuedAt: number
  readonly salt: number
}

/** What keys with a user and an end say or are signed for. @internal */
export interface UserKeyClaims extends KeyClaims {
  /** 0 when the uid is not checked. */
  readonly uid: number
  /** Unix seconds; 0 when the key has no end of its own. */
  readonly expiresAt: number
}

// Versions 001 to 004 are texts of fields of fixed width. A few of Agora's builders leave out zeros in
// front of small numbers; this writes them, as its C++ and Go builders do.

/** Writes App ID, time and salt, with which the readable part of every key begins. @internal */
export function keyHead({ appId, issuedAt, salt }: KeyClaims): string {
  return `${appId}${tenDigits(issuedAt)}${salt.toString(16).padStart(8, '0')}`
}

/** Writes uid and end, with which every signed text since 002 ends. @internal */
export function keyTail({ uid, expiresAt }: UserKeyClaims): string {
  return tenDigits(uid) + tenDigits(expiresAt)
}

/** Writes a number in decimal, with zeros in front. @internal */
export function tenDigits(value: number): string {
  return String(value).padStart(10, '0')
}

/** Signs a text with the digits of the certificate as they stand: 40 digits. @internal */
export function signKeyText(appCertificate: string, text: string): string {
  return hmacSha1Hex(encodeUtf8(appCertificate, 'App Certificate'), encodeUtf8(text, 'channel'))
}
