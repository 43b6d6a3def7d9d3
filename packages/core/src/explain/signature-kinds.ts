import { type FindingKind, fatal, type SignatureCode, warning } from './finding-kinds.ts'

/** The mistakes that it takes a certificate to find. Not in bundles of ./inspect, which has none. */
export const SIGNATURE_KINDS: Readonly<Record<SignatureCode, FindingKind>> = {
  APP_CERTIFICATE_INVALID: warning('Copy the primary certificate from the console.', 110),
  APP_ID_IS_CERTIFICATE: fatal(
    'Swap them where tokens are made, and replace the certificate in the console: it is in every token.',
    101,
    110,
  ),
  SIGNATURE_MISMATCH: fatal('Sign with the certificate of the project of this App ID.'),
  SIGNATURE_UNCHECKED: warning('Give the channel and the user, or the userId, that it is for.'),
}
