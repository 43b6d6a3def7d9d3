import type { KeyRing } from './key-ring.ts'
import { type CertificateNames, createKeySet, type UncheckedCertificates } from './key-set.ts'
import { refuseInPage } from './published-names.ts'
import { createKeyRing } from './sourced-key-ring.ts'

const NAMES = {
  primary: 'the primary certificate',
  secondary: 'the secondary certificate',
  sign: 'sign',
} as const

/**
 * Creates a key ring from fixed certificates. The first signs, both verify.
 *
 * @example
 * certificateKeys(newCertificate, oldCertificate)
 *
 * @param primary - 32 hexadecimal digits
 * @param secondary - 32 hexadecimal digits, different from `primary`
 * @throws {TokenError} APP_CERTIFICATE_INVALID when one is malformed, or both are the same
 * @throws {TypeError} in a page
 */
export function certificateKeys(primary: string, secondary?: string): KeyRing {
  return fixedKeys({ primary, secondary }, NAMES)
}

/**
 * Like {@link certificateKeys}, with names for the certificates in error messages.
 *
 * @internal
 * @throws {TokenError} APP_CERTIFICATE_INVALID
 * @throws {TypeError} in a page, or for an invalid choice of signer
 */
export function fixedKeys(certificates: UncheckedCertificates, names: CertificateNames): KeyRing {
  refuseInPage()
  const keys = createKeySet(certificates, names)
  return createKeyRing({ current: () => keys, latest: keys })
}
