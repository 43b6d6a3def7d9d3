/**
 * How serious a finding is. `fatal`: Agora refuses the token because of it. `warning`: Agora may refuse the
 * token, it may grant more or less than you meant, or a value could not be compared. `info`: good to know.
 */
export type Severity = 'fatal' | 'warning' | 'info'

/**
 * An error code of Agora's SDKs: 101 invalid App ID, 109 and (Web) 118 expired token, 110 invalid token,
 * 119 token for a project without an App Certificate, 120 (Web) missing token. Source:
 * https://docs.agora.io/en/faq/token_error
 */
export type PlatformError = 101 | 109 | 110 | 118 | 119 | 120

/**
 * What a finding is about. Codes are removed or renamed only in a major release. The list with meanings:
 * https://rtc-token.github.io/rtc-token/findings
 */
export type FindingCode =
  // The string is not a token, or holds more than the token.
  | 'TOKEN_MISSING'
  | 'TEXT_PLACEHOLDER'
  | 'TEXT_APP_ID_OR_CERTIFICATE'
  | 'TEXT_JSON'
  | 'TEXT_HTML'
  | 'TEXT_JWT'
  | 'TEXT_OLD_KEY'
  | 'TEXT_SIGNALING_TOKEN'
  | 'TEXT_UNKNOWN'
  | 'TEXT_QUOTED'
  | 'TEXT_BEARER'
  | 'TEXT_REST_HEADER'
  | 'TEXT_URL'
  | 'TEXT_AROUND'
  | 'TEXT_ESCAPED'
  | 'TEXT_PERCENT_ENCODED'
  | 'TEXT_SPACES'
  | 'TEXT_PLUS_LOST'
  | 'TEXT_URL_SAFE'
  | 'TOKEN_TOO_LARGE'
  | 'TOKEN_CUT_OFF'
  | 'TOKEN_DAMAGED'
  // Time.
  | 'TIME_ABSOLUTE_IN_007'
  | 'TIME_RELATIVE_IN_006'
  | 'LIFE_ZERO'
  | 'LIFE_OVER_24_HOURS'
  | 'ISSUED_IN_FUTURE'
  | 'TOKEN_ENDED'
  | 'JOIN_ENDED'
  | 'PRIVILEGE_ENDED'
  // User and channel.
  | 'APP_ID_INVALID'
  | 'APP_ID_MISMATCH'
  | 'CHANNEL_MISMATCH'
  | 'CHANNEL_ANY'
  | 'CHANNEL_PATTERN'
  | 'USER_MISMATCH'
  | 'USER_ANY'
  | 'USER_PATTERN'
  | 'USER_ONLY'
  | 'USER_ZERO_TEXT'
  | 'USER_IS_DIGITS'
  | 'VALUE_WAS_MISSING'
  | 'NAME_NOT_ALLOWED'
  | 'EXPECTATION_INVALID'
  | 'NOT_COMPARED'
  // What it grants.
  | 'SERVICE_MISMATCH'
  | 'NO_JOIN_PRIVILEGE'
  | 'NO_PUBLISH_PRIVILEGE'
  | 'RTM_USER_BLANK'
  | 'CHAT_APP_TOKEN'
  | 'UNKNOWN_SERVICE'
  | 'OLD_VERSION'
  // The signature.
  | 'APP_CERTIFICATE_INVALID'
  | 'APP_ID_IS_CERTIFICATE'
  | 'SIGNATURE_MISMATCH'
  | 'SIGNATURE_UNCHECKED'
  // None of these.
  | 'NO_FAULT_FOUND'

/** The findings that need a certificate. */
export type SignatureCode =
  | 'APP_CERTIFICATE_INVALID'
  | 'APP_ID_IS_CERTIFICATE'
  | 'SIGNATURE_MISMATCH'
  | 'SIGNATURE_UNCHECKED'

/** The findings that need no certificate. */
export type PlainCode = Exclude<FindingCode, SignatureCode>

/** What all findings with the same code share. */
export interface FindingKind {
  readonly severity: Severity
  /** The errors of Agora's SDKs that it causes. */
  readonly platformErrors: readonly PlatformError[]
  /** What to change. */
  readonly remedy: string
}

const PASS_AS_IT_IS = 'Pass the token exactly as the server made it.'
const ASK_FOR_TOKEN = 'Make a token on the server (createToken) and pass that.'
const MAKE_007 = 'Make a token of version 007.'
const GET_NEW = 'Get a new token, and renew before it ends.'
const SAME_VALUE = 'Make the token for exactly the value that the client joins with.'
const NAME_ONE = 'Name one, unless you mean all of them.'
const CHECK_INPUT = 'Check the value before you make a token with it.'

