import { encodeUtf8 } from '../wire/byte-writer.ts'
import { type HmacKey, hmacInto, hmacKey, hmacOfWords, setKey, unsetKey } from './hmac-sha256.ts'

/** What a 007 signature depends on besides the signed bytes. */
export interface SigningMoment {
  readonly issuedAt: number
  readonly salt: number
}

// Written anew by each signature, so that none leaves anything to be collected.
const word = /* @__PURE__ */ new Int32Array(1)
const digest = /* @__PURE__ */ new Int32Array(8)
const usedKey: HmacKey = /* @__PURE__ */ unsetKey()

/**
 * Signs the body of a 007 token: the bytes from `start` to before `end`.
 *
 * The certificate is the *message* of the first HMAC and the issue time its key; the salt is the
 * key of the second. Swapping them yields tokens that look right and never verify.
 *
 * @returns the signature as words, until the next one is made
 */
export function sign007(
  appCertificate: string,
  { issuedAt, salt }: SigningMoment,
  bytes: Uint8Array,
  start: number,
  end: number,
): Int32Array {
  const ofSecond = timeKey(appCertificate, issuedAt)
  setKey(usedKey, u32(salt))
  hmacOfWords(digest, usedKey, ofSecond)
  setKey(usedKey, digest)
  hmacInto(digest, usedKey, bytes, start, end)
  return digest
}

/** Signs a 006 token: the bytes from `start` to before `end`. @returns the signature as words, until the next one is made */
export function sign006(
  appCertificate: string,
  bytes: Uint8Array,
  start: number,
  end: number,
): Int32Array {
  hmacInto(digest, certificateKey(appCertificate).key, bytes, start, end)
  return digest
}

interface CertificateKey {
  readonly certificate: string
  readonly bytes: Uint8Array
  readonly key: HmacKey
}

let latestCertificate: CertificateKey | undefined

function certificateKey(certificate: string): CertificateKey {
  if (latestCertificate?.certificate !== certificate) {
    const bytes = encodeUtf8(certificate, 'App Certificate')
    latestCertificate = { certificate, bytes, key: hmacKey(bytes) }
  }
  return latestCertificate
}

interface TimeKey {
  readonly certificate: string
  readonly key: Int32Array
}

// By second, the latest certificate of each: a server signs many tokens in a second, and those that it reads were signed
// in the last hours. Wiped when it is full, at 0.7 MB. These are secrets; they leave this file in signatures only.
const MOST_SECONDS = 4096
const timeKeys = /* @__PURE__ */ new Map<number, TimeKey>()

/** The key of a certificate in one second, kept because making it takes 1.1 µs, an eighth of verifying. */
function timeKey(certificate: string, issuedAt: number): Int32Array {
  const known = timeKeys.get(issuedAt)
  if (known?.certificate === certificate) return known.key
  const { bytes } = certificateKey(certificate)
  const key = new Int32Array(8)
  setKey(usedKey, u32(issuedAt))
  hmacInto(key, usedKey, bytes, 0, bytes.length)
  if (timeKeys.size >= MOST_SECONDS) timeKeys.clear()
  timeKeys.set(issuedAt, { certificate, key })
  return key
}

/** Four bytes as the format has them, the low one first, as a word that has the high one first. */
function u32(value: number): Int32Array {
  word[0] = (value << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24)
  return word
}
