import { fingerprint } from '@rtc-token/core'

// Lines of JSON are the usual input, where a control character before a secret is an escape such as
// \n or \u0007: letters and digits that touch the secret, and that must stay for the line to be JSON.
const HEADER =
  /((?:authorization|cookie)(?:\\*["']\s*:\s*\[?\\*["']|\s*[:=]\s*(?:["'](?![\s,}\]]|$))?))(?:\\.|[^"\\\r\n])+/gi
const BEARER = /(bearer(?:\s|%20|\+)+)(?!token\b)[^\s"'\\,;]+/gi
// Starts at the first `eyJ` of a run of such characters, once per run, because a lookahead does not backtrack.
// Otherwise each `eyJ` of a long string would be read to its end.
const JWT = /(?<![\w-])(?=([\w-]*?)eyJ)\1eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g
// A whole token is longer than 90 characters; `%` because query strings carry them encoded.
const TOKEN = /(\\u[0-9a-f]{4}|\\.)?((?<!\\u0)00[67][A-Za-z0-9+/=%]{40,})/g
// The beginnings of all these: most strings contain none of them and are returned at once.
const SUSPICIOUS = /authorization|cookie|bearer|eyJ|00[67]|:\/\/[^\s"\\/]/i
// 32 digits are a certificate; longer runs are one beside something else, or another secret in hex.
// Ids of requests and traces also look like that, and a log without them is of little use.
const HEX =
  /(?:(\\u[0-9a-f]{4}|\\.)|(?<![0-9a-f]|"(?:requestId|traceId|trace_id)":"))([0-9a-f]{32,})/gi

// Runs of 8 digits, not only of 32: parsers quote the first dozen characters of invalid input.
const SHORT_HEX = /[0-9a-f]{8,}/gi
const SCHEME_VALUE = /(bearer|basic)( +)\S+/gi
const URL_QUERY = /\?\S+/g
const VAULT_TOKEN = /hv[sbr]\.[\w-]+/gi
const RUN = /:\/\/[^\s"\\]*/g
// For a string that ends in `@`: behind `user:`, everything up to the end is the password.
const CREDENTIALS = /:\/\/(?:[^/?#:@]*:(?!\d{1,5}[/?#]).*|[^/?#]*)@/g

/**
 * Masks what is certainly a credential: Agora tokens, JWTs, bearer values, the values of `authorization` and `cookie`,
 * user and password of a URL. Leaves runs of hexadecimal digits alone, for fields that contain identifiers: a channel
 * can look like that.
 *
 * @internal
 */
export function redactCredentials(text: string): string {
  if (!SUSPICIOUS.test(text)) return text
  return maskUrlCredentials(text, '[redacted]')
    .replace(HEADER, '$1[redacted]')
    .replace(BEARER, '$1[redacted]')
    .replace(JWT, '$1[redacted]')
    .replace(TOKEN, named)
}

/**
 * Masks what may be a secret in a string or in a line of JSON: anything that looks like a credential, and runs of 32
 * or more hexadecimal digits, the form of an App Certificate. Tokens and digits are replaced by their fingerprint, as
 * in `[redacted:1a2b3c4d]`, the same as `tokenFingerprint` and `keyId` in audit events. This is a safety net, not a
 * replacement for careful code. A channel or App ID of 32 hexadecimal digits is masked as well.
 *
 * @example
 * pino({ hooks: { streamWrite: redactSecrets } })
 */
export function redactSecrets(text: string): string {
  return redactCredentials(text).replace(HEX, named)
}

function named(_match: string, escape: string | undefined, secret: string): string {
  return `${escape ?? ''}[redacted:${fingerprint(secret)}]`
}

/**
 * Masks anything that could be a secret in a thrown value, without a fingerprint. It masks more than
 * {@link redactSecrets}, because no program has to read the result.
 *
 * @internal
 */
export function hideSecrets(text: string): string {
  return maskUrlCredentials(text, '[hidden]')
    .replace(URL_QUERY, '?[hidden]')
    .replace(SCHEME_VALUE, '$1$2[hidden]')
    .replace(VAULT_TOKEN, '[hidden]')
    .replace(SHORT_HEX, '[hidden]')
}

/**
 * Masks user and password of every URL in a string or in a line of JSON, from `://` to the `@`. Passwords that were
 * not encoded may contain `/`, `?`, `#`, `@` and another `://`; a port and a path are not masked. It reads each run
 * of non-blank characters once, so its time is linear: one pattern for the whole string would scan from each `://`
 * to the end.
 */
function maskUrlCredentials(text: string, mask: string): string {
  return text.replace(RUN, (run) => {
    const end = run.lastIndexOf('@') + 1
    return run.slice(0, end).replace(CREDENTIALS, `://${mask}@`) + run.slice(end)
  })
}
