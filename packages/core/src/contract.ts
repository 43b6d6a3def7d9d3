/**
 * The JSON that a token endpoint and its clients exchange, shared by `@rtc-token/server` and
 * `@rtc-token/client-renewer`.
 *
 * @module
 */

export {
  admitsChannel,
  admitsUser,
  type ChannelAndUser,
  matchesPattern,
  servicesOfSession,
} from './checks/name-patterns.ts'

/** What a user may do in a channel: publish and subscribe, or subscribe only. */
export type Role = 'publisher' | 'subscriber'

/** A service that a client can request: `rtc` calls, `rtm` messaging, `chat` as one user. */
export type ServiceName = 'rtc' | 'rtm' | 'chat'

/** All roles, the one with more rights first. */
export const ROLES: readonly Role[] = ['publisher', 'subscriber']

/** All services that a client can request. */
export const SERVICES: readonly ServiceName[] = ['rtc', 'rtm', 'chat']

/** The body of `POST …/v1/tokens`. It is a request: the server's policy decides what to grant. */
export interface TokenRequestBody {
  /** Default: `["rtc"]`. */
  readonly services?: readonly ServiceName[]
  /** The channel to join: 1 to 63 bytes. Required for `rtc`, unless `previousToken` names it. */
  readonly channel?: string
  /** 1 to 4294967295. At most one of `uid` and `account`; without either, the policy must choose one. */
  readonly uid?: number
  /** A user account: 1 to 255 bytes. At most one of `uid` and `account`. */
  readonly account?: string
  /** Default: `"subscriber"`. */
  readonly role?: Role
  /** The requested lifetime: seconds, or a string such as `"90s"`, `"15m"` or `"1h"`. Never a timestamp. */
  readonly ttl?: number | string
  /** The current token. It makes the request a renewal, unless the request asks for more than it grants. */
  readonly previousToken?: string
  /** Any members for the server's policy, at most 1 KiB as JSON. They are not part of the token. */
  readonly params?: Readonly<Record<string, unknown>>
}

/** The body of a `200` reply: the token and what it grants, which may be less than was requested. */
export interface TokenReply {
  readonly token: string
  readonly appId: string
  readonly services: readonly ServiceName[]
  /** Absent without `rtc`. */
  readonly channel?: string
  /** Join with exactly this user: either `uid` or `account`. Messaging and chat use it as their user id. */
  readonly uid?: number
  readonly account?: string
  /** Absent without `rtc`. */
  readonly role?: Role
  /** Unix seconds by the server's clock, for display and support. */
  readonly issuedAt: number
  /** Unix seconds: when the token or its join privilege expires, whichever is first. */
  readonly expiresAt: number
  /** Seconds from `issuedAt` to `expiresAt`. Use it for timers, so that a wrong client clock does no harm. */
  readonly expiresIn: number
  /**
   * Seconds from `issuedAt` until the client should request the next token. The server chooses it at random: 40 to
   * 75 % of the lifetime for a first token, 70 to 75 % for a renewal, and 40 to 50 % of a lifetime under three
   * minutes.
   */
  readonly renewIn: number
  readonly requestId: string
}

/**
 * Every code of a problem document with its HTTP status. Clients act on the status: they try again after 408, 429
 * and 5xx, no sooner than `Retry-After` says; after 401, once more with fresh credentials; otherwise they stop.
 */
export const PROBLEM_STATUS = {
  invalid_json: 400,
  invalid_request: 400,
  channel_invalid: 400,
  wildcard_refused: 400,
  identity_invalid: 400,
  identity_ambiguous: 400,
  role_unknown: 400,
  ttl_invalid: 400,
  ttl_looks_absolute: 400,
  previous_token_invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  channel_forbidden: 403,
  role_forbidden: 403,
  identity_forbidden: 403,
  renewal_refused: 403,
  removed: 403,
  not_found: 404,
  method_not_allowed: 405,
  body_timeout: 408,
  body_too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  internal_error: 500,
  not_configured: 503,
  policy_timeout: 503,
  authenticator_unavailable: 503,
  limiter_unavailable: 503,
  removals_unavailable: 503,
  draining: 503,
} as const

/** The code of a problem document: why the server refused a request. */
export type ProblemCode = keyof typeof PROBLEM_STATUS

