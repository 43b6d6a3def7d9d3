import { MAX_TOKEN_LENGTH } from '../checks/limits.ts'
import { type DecodedToken, decodeToken } from '../token/decode-token.ts'
import { type Expected, type ExplainExpectations, readExpectations } from './expectations.ts'
import type { Severity } from './finding-kinds.ts'
import { type Finding, finding } from './finding.ts'
import { explainGrants } from './privileges.ts'
import { explainNames006 } from './names-006.ts'
import { explainNames007 } from './names-007.ts'
import { nameNoToken } from './no-token.ts'
import { explainTime006 } from './time-006.ts'
import { explainTime007 } from './time-007.ts'
import { unwrapText } from './unwrap-text.ts'

/** What a text is and what is wrong with it. The text itself is not part of it. */
export type Explanation =
  | {
      /** A token could be read, perhaps after quotation marks and the like were taken off. */
      readonly kind: 'token'
      readonly decoded: DecodedToken
      /** The worst first; never empty. */
      readonly findings: readonly Finding[]
    }
  | {
      readonly kind: 'not-a-token'
      /** The worst first; never empty. */
      readonly findings: readonly Finding[]
    }

/** Looks at a token once more, with what the signing code can tell. */
export type FurtherLook = (token: string, decoded: DecodedToken) => Finding[]

/**
 * Answers "why is it refused?": compares a token with what the client joins with and says in plain
 * words what is wrong and what to change. Compares no signature. Never throws, not even for a string that is not a token.
 *
 * @example
 * ```ts
 * const { findings } = explainToken(token, { channel: 'room-42', uid: 1234 })
 * for (const { severity, message, remedy } of findings) console.log(severity, message, remedy)
 * ```
 */
export function explainToken(token: string, expected: ExplainExpectations = {}): Explanation {
  return explainFurther(token, expected, () => [])
}

/** Explains as {@link explainToken} does and adds the findings of one more look at the token. */
export function explainFurther(
  token: string,
  given: ExplainExpectations,
  look: FurtherLook,
): Explanation {
  const [expected, problems] = readExpectations(given)
  const { text, findings: wrappings } = readText(token)
  const found = [...wrappings, ...problems]
  const decoded = attemptDecode(text)
  if ('error' in decoded) {
    const findings = sortFindings([...found, ...unless(found, nameNoToken(text, decoded.error))])
    return { kind: 'not-a-token', findings }
  }
  const { claims } = decoded
  const findings = conclude([...found, ...explainClaims(claims, expected), ...look(text, claims)])
  return { kind: 'token', decoded: claims, findings }
}

// A value that is not a string, or is too long, passes through unchanged: the next step refuses and names it.
function readText(token: string): { readonly text: string; readonly findings: Finding[] } {
  const isReadable = typeof token === 'string' && token.length <= MAX_TOKEN_LENGTH
  return isReadable ? unwrapText(token) : { text: token, findings: [] }
}

function attemptDecode(text: string): { claims: DecodedToken } | { error: unknown } {
  try {
    return { claims: decodeToken(text) }
  } catch (error) {
    return { error }
  }
}

/** A finding, unless the same was found already. */
function unless(found: readonly Finding[], next: Finding): Finding[] {
  return found.some(({ code }) => code === next.code) ? [] : [next]
}

function explainClaims(token: DecodedToken, expected: Expected): Finding[] {
  const { appId } = expected
  const isOther = appId !== undefined && appId !== token.appId
  return [
    ...(isOther ? [otherApp(appId, token)] : []),
    ...(token.version === '007'
      ? [...explainNames007(token, expected), ...explainTime007(token, expected)]
      : [...explainNames006(token, expected), ...explainTime006(token, expected)]),
    ...explainGrants(token, expected),
  ]
}

function otherApp(appId: string, token: DecodedToken): Finding {
  const isCase = appId.toLowerCase() === token.appId.toLowerCase()
  const difference = isCase ? ': they differ in upper and lower case' : ''
  const message = `The token is for another App ID than the one that joins${difference}.`
  return finding('APP_ID_MISMATCH', message)
}

const ORDER: readonly Severity[] = ['fatal', 'warning', 'info']

/** Puts the worst first. What two services have in common is said once. */
function sortFindings(findings: readonly Finding[]): Finding[] {
  const distinct = new Map(findings.map((found) => [found.message, found])).values()
  return [...distinct].toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity))
}

function conclude(findings: readonly Finding[]): Finding[] {
  const isFaulty = findings.some(({ severity }) => severity !== 'info')
  const none = 'A fault was looked for, none was found in what could be compared.'
  return sortFindings(isFaulty ? findings : [...findings, finding('NO_FAULT_FOUND', none)])
}
