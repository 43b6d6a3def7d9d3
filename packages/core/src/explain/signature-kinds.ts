import { type FindingKind, fatal, type SignatureCode, warning } from './finding-kinds.ts'

/** The mistakes that it takes a certificate to find. Not in bundles of ./inspect, which has none. */
export const SIGNATURE_KINDS: Readonly<Record<SignatureCode, FindingKind>> = {
  APP_CERTIFICATE_INVALID: warning([110], 'Copy the primary certificate from the console.'),
  APP_ID_IS_CERTIFICATE: fatal([101, 110], 'Swap them, and replace the certificate.'),
  SIGNATURE_MISMATCH: fatal([110], 'Sign with the certificate of the project of this App ID.'),
  SIGNATURE_UNCHECKED: warning([], 'Give the channel and the user, or the userId, that it is for.'),
}
