import type { Explanation } from '../explain/explain-token.ts'
import type { Finding } from '../explain/finding.ts'
import type { SdkErrorMeaning, SdkName } from './meaning.ts'

/** The names of the SDKs in sentences and in `docs/errors.md`. */
export const SDK_NAMES: Readonly<Record<SdkName, string>> = {
  web: 'Web',
  native: 'Native',
  rtm: 'RTM 2.x',
  'rtm-v1': 'RTM 1.x',
  chat: 'Chat',
  rest: 'REST',
}

/** Says what an error means. */
export function sayMeanings(
  kind: 'known' | 'ambiguous' | 'unknown',
  meanings: readonly SdkErrorMeaning[],
): string {
  if (kind === 'known') return onePerCause(meanings).map(sayKnown).join(' ')
  if (kind === 'ambiguous') {
    return `What this means depends on the SDK or the call. ${meanings.map(sayOne).join(' ')}`
  }
  const unknown = 'This error is not known here.'
  if (meanings.length === 0) return unknown
  return `${unknown} Elsewhere it means: ${meanings.map(sayOne).join(' ')}`
}

/** Says what the token has to do with the error; returns an empty string without a token. */
export function sayToken(
  meanings: readonly SdkErrorMeaning[],
  because: readonly Finding[],
  token: Explanation | undefined,
): string {
  if (!token) return ''
  const [reason] = because
  if (reason) return `In the token: ${reason.message} ${reason.remedy}`
  const fault = token.findings.find(({ severity }) => severity === 'fatal')
  if (fault) return `The token has a fault of its own: ${fault.message} ${fault.remedy}`
  return meanings.some(({ platformErrors }) => platformErrors.length > 0)
    ? 'Nothing found in the token leads to it: give the values that were not compared, and check that the SDK was given this token.'
    : ''
}

function onePerCause(meanings: readonly SdkErrorMeaning[]): readonly SdkErrorMeaning[] {
  return [...new Map(meanings.toReversed().map((it) => [it.cause, it])).values()].toReversed()
}

function sayKnown({ says, meaning, remedy }: SdkErrorMeaning): string {
  return `${says}: ${meaning} ${remedy}`
}

function sayOne({ sdks, says, meaning }: SdkErrorMeaning): string {
  return `${sdks.map((sdk) => SDK_NAMES[sdk]).join(' and ')}, ${says}: ${meaning}`
}
