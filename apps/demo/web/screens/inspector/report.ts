import type { Explanation } from '@rtc-token/core/inspect'
import { describeToken, type Field } from './describe-token.ts'
import { expectedOf, type Question } from './expected-of.ts'
import type { Verdict } from './server-verdict.ts'

/** What goes into a report. */
export interface ReportParts {
  readonly question: Question
  /** Names the token without giving it away. */
  readonly fingerprint: string
  readonly explanation: Explanation
  readonly verdict: Verdict | undefined
  /** When it is made. */
  readonly now: Date
}

/** Of these, a report says less than the screen: with the salt and the rest, less would be left to guess. */
const REDACTED: Readonly<Record<string, (value: string) => string>> = {
  'App ID': (value) => `${value.slice(0, 6)}…`,
  Salt: () => '(left out)',
}

/** A report to pass on: what a token says and what is wrong with it. The token is not in it. */
export function makeReport(parts: ReportParts): string {
  const { question, fingerprint, explanation, verdict, now } = parts
  const { findings } = explanation
  return [
    `Token ${fingerprint} (SHA-256, first 8 digits), looked at ${now.toISOString()}`,
    `Compared with: ${JSON.stringify(expectedOf(question))}`,
    `Signature: ${verdict?.text ?? 'not asked for.'}`,
    ...(explanation.kind === 'token' ? tokenLines(explanation.decoded) : ['It is no token.']),
    ...findings.map(
      ({ severity, code, message, remedy }) => `[${severity}] ${code}: ${message} ${remedy}`,
    ),
  ].join('\n')
}

function tokenLines(decoded: Parameters<typeof describeToken>[0]): readonly string[] {
  const { fields, grants } = describeToken(decoded)
  return [
    ...fields.map(fieldLine),
    ...grants.map((grant) => `${grant.service}: ${grant.fields.map(fieldLine).join(', ')}`),
  ]
}

function fieldLine([name, value]: Field): string {
  return `${name}: ${REDACTED[name]?.(value) ?? value}`
}
