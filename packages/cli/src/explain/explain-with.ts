import { type Explanation, explainToken } from '@rtc-token/core'
import type { KnownProject } from '../project/read-project.ts'

/** Explains a token with the certificate that signed it, if there are several. */
export function explainWith(
  token: string,
  { certificates }: KnownProject,
  expected: Parameters<typeof explainToken>[1],
): Explanation {
  const explained = certificates.map((appCertificate) =>
    explainToken(token, { ...expected, appCertificate }),
  )
  return explained.find(isSigned) ?? explained[0] ?? explainToken(token, expected)
}

function isSigned({ findings }: Explanation): boolean {
  return findings.every(({ code }) => code !== 'SIGNATURE_MISMATCH')
}
