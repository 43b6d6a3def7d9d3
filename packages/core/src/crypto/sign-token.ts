import { encodeUtf8 } from '../wire/byte-writer.ts'
import { type HmacKey, hmacInto, hmacKey, hmacOfWords, setKey, unsetKey } from './hmac-sha256.ts'

/** What a 007 signature depends on besides the signed bytes. */
export interface SigningMoment {
  readonly issuedAt: number
  readonly salt: number
}

// Overwritten by each signature, so that no signature leaves garbage.
const word = /* @__PURE__ */ new Int32Array(1)
const digest = /* @__PURE__ */ new Int32Array(8)
const usedKey: HmacKey = /* @__PURE__ */ unsetKey()

/**
 * Signs the body of a 007 token: the bytes from `start` to before `end`.
 *
 * The certificate is the *message* of the first HMAC and the issue time its key; the salt is the
 * key of the second. Swapping them yields tokens that look right and never verify.
 *
 * @returns the signature as words, valid until the next one is made
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

/** Signs a 006 token: the bytes from `start` to before `end`. @returns the signature as words, valid until the next one is made */
export function sign006(
  appCertificate: string,
  bytes: Uint8Array,
  start: number,
  end: number,
): Int32Array {
  hmacInto(digest, certificateKey(appCertificate).key, bytes, start, end)
  return digest
}

/** What is kept of a certificate. It is secret, and leaves this file only in signatures. */
interface CertificateKey {
  readonly certificate: string
  readonly bytes: Uint8Array
  readonly key: HmacKey
  /** Its keys by second: a server signs many tokens in one second, and those that it reads are a few hours old. */
  readonly seconds: Map<number, Int32Array>
}

// Several projects that sign in turn each keep theirs. Everything is cleared when either map is full, at 0.7 MB.
const MOST_CERTIFICATES = 256
const MOST_SECONDS = 4096
const certificates = /* @__PURE__ */ new Map<string, CertificateKey>()
let keptSeconds = 0
let latest: CertificateKey | undefined

function certificateKey(certificate: string): CertificateKey {
  if (latest?.certificate === certificate) return latest
  latest = certificates.get(certificate) ?? keepCertificate(certificate)
  return latest
}

function keepCertificate(certificate: string): CertificateKey {
  if (certificates.size >= MOST_CERTIFICATES) forgetKeys()
  const bytes = encodeUtf8(certificate, 'App Certificate')
  const kept = { certificate, bytes, key: hmacKey(bytes), seconds: new Map<number, Int32Array>() }
  certificates.set(certificate, kept)
  return kept
}

/** Returns the key of a certificate in one second. It is kept, because making it takes 1.1 µs, an eighth of verifying. */
function timeKey(certificate: string, issuedAt: number): Int32Array {
  return certificateKey(certificate).seconds.get(issuedAt) ?? keepSecond(certificate, issuedAt)
}

function keepSecond(certificate: string, issuedAt: number): Int32Array {
  if (keptSeconds >= MOST_SECONDS) forgetKeys()
  const { bytes, seconds } = certificateKey(certificate)
  const key = new Int32Array(8)
  setKey(usedKey, u32(issuedAt))
  hmacInto(key, usedKey, bytes, 0, bytes.length)
  seconds.set(issuedAt, key)
  keptSeconds++
  return key
}

function forgetKeys(): void {
  certificates.clear()
  latest = undefined
  keptSeconds = 0
}

/** Returns the four bytes of the format, the low one first, as a word with the high byte first. */
function u32(value: number): Int32Array {
  word[0] = (value << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24)
  return word
}
