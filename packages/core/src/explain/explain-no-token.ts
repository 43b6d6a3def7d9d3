import { isTokenError } from '../errors.ts'
import { nameOfOlderKey } from '../dynamic-key/recognise-key.ts'
import { describe } from '../checks/checks.ts'
import type { PlainCode } from './finding-kinds.ts'
import { faultOf } from './find-token.ts'
import type { Tell } from './finding.ts'

// The first match counts.
const FORMS: readonly (readonly [RegExp, PlainCode, string])[] = [
  [/^$/, 'TOKEN_MISSING', 'an empty string'],
  [
    /^(undefined|null|nan|none|false|true|\[object \w+\]|<?your.*token>?)$/i,
    'TEXT_PLACEHOLDER',
    'a word for a missing value',
  ],
  [/^[\da-f]{32}$/i, 'TEXT_APP_ID_OR_CERTIFICATE', 'an App ID or an App Certificate'],
  [/^[{[]/, 'TEXT_JSON', 'JSON'],
  [/^</, 'TEXT_HTML', 'an HTML page'],
  [/^ey[\w-]+\.[\w-]+\.[\w-]*$/, 'TEXT_JWT', 'a JSON Web Token'],
  [/^(?!00[67])/, 'TEXT_UNKNOWN', 'another string'],
]

/**
 * Says what a string is that is not a token.
 *
 * @param error - the error of decoding it
 */
export function explainNoToken(tell: Tell, text: unknown, error: unknown): void {
  if (isTokenError(error) && error.code === 'TOKEN_TOO_LARGE') {
    tell('TOKEN_TOO_LARGE', 'Expected a token, got more than any token holds.')
  } else if (typeof text === 'string') {
    explainText(tell, text.trim().replace(/^(["'`])([^]*)\1$/, '$2'))
  } else {
    const code = text == null ? 'TOKEN_MISSING' : 'TEXT_UNKNOWN'
    tell(code, `Expected a string, got ${describe(text)}.`)
  }
}

function explainText(tell: Tell, text: string): void {
  const olderKey = nameOfOlderKey(text)
  const older = text.startsWith('1:') ? 'TEXT_SIGNALING_TOKEN' : 'TEXT_OLD_KEY'
  const form = FORMS.find(([pattern]) => pattern.test(text))
  if (olderKey) tell(older, `Expected a token, got ${olderKey}.`)
  else if (form) tell(form[1], `Expected a token, got ${form[2]}.`)
  else if (!text.endsWith('=') && isCutOff(text)) {
    const message = `Expected a whole token, got its first ${text.length} characters, or a changed one.`
    tell('TOKEN_CUT_OFF', message)
  } else tell('TOKEN_DAMAGED', 'Expected a token, got one that was changed.')
}

/**
 * Checks whether a token is intact up to a cut. A cut inside a base64 group counts as one before the group. If hundreds
 * of bytes seem to be missing, the length was changed instead.
 */
function isCutOff(text: string): boolean {
  const start = text.startsWith('006') ? 35 : 3
  const wholeGroups = text.length - (Math.max(0, text.length - start) % 4)
  const fault = faultOf(text.slice(0, wholeGroups))
  return /^$|too early|\D\d\d? bytes expected, got/.test(fault) || /^006[\da-f]*$/i.test(text)
}
