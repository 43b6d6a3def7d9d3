import {
  isProblemDocument,
  isTokenReply,
  type ProblemDocument,
  type TokenReply,
  type TokenRequestBody,
} from '@rtc-token/core/contract'
import { RenewError } from './errors.ts'
import type { TokenScope } from './session-adapter.ts'
import type { TokenRequest, TokenSource } from './token-source.ts'

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

// Everything else a server says no with will be said again to the same request.
const RETRYABLE_STATUS: ReadonlySet<number> = /* @__PURE__ */ new Set([408, 425, 429])

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
  return async (request) => {
    const { previousToken } = request
    const answer = await ask(options, request, previousToken === undefined ? {} : { previousToken })
    // A proof that is too old, or signed with a certificate since retired, is no reason to give up.
    if (answer instanceof RenewError && answer.cause === 'previous_token_invalid') {
      return orThrow(await ask(options, request, {}))
    }
    return orThrow(answer)
  }
}

type Answer = TokenReply | RenewError

async function ask(
  options: HttpSourceOptions,
  tokenRequest: TokenRequest,
  proof: Pick<TokenRequestBody, 'previousToken'>,
): Promise<Answer> {
  const { url, request, headers, credentials = 'same-origin', fetch = globalThis.fetch } = options
  const wish = typeof request === 'function' ? request(tokenRequest) : request
  const fields = typeof headers === 'function' ? await headers() : headers
  const response = await fetch(url, {
    method: 'POST',
    headers: { accept: 'application/json', ...fields, 'content-type': 'application/json' },
    body: JSON.stringify({ ...needs(tokenRequest.scope, wish), ...wish, ...proof }),
    credentials,
    cache: 'no-store',
    // A token in use goes to the server it was meant for, and to no other.
    redirect: 'error',
    signal: tokenRequest.signal,
  })
  return toAnswer(response, await response.json().catch(() => undefined))
}

// A token of version 006 does not say whom it is for: as proof it needs channel and user beside it.
function needs(
  { service, channel, user }: TokenScope,
  wish: TokenRequestBody = {},
): TokenRequestBody {
  const isNamed = wish.uid !== undefined || wish.account !== undefined || !user
  return {
    ...(channel && { channel }),
    ...((service === 'rtm' || service === 'chat') && { services: [service] }),
    ...(!isNamed && (typeof user === 'number' ? { uid: user } : { account: user })),
  }
}

function toAnswer(response: Response, body: unknown): Answer {
  if (response.ok && isTokenReply(body)) return body
  if (response.ok) return failure(response, 'a token reply expected, got something else', {})
  const problem: Partial<ProblemDocument> = isProblemDocument(body) ? body : {}
  return failure(response, `HTTP ${response.status} ${problem.code ?? ''}`.trim(), problem)
}

function failure(
  response: Response,
  what: string,
  { code, retryAfter }: Partial<ProblemDocument>,
): RenewError {
  const { status } = response
  const retryable = response.ok || status >= 500 || RETRYABLE_STATUS.has(status)
  const seconds = retryAfter ?? Number(response.headers.get('retry-after') ?? Number.NaN)
  return new RenewError(retryable ? 'SOURCE_FAILED' : 'SOURCE_DENIED', `token endpoint: ${what}`, {
    retryable,
    cause: code,
    ...(seconds > 0 && { retryAfterMs: seconds * 1000 }),
  })
}

function orThrow(answer: Answer): TokenReply {
  if (answer instanceof RenewError) throw answer
  return answer
}
