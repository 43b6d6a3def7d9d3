/**
 * Messages of errors and notices, and checks of options, for developers. This package imports them by its own name, so
 * that bundlers use `short-wording.ts` in pages built for production, where size matters.
 *
 * @module
 */
export { allowFunctions, badOption, checkOptions, requireMembers } from './checks.ts'

/** A duration, a name, or the message of an error. @internal */
export type Fact = number | string

/** The codes with a message here. @internal */
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
  LIFE_UNKNOWN: () => "the token's life is not known",
  LIFE_CUT: (seconds) => `the token lives 24 hours, not ${seconds} s`,
  CLOCK_SKEW: (seconds) => `by this clock the token is ${seconds} s old`,
  TAKEN_OVER: () => 'another renewer has the client now; the earlier one does nothing more',
  GRANT_INVALID: (life) =>
    typeof life === 'string'
      ? badToken('with expiresIn ', life)
      : badToken('with time left ', `${life} s`),
  GRANT_STALE: () => 'token source: a new token expected, got the same one or an expired one',
  SOURCE_FAILED: (words) => `source failed: ${words}`,
  RENEW_FAILED: (words) => `renew failed: ${words}`,
  JOIN_FAILED: (words) => (words ? `join failed: ${words}` : 'leave the session first'),
  REJOIN_FAILED: (words) => `rejoin failed: ${words}`,
  REJOIN_LIMIT: () => 'the token ended the session after each of 5 rejoins',
  REJOIN_MANUAL: () => 'the token ended the session: call renew()',
  SOURCE_TIMEOUT: (ms) => `the source did not answer in ${ms} ms`,
  RENEW_TIMEOUT: (ms) => `renewing: no answer in ${ms} ms`,
  JOIN_TIMEOUT: (ms) => `joining: no answer in ${ms} ms`,
  REJOIN_TIMEOUT: (ms) => `rejoining: no answer in ${ms} ms`,
  PUBLISH_TIMEOUT: (ms) => `publishing: no answer in ${ms} ms`,
  LEAVE_TIMEOUT: (ms) => `leaving: no answer in ${ms} ms`,
  STOPPED: () => 'there is no session',
}

/** Returns the message for a code and a fact. @internal */
export function say(code: SaidCode, fact: Fact = 0): string {
  return WORDS[code](fact)
}

/** Describes an answer without a token. It names members, but never quotes their values. @internal */
export function noToken(answer: unknown): string {
  const { token }: { token?: unknown } =
    typeof answer === 'string' ? { token: answer } : Object(answer)
  return badToken('', typeof token === 'string' ? faultOf(token) : kindOf(answer, token))
}

function kindOf(answer: unknown, token: unknown): string {
  if (Object(answer) !== answer) return String(answer)
  const members = Object.keys(Object(answer))
  if (members.includes('token')) return `an object whose \`token\` is ${typeof token}, not a string`
  return `an object without \`token\` (it has: ${members.join(', ') || 'nothing'})`
}

function faultOf(text: string): string {
  const FAULTS: readonly [RegExp, string][] = [
    [/^$/, 'an empty string'],
    [/^["'`\u2018-\u201f]/, 'a quoted string'],
    [/^(?!00[1-9])/, 'one that does not begin with 007 or 006'],
    [/\s/, 'one with white space in it'],
    [/[^\w+/=-]/, 'one that is not base64'],
  ]
  const fault = FAULTS.find(([pattern]) => pattern.test(text))?.[1]
  return fault ?? `one of ${text.length} characters`
}

/** The services by their number in a token. RTM with permissions is RTM. @internal */
export const SERVICES: readonly (string | undefined)[] =
  ',rtc,rtm,streaming,fpa,chat,fcdn,apaas,rtm,convoAI,stt'.split(',')

/** Says what a token was expected for, and what it is for. @internal */
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

/** Describes an answer that is not a token reply. @internal */
export function badAnswer(
  { ok, status, redirected, headers }: Response,
  code: string | undefined,
): string {
  if (code !== undefined) return `HTTP ${status} ${code}`.trim()
  // In a browser, a redirect that is not followed has the status 0.
  const isRedirect = redirected || (!ok && status < 400)
  if (isRedirect) return 'redirected to a login page'
  const isHtml = /html/.test(headers.get('content-type') ?? '')
  if (isHtml) return `answered HTML, HTTP ${status}`
  return ok ? 'answered no token' : `HTTP ${status}`
}

/** Describes a token endpoint that cannot be reached, with the message of the runtime. @internal */
export function noAnswer(words: string): string {
  return `the token endpoint cannot be reached: blocked by CORS, or offline (${words})`
}

function badToken(expected: string, got: string): string {
  return `token source: a token ${expected}expected, got ${got}`
}
