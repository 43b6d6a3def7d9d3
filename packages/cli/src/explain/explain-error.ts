import { stripVTControlCharacters } from 'node:util'
import type { ExplainExpectations } from '@rtc-token/core'
import {
  explainSdkError,
  type SdkErrorExplanation,
  type SdkErrorMeaning,
} from '@rtc-token/core/sdk-errors'
import { readChoice } from '../arguments/readings.ts'
import { drawFindings, type Finding } from '../output/finding.ts'
import type { Outcome } from '../output/outcome.ts'
import { type Line, line, span, wrap } from '../output/screen.ts'
import type { KnownProject } from '../project/read-project.ts'
import { explainWith } from './explain-with.ts'
import { SDK_NAMES } from './sdk-names.ts'

interface Question {
  readonly token: string | undefined
  readonly sdk: string | undefined
  readonly expected: ExplainExpectations
  readonly project: KnownProject
  readonly width: number
}

/** Explains what an SDK printed, together with its token if there is one. */
export function explainError(
  error: string,
  { token, sdk, expected, project, width }: Question,
): Outcome {
  const explained = explainSdkError(stripVTControlCharacters(error), {
    ...expected,
    ...(sdk === undefined ? {} : { sdk: readChoice(sdk, SDK_NAMES, '--sdk') }),
    ...(token === undefined ? {} : { token }),
    explain: (text, options) => explainWith(text, project, options),
  })
  const findings = findingsOf(explained)
  return {
    command: 'explain',
    data: { kind: explained.kind, message: explained.message, meanings: explained.meanings },
    findings,
    screen: drawMeanings(explained, findings, width),
  }
}

/** A known error is a fault, an unknown one a doubt. Includes what in the token causes it. */
function findingsOf({ kind, message, meanings, because, token }: SdkErrorExplanation): Finding[] {
  if (kind === 'unknown') {
    const remedy = 'Name the SDK: --sdk web, native, rtm, rtm-v1, chat or rest.'
    return [
      { code: 'SDK_ERROR_UNKNOWN', severity: 'warning', message, remedy },
      ...(token?.findings ?? []),
    ]
  }
  return [...meanings.map(findingOf), ...(because.length > 0 ? because : (token?.findings ?? []))]
}

function findingOf({ cause, says, meaning, remedy, platformErrors }: SdkErrorMeaning): Finding {
  return { code: cause, severity: 'fatal', message: `${says}: ${meaning}`, remedy, platformErrors }
}

function drawMeanings(
  { kind, meanings }: SdkErrorExplanation,
  findings: readonly Finding[],
  width: number,
): Line[] {
  const title = {
    known: 'This error is known.',
    ambiguous: `This error means one of ${meanings.length} things; which one depends on the SDK or the call.`,
    unknown: 'This error is not in the table.',
  }[kind]
  const sources = [...new Set(meanings.map(({ source }) => source))]
  const from =
    sources.length > 0 ? wrap(`Known from: ${sources.join('; ')}`, width, '  ', 'faint') : []
  return [
    line(span(title, 'strong')),
    line(),
    ...drawFindings(findings, width),
    ...(from.length > 0 ? [line(), ...from] : []),
  ]
}
