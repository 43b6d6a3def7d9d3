import type { Explanation } from '@rtc-token/core'
import type { ReportParts } from '@rtc-token/demo/inspector'

/** The findings that stand for a signature that is not right, or cannot be checked. */
const SIGNATURE_FINDINGS = new Set([
  'APP_CERTIFICATE_INVALID',
  'APP_ID_IS_CERTIFICATE',
  'SIGNATURE_MISMATCH',
  'SIGNATURE_UNCHECKED',
])

/** Says of a right signature that it is right; the findings say all else. */
export function signatureVerdict(
  { kind, findings }: Explanation,
  appCertificate: string,
): ReportParts['verdict'] {
  if (kind !== 'token' || appCertificate.trim() === '') return undefined
  const isFaulty = findings.some(({ code }) => SIGNATURE_FINDINGS.has(code))
  return isFaulty ? undefined : { tone: 'good', text: 'Signed with this certificate.' }
}
