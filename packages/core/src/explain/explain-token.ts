import { MAX_LIFE_SECONDS, MAX_TOKEN_LENGTH } from '../checks/limits.ts'
import { type DecodedToken, decodeToken } from '../token/decode-token.ts'
import { type Expected, type ExplainExpectations, readExpectations } from './expectations.ts'
import { explainAround } from './explain-around.ts'
import { explainNoToken } from './explain-no-token.ts'
import { explainServices } from './explain-services.ts'
import { explainTime006 } from './explain-time-006.ts'
import { explainTime007 } from './explain-time-007.ts'
import { findToken } from './find-token.ts'
import type { Severity } from './finding-kinds.ts'
import { type Finding, type Tell, tellInto } from './finding.ts'

/** What `explainToken` found. It never contains the string itself. */
export type Explanation =
  | {
      /** The string holds a token, perhaps with quotation marks or other text around it. */
      readonly kind: 'token'
      readonly decoded: DecodedToken
      /** 1 to 32, the worst first. */
      readonly findings: readonly Finding[]
    }
  | {
      readonly kind: 'not-a-token'
      /** 1 to 32, the worst first. */
      readonly findings: readonly Finding[]
    }

/** Adds the findings that need signing code. Returns the names of what it compared. */
export type FurtherLook = (
  findings: Finding[],
  token: string,
  decoded: DecodedToken,
  expected: Expected,
) => readonly string[]

/**
 * Explains why a token is refused: compares it with the values that the client uses, and says what is wrong and
 * what to change. It does not check the signature, and never throws, not even for a string that is not a token.
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

/** Explains a token like {@link explainToken}, and adds the findings of `look`. */
export function explainFurther(
  token: string,
  given: ExplainExpectations,
  look: FurtherLook,
): Explanation {
  const findings: Finding[] = []
  const tell = tellInto(findings)
  const read = readText(tell, token)
  const expected = readExpectations(tell, given)
  if ('error' in read) {
    explainNoToken(tell, read.text, read.error)
    return { kind: 'not-a-token', findings: sortFindings(findings) }
  }
  const compared = [
    ...explainClaims(tell, read.decoded, expected),
    ...look(findings, read.text, read.decoded, expected),
  ]
  if (findings.every(({ severity }) => severity === 'info')) {
    tell('NO_FAULT_FOUND', `No fault was found. Compared: ${compared.join(', ')}.`)
  }
  return { kind: 'token', decoded: read.decoded, findings: sortFindings(findings) }
}

type Read = { readonly text: string; readonly decoded: DecodedToken } | Unread

interface Unread {
  readonly text: string
  readonly error: unknown
}

/** Decodes a string as a token, or the part of it that looks like one. */
function readText(tell: Tell, text: string): Read {
  const read = attemptDecode(text)
  const isText = typeof text === 'string' && text.length <= MAX_TOKEN_LENGTH
  const found = 'error' in read && isText ? findToken(text) : undefined
  if (!found) return read
  explainAround(tell, found)
  return attemptDecode(found.token)
}

function attemptDecode(text: string): Read {
  try {
    return { text, decoded: decodeToken(text) }
  } catch (error) {
    return { text, error }
  }
}

/** Compares everything but the signature, and returns the names of what it compared. */
function explainClaims(tell: Tell, token: DecodedToken, expected: Expected): string[] {
  const { appId, now } = expected
  const end = endOf(token)
  if (appId !== undefined && appId !== token.appId) {
    const isCase = appId.toLowerCase() === token.appId.toLowerCase()
    const difference = isCase ? ': they differ in upper and lower case' : ''
    tell(
      'APP_ID_MISMATCH',
      `The token is for a different App ID from the one that joins${difference}.`,
    )
  }
  if (token.version === '007') explainTime007(tell, token, end, now)
  else explainTime006(tell, end, now)
  const compared = explainServices(tell, token, end, expected)
  if (token.version === '006') {
    tell('OLD_VERSION', 'Expected version 007, got 006, the older format.')
  }
  return ['its time', ...(appId === undefined ? [] : ['App ID']), ...compared]
}

/** Returns when a token itself expires, regardless of its privileges, in Unix seconds. */
function endOf(token: DecodedToken): number {
  if (token.version === '006') return token.tokenExpiresAt
  return token.issuedAt + Math.min(token.expiresIn, MAX_LIFE_SECONDS)
}

const ORDER: readonly Severity[] = ['fatal', 'warning', 'info']
const MAX_FINDINGS = 32

/** A leaked secret comes before everything else. */
function rankOf({ code, severity }: Finding): number {
  return code === 'APP_ID_IS_CERTIFICATE' ? -1 : ORDER.indexOf(severity)
}

/** Sorts findings, the worst first. Drops duplicates of several services, and all after the first 32. */
function sortFindings(findings: readonly Finding[]): Finding[] {
  const distinct = new Map(findings.map((found) => [found.message, found])).values()
  return [...distinct].toSorted((a, b) => rankOf(a) - rankOf(b)).slice(0, MAX_FINDINGS)
}
