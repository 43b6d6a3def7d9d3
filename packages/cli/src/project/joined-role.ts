import { explainToken } from '@rtc-token/core'
import type { Finding } from '../output/finding.ts'

/** The findings for a client that joins to publish: a token that only allows listening becomes a warning. */
export function forPublisher(findings: readonly Finding[]): readonly Finding[] {
  if (findings.every(({ code }) => code !== 'NO_PUBLISH_PRIVILEGE')) return findings
  return findings
    .filter(({ code }) => code !== 'NO_FAULT_FOUND')
    .map((it) => (it.code === 'NO_PUBLISH_PRIVILEGE' ? { ...it, severity: 'warning' } : it))
}

/** Why a client with a valid token cannot publish. */
export function publishingDoubts(token: string, now: number): readonly Finding[] {
  const doubts = new Set(['NO_PUBLISH_PRIVILEGE', 'PRIVILEGE_ENDED'])
  return forPublisher(explainToken(token, { now }).findings).filter(({ code }) => doubts.has(code))
}
