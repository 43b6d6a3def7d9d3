import { checkAppCertificate, TokenError } from '@rtc-token/core'

import { checkNamed } from './check-named.ts'
import { createKey, type Key } from './key-ring.ts'

/** Which certificate signs; the other one only verifies. */
export type SignWith = 'primary' | 'secondary'

/** The certificates of a project: one, or two during a rotation. */
export interface Certificates {
  /** 32 hexadecimal digits. Secret. */
  readonly primary: string
  /** 32 hexadecimal digits, different from `primary`. Secret. Default: one certificate. */
  readonly secondary?: string | undefined
  /** Which certificate signs. Default `'primary'`. */
  readonly sign?: SignWith | undefined
}

/** The keys that belong together at one time. @internal */
export interface KeySet {
  readonly signer: Key
  /** The signer comes first, because it has signed most tokens. */
  readonly verifiers: readonly Key[]
}

/** The names of the certificates and of `sign` in error messages. @internal */
export type CertificateNames = Readonly<Record<keyof Certificates, string>>

/** @internal Certificates before they were checked. */
export type UncheckedCertificates = { readonly [Name in keyof Certificates]?: unknown }

/**
 * Makes keys from certificates.
 *
 * @internal
 * @throws {TokenError} APP_CERTIFICATE_INVALID when one is malformed, or both are the same
 * @throws {TypeError} when `sign` is invalid, or is `'secondary'` without a secondary certificate
 */
export function createKeySet(values: UncheckedCertificates, names: CertificateNames): KeySet {
  const { primary, secondary, sign = 'primary' } = values
  checkSign(sign, secondary !== undefined, names)
  const first = checkNamed(primary, checkAppCertificate, names.primary)
  if (secondary === undefined) return orderKeys([createKey(first)])
  const second = checkNamed(secondary, checkAppCertificate, names.secondary)
  refuseSame(first, second, names)
  const keys = [createKey(first), createKey(second)]
  return orderKeys(sign === 'primary' ? keys : keys.toReversed())
}

function orderKeys(verifiers: readonly Key[]): KeySet {
  const [signer] = verifiers
  if (!signer) throw new RangeError('at least one key expected, got none')
  return { signer, verifiers: Object.freeze(verifiers) }
}

function checkSign(sign: unknown, hasSecondary: boolean, names: CertificateNames): void {
  if (sign !== 'primary' && sign !== 'secondary') {
    const got = typeof sign === 'string' ? 'another string' : typeof sign
    throw new TypeError(`${names.sign}: 'primary' or 'secondary' expected, got ${got}`)
  }
  if (sign === 'primary' || hasSecondary) return
  throw new TypeError(`${names.sign} is 'secondary', but ${names.secondary} is not set`)
}

// Certificates that differ only in case are one certificate with a copying mistake: signing is case-sensitive.
function refuseSame(primary: string, secondary: string, names: CertificateNames): void {
  if (primary.toLowerCase() !== secondary.toLowerCase()) return
  throw new TokenError(
    'APP_CERTIFICATE_INVALID',
    `${names.secondary} is the same as ${names.primary}`,
  )
}