/** Each mistake: its severity, the errors of Agora's SDKs that it causes, and what to change. */
export const FINDING_KINDS: Readonly<Record<PlainCode, FindingKind>> = {
  // The string is not a token, or holds more than the token.
  TOKEN_MISSING: fatal(ASK_FOR_TOKEN, 120),
  TEXT_PLACEHOLDER: fatal('Wait for the reply, and read its token member.'),
  TEXT_APP_ID_OR_CERTIFICATE: fatal(`${ASK_FOR_TOKEN} Replace a certificate that left the server.`),
  TEXT_JSON: fatal('Parse the reply and pass its token member.'),
  TEXT_HTML: fatal('Check the address and the status of the reply.'),
  TEXT_JWT: fatal(ASK_FOR_TOKEN),
  TEXT_OLD_KEY: fatal(MAKE_007),
  TEXT_SIGNALING_TOKEN: fatal(MAKE_007),
  TEXT_UNKNOWN: fatal(ASK_FOR_TOKEN),
  TEXT_QUOTED: fatal(PASS_AS_IT_IS),
  TEXT_BEARER: fatal(PASS_AS_IT_IS),
  TEXT_REST_HEADER: warning(
    'It belongs in the Authorization header of REST calls (ConvoAI, STT); an SDK takes the token alone.',
    110,
  ),
  TEXT_URL: fatal(PASS_AS_IT_IS),
  TEXT_AROUND: fatal(PASS_AS_IT_IS),
  TEXT_ESCAPED: fatal(PASS_AS_IT_IS),
  TEXT_PERCENT_ENCODED: fatal(PASS_AS_IT_IS),
  TEXT_SPACES: fatal(PASS_AS_IT_IS),
  TEXT_PLUS_LOST: fatal('Send it in a body, or encode it for the URL.'),
  TEXT_URL_SAFE: fatal('Encode with standard base64.'),
  TOKEN_TOO_LARGE: fatal(ASK_FOR_TOKEN),
  TOKEN_CUT_OFF: fatal('Look for a database column that is too short.'),
  TOKEN_DAMAGED: fatal(PASS_AS_IT_IS),

  // Time.
  TIME_ABSOLUTE_IN_007: warning('Give a length in seconds, such as 3600.', 109),
  TIME_RELATIVE_IN_006: fatal('Give a timestamp: now plus the length, in seconds.', 109, 118),
  LIFE_ZERO: fatal('Give a length in seconds; undefined and NaN are written as 0.', 109, 118),
  LIFE_OVER_24_HOURS: warning('Ask for at most 86400 seconds, and renew.', 109),
  ISSUED_IN_FUTURE: warning('Set the clock of the server that signs.', 109),
  TOKEN_ENDED: fatal(GET_NEW, 109, 118),
  JOIN_ENDED: fatal(GET_NEW, 109, 118),
  PRIVILEGE_ENDED: warning(GET_NEW),

  // User and channel.
  APP_ID_INVALID: fatal('Copy the App ID from the console.', 101),
  APP_ID_MISMATCH: fatal('Use the App ID and App Certificate of one project on both sides.'),
  CHANNEL_MISMATCH: fatal(SAME_VALUE),
  CHANNEL_ANY: warning(NAME_ONE),
  CHANNEL_PATTERN: warning(NAME_ONE),
  USER_MISMATCH: fatal(SAME_VALUE),
  USER_ANY: warning(NAME_ONE),
  USER_PATTERN: warning(NAME_ONE),
  USER_ONLY: info('Every other user is refused, even with a uid that Agora chooses.', 110),
  USER_ZERO_TEXT: warning('For any user, give the number 0, not the string "0".', 110),
  USER_IS_DIGITS: info('Join with the kind that you mean: a number or a string.'),
  VALUE_WAS_MISSING: warning(CHECK_INPUT, 110),
  NAME_NOT_ALLOWED: warning(CHECK_INPUT),
  EXPECTATION_INVALID: warning('Give the value that the client joins with.'),
  NOT_COMPARED: warning('Leave it out, or give the service that has it.'),

  // What it grants.
  SERVICE_MISMATCH: fatal(
    'Make the token for the service that uses it; to compare with another, set service.',
  ),
  NO_JOIN_PRIVILEGE: fatal('Grant it; every role does.'),
  NO_PUBLISH_PRIVILEGE: info(
    'To publish, ask for the role publisher; Agora enforces it only with co-host authentication.',
  ),
  RTM_USER_BLANK: fatal('Give the user id as a string; uid 0 becomes blank.'),
  CHAT_APP_TOKEN: fatal('Make a token for the user; this one stays on the server.'),
  UNKNOWN_SERVICE: warning('Update this package.'),
  OLD_VERSION: info('Make 007, which newer SDKs and services want.'),

  NO_FAULT_FOUND: info(
    'On 119, enable the App Certificate, or join without a token. On 110, compare what was left out.',
    119,
  ),
}

/** A fatal kind; its default error is 110. @internal */
/* @__NO_SIDE_EFFECTS__ */
export function fatal(remedy: string, ...platformErrors: readonly PlatformError[]): FindingKind {
  return { severity: 'fatal', platformErrors: platformErrors[0] ? platformErrors : [110], remedy }
}

/** A kind that is a warning. @internal */
/* @__NO_SIDE_EFFECTS__ */
export function warning(remedy: string, ...platformErrors: readonly PlatformError[]): FindingKind {
  return { severity: 'warning', platformErrors, remedy }
}

/* @__NO_SIDE_EFFECTS__ */
function info(remedy: string, ...platformErrors: readonly PlatformError[]): FindingKind {
  return { severity: 'info', platformErrors, remedy }
}
