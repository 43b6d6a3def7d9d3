import type { SdkErrorMeaning, SdkErrorRow, SdkName } from './meaning.ts'
import { isOfList, isSaidOf, isUncertain } from './number-lists.ts'
import type { Evidence } from './read-error.ts'
import { CHAT_ROWS } from './rows-chat.ts'
import { NATIVE_ROWS } from './rows-native.ts'
import { REST_ROWS } from './rows-rest.ts'
import { RTM_ROWS } from './rows-rtm.ts'
import { WEB_ROWS } from './rows-web.ts'

/** The whole table. @internal */
export const SDK_ERROR_ROWS: readonly SdkErrorRow[] = [
  ...WEB_ROWS,
  ...NATIVE_ROWS,
  ...RTM_ROWS,
  ...CHAT_ROWS,
  ...REST_ROWS,
]

/** Every error that `explainSdkError` knows. The same table: https://rtc-token.github.io/rtc-token/errors */
export const SDK_ERRORS: readonly SdkErrorMeaning[] = SDK_ERROR_ROWS.map(({ means }) => means)

/** The rows that match an error. */
export interface FoundRows {
  readonly rows: readonly SdkErrorRow[]
  /** Whether they agree; otherwise the meaning depends on the SDK or the call. */
  readonly isSure: boolean
}

// How closely a row matches an error: its own words count more than a number, and words that other errors
// contain too are the last resort.
const OWN_WORDS = 4
const NUMBER = 2
const COMMON_WORDS = 1

/** Patterns that identify the SDK when the caller does not name it. */
const HINTS: readonly (readonly [SdkName[], RegExp])[] = [
  // With small letters it is the engine for phones and desktops, including Flutter.
  [['web'], /AgoraRTC|Agora-SDK|agora-rtc-sdk|UNEXPECTED_RESPONSE/],
  [['native'], /AgoraRtc|agora_rtc|Agora engine/],
  [['native'], /onConnectionStateChanged|onRenewTokenResult|onError\b|joinChannel|RtcEngine/i],
  [['rtm', 'rtm-v1'], /\bRtm[A-Z]\w*Error\b|\bRTM\b|detail: [A-Z_]+,/],
  [['rtm'], /-1[0-5]\d{3}\b|linkState/],
  [['rtm-v1'], /\bRTM ERROR\b|^login failed errorCode/m],
  [['rest'], /\bapi\.(?:agora\.io|sd-rtn\.com)|conversational-ai/i],
  [['chat'], /\bWEBIM|easemob|agora-chat|chat\.agora/i],
]

/** An error of the app's own sign-in, which also mentions tokens. */
const FOREIGN = /JsonWebToken|TokenExpiredError|\bjwt\b/i

/** Finds the rows that match an error best. */
export function findRows(evidence: Evidence, sdk: SdkName | undefined): FoundRows {
  const nearnesses = new Map(SDK_ERROR_ROWS.map((row) => [row, nearness(row, evidence)]))
  const near = (row: SdkErrorRow) => nearnesses.get(row) ?? 0
  const fitting = SDK_ERROR_ROWS.filter((row) => near(row) > 0)
  const ofSdk = sdk === undefined ? guessSdk(fitting, evidence) : ofSdks(fitting, [sdk])
  const most = Math.max(...ofSdk.map(near))
  const nearest = ofSdk.filter((row) => near(row) === most)
  // Several rows may match by their own words at once; a number has only one of its meanings.
  if (most >= OWN_WORDS)
    return { rows: nearest, isSure: haveCommonSdk(nearest) || haveOneCause(nearest) }
  if (FOREIGN.test(evidence.text)) return { rows: [], isSure: false }
  const isTold = ({ number }: SdkErrorRow) => !!number && isSaidOf(number[0], evidence)
  const rows = narrow(nearest, isTold)
  const isVague = rows.some((row) => row.number && isUncertain(...row.number) && !isTold(row))
  return { rows, isSure: haveOneCause(rows) && !(most === NUMBER && isVague) }
}

function haveOneCause(rows: readonly SdkErrorRow[]): boolean {
  return new Set(rows.map(({ means }) => means.cause)).size === 1
}

function haveCommonSdk(rows: readonly SdkErrorRow[]): boolean {
  const [first, ...others] = rows.map(({ means }) => means.sdks)
  return first?.some((sdk) => others.every((sdks) => sdks.includes(sdk))) ?? false
}

function guessSdk(
  rows: readonly SdkErrorRow[],
  { text, numbers }: Evidence,
): readonly SdkErrorRow[] {
  const said = [text, ...numbers.map(({ value }) => value)].join('\n')
  return HINTS.filter(([, pattern]) => pattern.test(said)).reduce(
    (left, [sdks]) => narrow(left, ({ means }) => means.sdks.some((sdk) => sdks.includes(sdk))),
    rows,
  )
}

function ofSdks(rows: readonly SdkErrorRow[], sdks: readonly SdkName[]): readonly SdkErrorRow[] {
  return rows.filter(({ means }) => means.sdks.some((sdk) => sdks.includes(sdk)))
}

/** Returns the rows for which a condition holds, or all rows if it holds for none. */
function narrow(
  rows: readonly SdkErrorRow[],
  holds: (row: SdkErrorRow) => boolean,
): readonly SdkErrorRow[] {
  const kept = rows.filter(holds)
  return kept.length > 0 ? kept : rows
}

function nearness(row: SdkErrorRow, { text, numbers }: Evidence): number {
  const lower = text.toLowerCase()
  const says = (phrase: string) => hasPhrase(lower, phrase.toLowerCase())
  if (row.unless !== undefined && says(row.unless)) return 0
  const words = [...row.texts, ...row.also].some(says)
  const { number } = row
  const isNumber = !!number && numbers.some((given) => isOfList(...number, given))
  return (words ? (row.isGeneral ? COMMON_WORDS : OWN_WORDS) : 0) + (isNumber ? NUMBER : 0)
}

/** Checks whether a text contains a phrase as whole words. */
function hasPhrase(text: string, phrase: string): boolean {
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    if (!isWord(text[at - 1]) && !isWord(text[at + phrase.length])) return true
  }
  return false
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /\w/.test(character)
}
