import {
  PROBLEM_STATUS,
  type ProblemCode,
  type ProblemDocument,
  type TokenReply,
} from '@rtc-token/core/contract'

import type { Refusal } from './refusal.ts'

/** A reply as data. Hosts write it in their cheapest way; `fetch` wraps it in a `Response`. */
export interface PlainReply {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** JSON. */
  readonly body: string
}

const ERROR_PAGES = 'https://github.com/rtc-token/rtc-token/blob/main/docs/errors.md'
const RETRY_AFTER_SECONDS = 1

const TITLES = {
  invalid_json: 'The body is not JSON',
  invalid_request: 'The request has members that are missing, unknown or malformed',
  channel_invalid: 'The channel is not a channel name',
  wildcard_refused: 'A blank or a wildcard is never signed',
  identity_invalid: 'The identity is not a uid or an account',
  identity_ambiguous: 'Both a uid and an account are given',
  role_unknown: 'The role is not known',
  ttl_invalid: 'The ttl is not an acceptable length of time',
  ttl_looks_absolute: 'The ttl is a moment, not a length of time',
  previous_token_invalid: 'The previous token does not prove anything',
  unauthenticated: 'Who asks is not known',
  forbidden: 'The policy refuses',
  channel_forbidden: 'The channel is not for this caller',
  role_forbidden: 'The role is not for this caller',
  identity_forbidden: 'The identity is not for this caller',
  renewal_refused: 'The policy refuses to renew',
  not_found: 'There is nothing at this path',
  method_not_allowed: 'The method is not allowed here',
  body_too_large: 'The body is too large',
  unsupported_media_type: 'The body must be application/json',
  internal_error: 'The server made a mistake',
  policy_timeout: 'The server could not decide in time',
} as const satisfies Record<ProblemCode, string>

const EXTRA_HEADERS: Partial<Record<ProblemCode, Readonly<Record<string, string>>>> = {
  unauthenticated: { 'www-authenticate': 'Bearer' },
  method_not_allowed: { allow: 'POST' },
  policy_timeout: { 'retry-after': String(RETRY_AFTER_SECONDS) },
}

/**
 * Makes the reply to a request that was granted.
 *
 * @internal
 */
export function tokenReply(reply: TokenReply): PlainReply {
  const headers = headersOf('application/json', reply.requestId)
  return { status: 200, headers, body: JSON.stringify(reply) }
}

/**
 * Makes the reply to a request that was not: a problem document (RFC 9457).
 *
 * @internal
 */
export function problemReply(refusal: Refusal, requestId: string): PlainReply {
  const headers = headersOf('application/problem+json', requestId)
  const problem = problemDocument(refusal, requestId)
  return {
    status: problem.status,
    headers: { ...headers, ...EXTRA_HEADERS[refusal.code] },
    body: JSON.stringify(problem),
  }
}

function problemDocument({ code, detail, errors }: Refusal, requestId: string): ProblemDocument {
  const status = PROBLEM_STATUS[code]
  return {
    type: `${ERROR_PAGES}#${code}`,
    title: TITLES[code],
    status,
    ...(detail === undefined ? {} : { detail }),
    code,
    requestId,
    retryable: status >= 500,
    ...(errors ? { errors } : {}),
    ...(status === 503 ? { retryAfter: RETRY_AFTER_SECONDS } : {}),
  }
}

function headersOf(contentType: string, requestId: string): Record<string, string> {
  return {
    'content-type': contentType,
    'cache-control': 'no-store',
    vary: 'Origin, Authorization, Cookie',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
  }
}
