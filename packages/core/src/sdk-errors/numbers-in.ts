/** A number, and the member or the word that names it; an empty name for a number alone. */
export interface NamedNumber {
  readonly name: string
  readonly value: number
}

// In a text, a number counts only if a word names it or there is nothing else: lines of a console are full of times,
// ports and addresses.
const NUMBER = String.raw`(-?\d{1,5})\b(?![.:\-/]\d)`
const WORDS =
  'error[ _]?code|reason[ _]?code|status[ _]?code|code|reason|type|status|http|error|err|result|rawValue|onError|onRenewTokenResult'
const NAMED = new RegExp(
  String.raw`\b(${WORDS})(?!\w)(?:/[\d.]{1,3})?["')\]]{0,2} ?(?:[:=(#,]|of|is|was)? ?["'([]{0,2}${NUMBER}`,
  'gi',
)
const PATTERNS = [
  /^\W*?(-?\d{1,5})\W*$/,
  // 110 token is invalid
  /^\W*?(-?\d{3,5})\b(?![.:\-/]\d)(?=\W+(?:\w+\W+){0,3}?(?:token|invalid|expired|error|unauthori|denied|fail))/i,
  // Invalid token / 110, Invalid token (110)
  /\/ (-?\d{3,5})\b(?![.:\-/]\d)/,
  /\((-?\d{3,5})\)/,
  // Codes of RTM 2.x, which are unmistakable.
  /(?:^|[^\w.-])(-1[0-5]\d{3})\b(?![.:\-/]\d)/,
  // joinChannel failed: -17
  /\b(?:failed|returned|ret) ?[:=]? (?:with )?(-\d{1,5})\b/i,
  // AgoraRtcException(-17, null), UNEXPECTED_RESPONSE: 110
  /(?:Exception|UNEXPECTED_RESPONSE)[(: ]{1,2}(-?\d{1,5})\b/,
]
/** Its arguments: a connection, the state, the reason. */
const CONNECTION_STATE = /onConnectionStateChanged\b.*\b[1-5][ ,]{1,2}(\d{1,2})\W*$/i

/** Finds the numbers of a text that may be codes. */
export function numbersIn(text: string, name: string): NamedNumber[] {
  const reason = CONNECTION_STATE.exec(text)?.[1]
  return [
    ...[...text.matchAll(NAMED)].map(([, word = '', digits]) => number(sameName(word), digits)),
    ...PATTERNS.flatMap((pattern) => pattern.exec(text)?.[1] ?? []).map((it) => number(name, it)),
    ...(reason === undefined ? [] : [number('reason', reason)]),
  ]
}

/** Normalises a name that SDKs spell differently: `error_code`, `errorCode` and `Error Code` are the same. */
export function sameName(name: string): string {
  return name.toLowerCase().replaceAll(/[ _]/g, '')
}

function number(name: string, digits: string | undefined): NamedNumber {
  return { name, value: Number(digits) }
}