/** The title of each problem code in English, the member `title` of a problem document. */
export const PROBLEM_TITLES: Readonly<Record<ProblemCode, string>> = {
  invalid_json: 'The body is not JSON',
  invalid_request: 'The request has members that are missing, unknown or malformed',
  channel_invalid: 'The channel is not a valid channel name',
  wildcard_refused: 'A blank or a wildcard is never signed',
  identity_invalid: 'The identity is not a valid uid or account',
  identity_ambiguous: 'Both a uid and an account are given',
  role_unknown: 'The role is unknown',
  ttl_invalid: 'The ttl is not an acceptable length of time',
  ttl_looks_absolute: 'The ttl is a timestamp, not a length of time',
  previous_token_invalid: 'The previous token is not valid for a renewal',
  unauthenticated: 'The caller is not authenticated',
  forbidden: 'The policy refuses the request',
  channel_forbidden: 'The caller may not use this channel',
  role_forbidden: 'The caller may not have this role',
  identity_forbidden: 'The caller may not use this identity',
  renewal_refused: 'The policy refuses the renewal',
  removed: 'The user has been removed',
  not_found: 'No endpoint has this path',
  method_not_allowed: 'The method is not allowed here',
  body_timeout: 'The body did not arrive in time',
  body_too_large: 'The body is too large',
  unsupported_media_type: 'The body must be application/json',
  rate_limited: 'Too many requests',
  internal_error: 'The server failed',
  not_configured: 'The server has no key to sign with',
  policy_timeout: 'The server could not decide in time',
  authenticator_unavailable: 'The server cannot authenticate callers at the moment',
  limiter_unavailable: 'The server could not count the request',
  removals_unavailable: 'The server could not find out whether the user has been removed',
  draining: 'The server is about to stop',
}

/**
 * Returns the member `type` of problem documents with a code: a stable URL (RFC 9457) that leads to a page about
 * the code.
 */
export function problemType(code: ProblemCode): string {
  return `https://rtc-token.github.io/rtc-token/errors/${code}`
}

/** What is wrong with one member of a request. */
export interface ProblemDetail {
  /** JSON Pointer (RFC 6901) to the member, such as `/ttl`. */
  readonly pointer: string
  readonly detail: string
}

/** The body of every other reply: a problem document (RFC 9457), media type `application/problem+json`. */
export interface ProblemDocument {
  /** What {@link problemType} returns for `code`. */
  readonly type: string
  /** One of {@link PROBLEM_TITLES}. */
  readonly title: string
  readonly status: number
  readonly code: ProblemCode
  readonly detail?: string
  readonly requestId: string
  /** Whether the same request may succeed later. */
  readonly retryable: boolean
  readonly errors?: readonly ProblemDetail[]
  /** Seconds; also in the `Retry-After` header. */
  readonly retryAfter?: number
}

/**
 * How long before it expires a token is renewed, in per cent of its lifetime: 15 minutes for an hour, so that
 * a ten-minute outage ends no call. It applies when the server's reply has no `renewIn`.
 */
export const RENEWAL_LEAD_PERCENT = 25

/** Replaces {@link RENEWAL_LEAD_PERCENT} for a lifetime shorter than {@link SHORT_LIFE_SECONDS}. */
export const SHORT_RENEWAL_LEAD_PERCENT = 50

/** Lifetimes below this many seconds are renewed by {@link SHORT_RENEWAL_LEAD_PERCENT}. */
export const SHORT_LIFE_SECONDS = 180

/**
 * How much earlier, at most, a renewal after the first may come at random, in per cent of the lead: it keeps
 * clients that started together from renewing together.
 */
export const RENEWAL_JITTER_PERCENT = 20

/**
 * The earliest time of a session's first renewal, in per cent of the token's lifetime. It comes at random between
 * this and the lead, which spreads clients that joined together; later renewals keep them apart.
 */
export const FIRST_RENEWAL_PERCENT = 40

/** Checks whether parsed JSON is a {@link TokenReply}: it needs `token`, `expiresIn` and `renewIn`. */
export function isTokenReply(value: unknown): value is TokenReply {
  const { token, expiresIn, renewIn }: Members = Object(value)
  return typeof token === 'string' && isSeconds(expiresIn) && isSeconds(renewIn)
}

/**
 * Checks whether parsed JSON is a problem document with `code` and `status`. The code may be unknown here when
 * the server is newer.
 */
export function isProblemDocument(value: unknown): value is ProblemDocument {
  const { code, status }: Members = Object(value)
  return typeof code === 'string' && isSeconds(status)
}

type Members = Readonly<Record<string, unknown>>

function isSeconds(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value < Infinity
}
