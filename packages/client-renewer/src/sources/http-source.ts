import {
  isProblemDocument,
  isTokenReply,
  type ProblemDocument,
  type TokenReply,
  type TokenRequestBody,
} from '@rtc-token/core/contract'
import { RenewError } from '../errors.ts'
import type { TokenScope } from '../session-adapter.ts'
import type { TokenRequest, TokenSource } from '../token-source.ts'

/** Where the token endpoint is and what to send to it. */
export interface HttpSourceOptions {
  /** The URL of the endpoint, such as `/api/agora/v1/tokens`. */
  readonly url: string
  /**
   * What to ask for beyond what the session itself needs: service, channel and user are taken from its
   * scope unless they are given here. A function is called for each attempt, so that one source can serve
   * several sessions. Default: nothing more, which grants the role of a subscriber.
   */
  readonly request?: TokenRequestBody | ((request: TokenRequest) => TokenRequestBody)
  /**
   * Header fields such as `authorization`, by name in any case, or a `Headers` object. A function is called
   * for each attempt: it can refresh a session. `content-type` is always `application/json`.
   */
  readonly headers?: HeaderFields | (() => HeaderFields | Promise<HeaderFields>)
  /** Whether cookies are sent. Default `same-origin`. */
  readonly credentials?: 'omit' | 'same-origin' | 'include'
  /** Default: the runtime's `fetch`. */
  readonly fetch?: typeof globalThis.fetch
}

/** Header fields by name. */
export type HeaderFields = Readonly<Record<string, string>> | Headers

/**
 * Creates a source for an endpoint of `@rtc-token/server`, or for another one with the same contract. A
 * renewal also sends the token in use, so that the server can limit the user to what it has granted.
 *
 * The source rejects with a `RenewError`: SOURCE_DENIED when the answer will stay the same (4xx),
 * SOURCE_FAILED when it may change (408, 425, 429, 5xx), with the server's `Retry-After`. Without a
 * connection it rejects as `fetch` does, and the renewer tries again.
 *
 * @example
 * ```ts
 * httpSource({ url: '/api/agora/v1/tokens', request: { channel: 'room-42', role: 'publisher' } })
 * ```
 */
export function httpSource(options: HttpSourceOptions): TokenSource {
  return (request) => ask(options, request, request.previousToken)
}

async function ask(
  options: HttpSourceOptions,
  tokenRequest: TokenRequest,
  previousToken?: string,
): Promise<TokenReply> {
  const { url, request, headers, credentials = 'same-origin', fetch = globalThis.fetch } = options
  const wish = typeof request === 'function' ? request(tokenRequest) : request
  const fields = typeof headers === 'function' ? await headers() : headers
  const response = await fetch(url, {
    method: 'POST',
    headers: headersOf(fields),
    // JSON leaves out undefined members.
    body: JSON.stringify({
      ...needs(tokenRequest.scope, wish),
      ...wish,
      // The token in use is newer than one in the app's own request.
      previousToken: previousToken ?? wish?.previousToken,
    }),
    credentials,
    // The token in use must not be sent to another server.
    redirect: 'error',
    signal: tokenRequest.signal,
  })
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok && isTokenReply(body)) return body
  const problem: Partial<ProblemDocument> = isProblemDocument(body) ? body : {}
  // The proof may be too old, or signed with a certificate that has been retired: ask again without it.
  if (previousToken && problem.code === 'previous_token_invalid') return ask(options, tokenRequest)
  throw refusal(response, problem)
}

// Names have no case: spread beside ours, the app's own Content-Type would be sent a second time.
function headersOf(fields?: HeaderFields): Headers {
  const headers = new Headers(fields)
  if (!headers.has('accept')) headers.set('accept', 'application/json')
  headers.set('content-type', 'application/json')
  return headers
}

// A token of version 006 contains neither channel nor user: as proof it needs both beside it.
function needs({ service, channel, user }: TokenScope, { uid, account }: TokenRequestBody = {}) {
  const isNamed = uid !== undefined || account !== undefined
  return {
    channel: channel || undefined,
    services: service === 'rtm' || service === 'chat' ? [service] : undefined,
    [typeof user === 'number' ? 'uid' : 'account']: (!isNamed && user) || undefined,
  }
}

function refusal(
  { ok, status, headers }: Response,
  { code, retryAfter }: Partial<ProblemDocument>,
): RenewError {
  // With any other status the server will answer the same request in the same way.
  const retryable = ok || status >= 500 || /408|425|429/.test(String(status))
  const what = ok ? 'a token reply expected, got something else' : `HTTP ${status} ${code ?? ''}`
  const seconds = retryAfter ?? secondsOf(headers.get('retry-after'), headers.get('date'))
  return new RenewError(
    retryable ? 'SOURCE_FAILED' : 'SOURCE_DENIED',
    `token endpoint: ${what}`.trim(),
    { retryable, cause: code, ...(seconds > 0 && { retryAfterMs: seconds * 1000 }) },
  )
}

// RFC 9110, section 10.2.3: whole seconds, or a date. It is compared with the date of the answer, where the
// page may read that: the clock of this device may be wrong.
function secondsOf(retryAfter: string | null, date: string | null): number {
  return /^\d+$/.test(retryAfter ?? '')
    ? Number(retryAfter)
    : (Date.parse(retryAfter ?? '') - (Date.parse(date ?? '') || Date.now())) / 1000
}
