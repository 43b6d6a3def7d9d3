import { explainToken } from '@rtc-token/core'
import type { Finding } from '../output/finding.ts'

/** Findings for a client that joins to publish: a token that lets it listen alone is doubtful then. */
export function forPublisher(findings: readonly Finding[]): readonly Finding[] {
  if (findings.every(({ code }) => code !== 'NO_PUBLISH_PRIVILEGE')) return findings
  return findings
    .filter(({ code }) => code !== 'NO_FAULT_FOUND')
    .map((it) => (it.code === 'NO_PUBLISH_PRIVILEGE' ? { ...it, severity: 'warning' } : it))
}

/** What keeps the bearer of a good token from publishing. */
export function publishingDoubts(token: string, now: number): readonly Finding[] {
  const doubts = new Set(['NO_PUBLISH_PRIVILEGE', 'PRIVILEGE_ENDED'])
  return forPublisher(explainToken(token, { now }).findings).filter(({ code }) => doubts.has(code))
}
