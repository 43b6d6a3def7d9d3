import {
  PROBLEM_STATUS,
  PROBLEM_TITLES,
  type ProblemCode,
  type ProblemDocument,
  problemType,
} from '@rtc-token/core/contract'

import type { Refusal } from '../errors/refusal.ts'

/** A reply as plain data. Each adapter writes it in the cheapest way; `fetch` wraps it in a `Response`. */
export interface PlainReply {
  readonly status: number
  /** Header names are in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** JSON; empty for status 204 and 304. */
  readonly body: string
}

const RETRY_AFTER_SECONDS = 1
const RETRYABLE: ReadonlySet<number> = new Set([408, 429])

const EXTRA_HEADERS: Partial<Record<ProblemCode, Readonly<Record<string, string>>>> = {
  unauthenticated: { 'www-authenticate': 'Bearer' },
}

/**
 * Makes a reply that is not a problem.
 *
 * @internal
 */
export function jsonReply(body: object, requestId: string, status = 200): PlainReply {
  return { status, headers: headersOf('application/json', requestId), body: JSON.stringify(body) }
}

/** JSON that is the same for every request. @internal */
export interface CachedText {
  readonly text: string
  readonly etag: string
}

/**
 * Makes the reply with a cacheable body: status 304 for a caller that already has it.
 *
 * @internal
 * @param held - the header `If-None-Match`
 */
export function cachedReply(
  { text, etag }: CachedText,
  held: string | null,
  requestId: string,
): PlainReply {
  const { 'content-type': type, ...shared } = headersOf('application/json', requestId)
  const headers = { ...shared, 'cache-control': 'no-cache', etag }
  if (isHeld(etag, held ?? '')) return { status: 304, headers, body: '' }
  return { status: 200, headers: { ...headers, 'content-type': type }, body: text }
}

// A proxy that compresses a body makes its ETag weak by writing `W/` in front.
function isHeld(etag: string, held: string): boolean {
  const list = held.split(',').map((entry) => entry.trim().replace(/^W\//, ''))
  return list.some((entry) => entry === etag || entry === '*')
}

/** Whether HTTP allows a body for the reply's status. @internal */
export function hasBody({ status }: PlainReply): boolean {
  return status !== 204 && status !== 304
}

/**
 * Makes the reply to a refused request: a problem document (RFC 9457). With `compat` it repeats the reason in
 * the members that clients of agora-token-service display.
 *
 * @internal
 */
export function problemReply(refusal: Refusal, requestId: string, compat = false): PlainReply {
  const problem = problemDocument(refusal, requestId)
  const headers = {
    ...headersOf('application/problem+json', requestId),
    ...EXTRA_HEADERS[refusal.code],
    ...(problem.retryAfter === undefined ? {} : { 'retry-after': String(problem.retryAfter) }),
    ...refusal.headers,
  }
  const said = problem.detail ?? problem.title
  const body = compat ? { ...problem, message: said, error: said } : problem
  return { status: problem.status, headers, body: JSON.stringify(body) }
}

function problemDocument(refusal: Refusal, requestId: string): ProblemDocument {
  const { code, detail, errors } = refusal
  const status = PROBLEM_STATUS[code]
  const retryAfter = refusal.retryAfter ?? (status === 503 ? RETRY_AFTER_SECONDS : undefined)
  return {
    type: problemType(code),
    title: PROBLEM_TITLES[code],
    status,
    ...(detail === undefined ? {} : { detail }),
    code,
    requestId,
    retryable: RETRYABLE.has(status) || status >= 500,
    ...(errors ? { errors } : {}),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  }
}

function headersOf(contentType: string, requestId: string) {
  return {
    'content-type': contentType,
    'cache-control': 'no-store',
    vary: 'Origin, Authorization, Cookie',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
  }
}
