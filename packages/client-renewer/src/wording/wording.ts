/**
 * What is for developers: the words of errors and notices, and checks of what an app passes. This package
 * imports them by its own name: where size matters, in pages that are built for production, bundlers take
 * `short-wording.ts`. Both say the truth, and a code stands for itself.
 *
 * @module
 */
export { badOption, checkOptions, requireMembers } from './checks.ts'

/** A length of time, a name, or what was thrown in its own words. @internal */
export type Fact = number | string

/** The codes that have words of their own. @internal */
export type SaidCode =
  | 'LIFE_UNKNOWN'
  | 'LIFE_CUT'
  | 'CLOCK_SKEW'
  | 'TAKEN_OVER'
  | 'GRANT_INVALID'
  | 'GRANT_STALE'
  | 'JOIN_FAILED'
  | 'REJOIN_LIMIT'
  | 'REJOIN_MANUAL'
  | `${'SOURCE' | 'RENEW' | 'REJOIN'}_FAILED`
  | `${'SOURCE' | 'RENEW' | 'JOIN' | 'REJOIN' | 'PUBLISH' | 'LEAVE'}_TIMEOUT`
  | 'STOPPED'

const WORDS: Readonly<Record<SaidCode, (fact: Fact) => string>> = {
  LIFE_UNKNOWN: () => 'the life of the token is not known',
  LIFE_CUT: (seconds) => `the token lives 24 hours, not ${seconds} s`,
  CLOCK_SKEW: (seconds) => `by this clock the token is ${seconds} s old`,
  TAKEN_OVER: () => 'another renewer has the client now, and the one before does nothing more',
  GRANT_INVALID: (life) =>
    typeof life === 'string'
      ? badToken('with expiresIn ', life)
      : badToken('that lives ', `${life} s`),
  GRANT_STALE: () => badToken('that is new ', 'the same one, or one that has expired'),
  SOURCE_FAILED: (words) => `source failed: ${words}`,
  RENEW_FAILED: (words) => `renew failed: ${words}`,
  JOIN_FAILED: (words) => (words ? `join failed: ${words}` : 'leave the session first'),
  REJOIN_FAILED: (words) => `rejoin failed: ${words}`,
  REJOIN_LIMIT: () => 'the token has ended the session after each of 5 rejoins',
  REJOIN_MANUAL: () => 'the token has ended the session: call renew()',
  SOURCE_TIMEOUT: (ms) => `the source did not answer in ${ms} ms`,
  RENEW_TIMEOUT: (ms) => `renewing: no answer in ${ms} ms`,
  JOIN_TIMEOUT: (ms) => `joining: no answer in ${ms} ms`,
  REJOIN_TIMEOUT: (ms) => `rejoining: no answer in ${ms} ms`,
  PUBLISH_TIMEOUT: (ms) => `publishing: no answer in ${ms} ms`,
  LEAVE_TIMEOUT: (ms) => `leaving: no answer in ${ms} ms`,
  STOPPED: () => 'there is no session',
}

/** The words for a code, with a fact about it. @internal */
export function say(code: SaidCode, fact: Fact = 0): string {
  return WORDS[code](fact)
}

/** What is wrong with an answer in which there is no token. Names members, never what they hold. @internal */
export function noToken(answer: unknown): string {
  const { token }: { token?: unknown } =
    typeof answer === 'string' ? { token: answer } : Object(answer)
  return badToken('', typeof token === 'string' ? faultOf(token) : kindOf(answer, token))
}

function kindOf(answer: unknown, token: unknown): string {
  if (Object(answer) !== answer) return String(answer)
  const members = Object.keys(Object(answer))
  if (members.includes('token')) return `an object whose \`token\` is no string (${typeof token})`
  return `an object without \`token\` (it has: ${members.join(', ') || 'nothing'})`
}

function faultOf(text: string): string {
  const FAULTS: readonly [RegExp, string][] = [
    [/^$/, 'an empty text'],
    [/^["'`\u2018-\u201f]/, 'a quoted text'],
    [/^(?!00[1-9])/, 'text that does not begin with 007 or 006'],
    [/\s/, 'text with white space in it'],
    [/[^\w+/=-]/, 'text that is not base64'],
  ]
  const fault = FAULTS.find(([pattern]) => pattern.test(text))?.[1]
  return fault ?? `one of ${text.length} characters`
}

/** Services by their number on the wire. RTM with permissions is RTM. @internal */
export const SERVICES: readonly (string | undefined)[] =
  ',rtc,rtm,streaming,fpa,chat,fcdn,apaas,rtm,convoAI,stt'.split(',')

/** For what a token was expected, and for what it is. @internal */
export function otherToken(
  what: 'appId' | 'service' | 'channel' | 'user',
  name: number | string,
  got: readonly unknown[],
  isStream: boolean,
): string {
  if (what === 'appId') return badToken('for the App ID of the session ', 'one for another')
  const WHAT = { service: '', channel: 'channel ', user: 'user ' }
  const why = isStream && what === 'service' ? ', which stream channels join with,' : ''
  const expected = name === 0 ? 'any user' : `${WHAT[what]}${name}${why}`
  const waysOut = name === 0 ? ': set `uid` of the adapter, or return { token, uid }' : ''
  return badToken(`for ${expected} `, `one for ${WHAT[what]}${got.join(' and ')}${waysOut}`)
}

/** What a token endpoint has answered in place of a reply, with the code of a problem document. @internal */
export function badAnswer(
  { ok, status, redirected, headers }: Response,
  code: string | undefined,
): string {
  if (code !== undefined) return `HTTP ${status} ${code}`.trim()
  // In a browser a redirect that is not followed has the status 0.
  const isRedirect = redirected || (!ok && status < 400)
  if (isRedirect) return 'redirected to a login page'
  const isHtml = /html/.test(headers.get('content-type') ?? '')
  if (isHtml) return `answered HTML, HTTP ${status}`
  return ok ? 'answered no token' : `HTTP ${status}`
}

/** For a token endpoint without an answer, with what the runtime says of that. @internal */
export function noAnswer(words: string): string {
  return `the token endpoint cannot be reached: blocked by CORS, or offline (${words})`
}

function badToken(expected: string, got: string): string {
  return `token source: a token ${expected}expected, got ${got}`
}
