import { isTokenError } from '../errors.ts'
import { nameOfOlderKey } from '../dynamic-key/recognise-key.ts'
import { describe } from '../checks/checks.ts'
import { decodeToken } from '../token/decode-token.ts'
import type { FindingCode } from './finding-kinds.ts'
import { type Finding, finding } from './finding.ts'

// The first that fits.
const FORMS: readonly (readonly [RegExp, FindingCode, string])[] = [
  [/^$/, 'TOKEN_MISSING', 'an empty string'],
  [
    /^(undefined|null|nan|none|false|true|\[object \w+\]|<?your.*token>?)$/i,
    'TEXT_PLACEHOLDER',
    'a string that stands for a missing value',
  ],
  [
    /^[0-9a-f]{32}$/i,
    'TEXT_APP_ID_OR_CERTIFICATE',
    '32 hexadecimal digits, which is an App ID or an App Certificate,',
  ],
  [/^[{[]/, 'TEXT_JSON', 'a string of JSON'],
  [/^</, 'TEXT_HTML', 'an HTML page'],
  [/^ey[\w-]+\.[\w-]+\.[\w-]*$/, 'TEXT_JWT', 'a JSON Web Token, which Agora does not use,'],
  [/^(?!00[67])/, 'TEXT_UNKNOWN', 'another string'],
]

/**
 * Says what a text is that cannot be read as a token.
 *
 * @param error - what reading it threw
 */
export function nameNoToken(text: unknown, error: unknown): Finding {
  if (typeof text !== 'string') return noText(text)
  if (isTokenError(error) && error.code === 'TOKEN_TOO_LARGE') {
    return finding('TOKEN_TOO_LARGE', `A token was expected, more than any token holds arrived.`)
  }
  const olderKey = nameOfOlderKey(text)
  if (olderKey) return older(text, olderKey)
  for (const [pattern, code, what] of FORMS) {
    if (pattern.test(text)) return finding(code, `A token was expected, ${what} arrived.`)
  }
  return damaged(text)
}

function older(text: string, name: string): Finding {
  const code = text.startsWith('1:') ? 'TEXT_SIGNALING_TOKEN' : 'TEXT_OLD_KEY'
  return finding(code, `A token was expected, ${name} arrived.`)
}

function damaged(text: string): Finding {
  const fault = isCutOff(text)
    ? (['TOKEN_CUT_OFF', `its first ${text.length} characters arrived.`] as const)
    : (['TOKEN_DAMAGED', 'one that was changed on the way arrived.'] as const)
  return finding(fault[0], `A whole token was expected, ${fault[1]}`)
}

function noText(value: unknown): Finding {
  return value == null
    ? finding('TOKEN_MISSING', `A token was expected, ${describe(value)} arrived.`)
    : finding('TEXT_UNKNOWN', `A token as a string was expected, ${describe(value)} arrived.`)
}

/** Whether all is well up to the end. A cut inside a base64 group is moved to the group before. */
function isCutOff(text: string): boolean {
  const start = text.startsWith('006') ? 35 : 3
  const wholeGroups = text.length - (Math.max(0, text.length - start) % 4)
  try {
    decodeToken(text.slice(0, wholeGroups))
    return true
  } catch (error) {
    return /too early|bytes expected, got/.test(String(error))
  }
}
