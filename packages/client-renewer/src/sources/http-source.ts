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

/** Where the token endpoint is and what to say to it. */
export interface HttpSourceOptions {
  /** Of the endpoint, such as `/api/agora/v1/tokens`. */
  readonly url: string
  /**
   * What to ask for, beyond what the session itself needs: service, channel and user come from its
   * scope where they are not given. A function is called for each try, so that one source can serve
   * several sessions. Default: nothing beyond that, which is the role of a subscriber.
   */
  readonly request?: TokenRequestBody | ((request: TokenRequest) => TokenRequestBody)
  /** Such as `authorization`; a function is called for each try, so that it can refresh a session. */
  readonly headers?: HeaderFields | (() => HeaderFields | Promise<HeaderFields>)
  /** Whether cookies go along. Default `same-origin`. */
  readonly credentials?: 'omit' | 'same-origin' | 'include'
  /** Default: the runtime's own. */
  readonly fetch?: typeof globalThis.fetch
}

/** Header fields by name. */
export type HeaderFields = Readonly<Record<string, string>>

/**
 * A source for an endpoint of `@rtc-token/server`, or one that speaks its contract. A renewal sends
 * the token in use along, so that the server can hold the user to what was granted.
 *
 * Throws `RenewError`s: SOURCE_DENIED for an answer that will stay the same (4xx), SOURCE_FAILED for
 * anything that may pass (no connection, 408, 425, 429, 5xx), with the server's `Retry-After`.
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
    headers: { accept: 'application/json', ...fields, 'content-type': 'application/json' },
    // What is undefined is left out.
    body: JSON.stringify({
      ...needs(tokenRequest.scope, wish),
      ...wish,
      // One that the app began with is older than the one in use.
      previousToken: previousToken ?? wish?.previousToken,
    }),
    credentials,
    // A token in use goes to the server it was meant for, and to no other.
    redirect: 'error',
    signal: tokenRequest.signal,
  })
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok && isTokenReply(body)) return body
  const problem: Partial<ProblemDocument> = isProblemDocument(body) ? body : {}
  // A proof that is too old, or signed with a certificate since retired, is no reason to give up.
  if (previousToken && problem.code === 'previous_token_invalid') return ask(options, tokenRequest)
  throw refusal(response, problem)
}

// A token of version 006 does not say whom it is for: as proof it needs channel and user beside it.
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
  // Everything else a server says no with will be said again to the same request.
  const retryable = ok || status >= 500 || /408|425|429/.test(String(status))
  const what = ok ? 'a token reply expected, got something else' : `HTTP ${status} ${code ?? ''}`
  const seconds = retryAfter ?? Number(headers.get('retry-after'))
  return new RenewError(
    retryable ? 'SOURCE_FAILED' : 'SOURCE_DENIED',
    `token endpoint: ${what}`.trim(),
    { retryable, cause: code, ...(seconds > 0 && { retryAfterMs: seconds * 1000 }) },
  )
}
