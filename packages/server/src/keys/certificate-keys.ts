import type { KeyRing } from './key-ring.ts'
import { type CertificateNames, createKeySet, type UncheckedCertificates } from './key-set.ts'
import { refuseInPage } from './refuse-in-page.ts'
import { createKeyRing } from './sourced-key-ring.ts'

const NAMES = {
  primary: 'the primary certificate',
  secondary: 'the secondary certificate',
  sign: 'sign',
} as const

/**
 * Makes a ring of certificates that do not change: signs with the first, verifies with both.
 *
 * @example
 * certificateKeys(newCertificate, oldCertificate)
 *
 * @param primary - 32 hexadecimal digits
 * @param secondary - 32 hexadecimal digits, other than the primary ones
 * @throws {TokenError} APP_CERTIFICATE_INVALID when one is malformed, or both are the same
 * @throws {TypeError} in a page
 */
export function certificateKeys(primary: string, secondary?: string): KeyRing {
  return fixedKeys({ primary, secondary }, NAMES)
}

/**
 * The same, with the names that errors call the certificates by.
 *
 * @internal
 * @throws {TokenError} APP_CERTIFICATE_INVALID
 * @throws {TypeError} in a page, or for a choice of signer that makes no sense
 */
export function fixedKeys(certificates: UncheckedCertificates, names: CertificateNames): KeyRing {
  refuseInPage()
  const keys = createKeySet(certificates, names)
  return createKeyRing({ current: () => keys, latest: keys })
}
