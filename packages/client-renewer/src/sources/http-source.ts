import {
  isProblemDocument,
  isTokenReply,
  type TokenReply,
  type TokenRequestBody,
} from '@rtc-token/core/contract'
import { requireMembers } from '@rtc-token/client-renewer/wording'
import type { TokenScope } from '../session-adapter.ts'
import type { TokenRequest, TokenSource } from '../token-source.ts'
import { refusal, unreachable, withoutSecrets } from './endpoint-error.ts'

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
 * The source rejects with a `RenewError` that says what happened, and that has the `detail`, `errors` and
 * `requestId` of the server's problem document. SOURCE_DENIED: the answer will stay the same (4xx).
 * SOURCE_FAILED: it may change (408, 425, 429, 5xx, no connection), with the server's `Retry-After`. An answer
 * that is not from the token endpoint, such as a proxy's 404 during a deploy, is SOURCE_FAILED for as long as
 * the token in use lives, and else SOURCE_DENIED; a 401 is always SOURCE_DENIED.
 *
 * @throws {TypeError} except in pages for production, when `url` is not a string, or empty
 * @example
 * ```ts
 * httpSource({ url: '/api/agora/v1/tokens', request: { channel: 'room-42', role: 'publisher' } })
 * ```
 */
export function httpSource(options: HttpSourceOptions): TokenSource {
  requireMembers(options, 'string', ['url'])
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
  // The token in use is newer than one in the app's own request.
  const proof = previousToken ?? wish?.previousToken
  const asked = fetch(url, {
    method: 'POST',
    headers: fields,
    // JSON leaves out undefined members.
    body: JSON.stringify({ ...needs(request.scope, wish), ...wish, previousToken: proof }),
    credentials,
    // The token in use must not be sent to another server.
    redirect: 'manual',
    signal: request.signal,
  })
  const response = await asked.catch((cause: unknown) => unreachable(request, cause))
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok && isTokenReply(body)) return body
  const problem = isProblemDocument(body) ? withoutSecrets(body, fields, proof) : undefined
  // The proof may be too old, or signed with a certificate that has been retired: ask again without it.
  if (previousToken && problem?.code === 'previous_token_invalid') return ask(options, request)
  throw refusal(response, problem, request)
}

// Names have no case: spread beside ours, the app's own Content-Type would be sent a second time.
function headersOf(fields?: HeaderFields): Headers {
  const headers = sendable(fields)
  if (!headers.has('accept')) headers.set('accept', 'application/json')
  headers.set('content-type', 'application/json')
  return headers
}

// Some runtimes repeat in their error a field that cannot be sent, which may hold a secret.
function sendable(fields?: HeaderFields): Headers {
  try {
    return new Headers(fields)
  } catch {
    throw new TypeError('bad headers')
  }
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
