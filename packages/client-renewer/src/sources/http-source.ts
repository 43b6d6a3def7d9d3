import {
  isProblemDocument,
  isTokenReply,
  type TokenReply,
  type TokenRequestBody,
} from '@rtc-token/core/contract'
import { allowFunctions, requireMembers } from '@rtc-token/client-renewer/wording'
import type { TokenScope } from '../session-adapter.ts'
import type { TokenRequest, TokenSource } from '../token-source.ts'
import { refusal, unreachable, withoutSecrets } from './endpoint-error.ts'

/** The options of {@link httpSource}. */
export interface HttpSourceOptions {
  /** The URL of the endpoint, such as `/api/agora/v1/tokens`. */
  readonly url: string
  /**
   * The body of the request. Service, channel and user come from the session unless you set them here. A function
   * is called for each attempt, so that one source can serve several sessions. Default: no other members, which
   * means the role `subscriber`.
   */
  readonly request?: TokenRequestBody | ((request: TokenRequest) => TokenRequestBody)
  /**
   * Header fields such as `authorization`, or a `Headers` object. A function is called for each attempt, so it can
   * refresh the user's sign-in. `content-type` is always `application/json`. Default: no others but `accept`.
   */
  readonly headers?: HeaderFields | (() => HeaderFields | Promise<HeaderFields>)
  /** Whether to send cookies. Default: `same-origin`. */
  readonly credentials?: 'omit' | 'same-origin' | 'include'
  /** Default: the runtime's `fetch`. */
  readonly fetch?: typeof globalThis.fetch
}

/** Header fields by name. */
export type HeaderFields = Readonly<Record<string, string>> | Headers

/**
 * Creates a source for an endpoint of `@rtc-token/server`, or for another one with the same contract. A renewal
 * also sends the current token, so that the server can limit the user to what was already granted.
 *
 * The source rejects with a `RenewError` that has the `detail`, `errors` and `requestId` of the server's problem
 * document:
 *
 * - SOURCE_FAILED if the answer may change: 408, 425, 429, 5xx, no connection, or no token in a 2xx or 3xx. The renewer
 *   then respects `Retry-After`.
 * - SOURCE_DENIED if it will not: a 401, or any other 4xx with a problem document.
 * - Any other 4xx without one, such as a proxy's 404 during a deploy: SOURCE_FAILED until the current token expires,
 *   SOURCE_DENIED afterwards and on a first join.
 *
 * @throws {TypeError} when `url` is not a string or is empty, or `fetch` is not a function; pages built for production
 *   do not check, and a wrong value fails later, where it is used
 * @example
 * ```ts
 * httpSource({ url: '/api/agora/v1/tokens', request: { channel: 'room-42', role: 'publisher' } })
 * ```
 */
export function httpSource(options: HttpSourceOptions): TokenSource {
  requireMembers(options, 'string', ['url'])
  allowFunctions(options, ['fetch'])
  return (request) => ask(options, request, request.previousToken)
}

async function ask(
  options: HttpSourceOptions,
  request: TokenRequest,
  previousToken?: string,
): Promise<TokenReply> {
  const { url, headers, credentials = 'same-origin', fetch = globalThis.fetch } = options
  const wish = typeof options.request === 'function' ? options.request(request) : options.request
  const fields = headersOf(typeof headers === 'function' ? await headers() : headers)
  // The current token is newer than one in the app's own request.
  const proof = previousToken ?? wish?.previousToken
  const asked = fetch(url, {
    method: 'POST',
    headers: fields,
    // JSON omits undefined members.
    body: JSON.stringify({ ...needs(request.scope, wish), ...wish, previousToken: proof }),
    credentials,
    // The current token must not be sent to another server.
    redirect: 'manual',
    signal: request.signal,
  })
  const response = await asked.catch((cause: unknown) => unreachable(request, cause))
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok && isTokenReply(body)) return body
  const problem = isProblemDocument(body) ? withoutSecrets(body, fields, proof) : undefined
  // The proof may be too old, or signed with a retired certificate: ask again without it.
  if (previousToken && problem?.code === 'previous_token_invalid') return ask(options, request)
  throw refusal(response, problem, request)
}

// Header names have no case: a spread would send the app's own Content-Type a second time.
function headersOf(fields?: HeaderFields): Headers {
  const headers = sendable(fields)
  if (!headers.has('accept')) headers.set('accept', 'application/json')
  headers.set('content-type', 'application/json')
  return headers
}

// The errors of some runtimes repeat the invalid field, which may hold a secret.
function sendable(fields?: HeaderFields): Headers {
  try {
    return new Headers(fields)
  } catch {
    throw new TypeError('bad headers')
  }
}

// A 006 token contains neither channel nor user: as proof, it needs both in the request.
function needs({ service, channel, user }: TokenScope, { uid, account }: TokenRequestBody = {}) {
  const isNamed = uid !== undefined || account !== undefined
  return {
    channel: channel || undefined,
    services: service === 'rtm' || service === 'chat' ? [service] : undefined,
    [typeof user === 'number' ? 'uid' : 'account']: (!isNamed && user) || undefined,
  }
}
