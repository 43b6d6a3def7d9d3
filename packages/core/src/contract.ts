/**
 * The JSON that a token endpoint and its clients exchange. `@rtc-token/server` answers in it and
 * `@rtc-token/client-renewer` reads it; both import it from here, so they cannot drift apart.
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

/** The services a token can be asked for: calls, messaging (RTM), and chat as one user. */
export type ServiceName = 'rtc' | 'rtm' | 'chat'

/** All roles, the higher one first. */
export const ROLES: readonly Role[] = ['publisher', 'subscriber']

/** All services that a token can be asked for. */
export const SERVICES: readonly ServiceName[] = ['rtc', 'rtm', 'chat']

/** Body of `POST …/v1/tokens`. A wish: the server's policy decides what is granted. */
export interface TokenRequestBody {
  /** Default `["rtc"]`. */
  readonly services?: readonly ServiceName[]
  /** The channel to join: 1 to 63 bytes. Needed for `rtc` unless `previousToken` names it. */
  readonly channel?: string
  /** 1 to 4294967295. At most one of `uid` and `account`; with neither, the policy must choose. */
  readonly uid?: number
  /** A user account: 1 to 255 bytes. At most one of `uid` and `account`. */
  readonly account?: string
  /** Default `"subscriber"`. */
  readonly role?: Role
  /** Wished length of life: seconds, or text such as `"90s"`, `"15m"`, `"1h"`. Never a timestamp. */
  readonly ttl?: number | string
  /** The token in use until now; makes the request a renewal, unless it wishes for more than that has. */
  readonly previousToken?: string
  /** Free members for the server's policy, at most 1 KiB as JSON. Never signed. */
  readonly params?: Readonly<Record<string, unknown>>
}

/** Body of a `200` reply: the token and what was granted, which may be less than the wish. */
export interface TokenReply {
  readonly token: string
  readonly appId: string
  readonly services: readonly ServiceName[]
  /** Absent from a token without `rtc`. */
  readonly channel?: string
  /** Join with exactly this. Either `uid` or `account` is present; messaging has it as its user id. */
  readonly uid?: number
  readonly account?: string
  /** Absent from a token without `rtc`. */
  readonly role?: Role
  /** Unix seconds by the server's clock; for display and support. */
  readonly issuedAt: number
  /** Unix seconds: the earliest end among the token and its join privilege. */
  readonly expiresAt: number
  /** Seconds from `issuedAt` to `expiresAt`. Use this for timers: a wrong client clock cannot hurt it. */
  readonly expiresIn: number
  /**
   * Seconds from `issuedAt` after which to ask for the next token. The server draws it by chance: between 40 and 75 %
   * of the life for a request without `previousToken`, between 70 and 75 % for one with it; between 40 and 50 % of a
   * life of less than three minutes.
   */
  readonly renewIn: number
  readonly requestId: string
}

/**
 * Every code a problem document can carry, with its HTTP status. What a client must do is decided
 * by the status: 4xx stops (401 once more after a new sign-in), 429 and 503 wait for `Retry-After`.
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

/** The machine-readable reason of a refusal. */
export type ProblemCode = keyof typeof PROBLEM_STATUS

/** The title of each problem code, for people: the member `title` of the document. */
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
 * The member `type` of the problem documents with a code: the address of the page that explains it. It identifies
 * the problem (RFC 9457) and does not change.
 */
export function problemType(code: ProblemCode): string {
  return `https://rtc-token.github.io/rtc-token/errors/${code}`
}

/** One member of a request that is at fault. */
export interface ProblemDetail {
  /** JSON Pointer (RFC 6901) to the member, such as `/ttl`. */
  readonly pointer: string
  readonly detail: string
}

/** Body of every reply that is not `200`: RFC 9457, media type `application/problem+json`. */
export interface ProblemDocument {
  /** As from {@link problemType}. */
  readonly type: string
  /** One of {@link PROBLEM_TITLES}. */
  readonly title: string
  readonly status: number
  readonly code: ProblemCode
  readonly detail?: string
  readonly requestId: string
  /** Whether the same request may succeed later without being changed. */
  readonly retryable: boolean
  readonly errors?: readonly ProblemDetail[]
  /** Seconds; also in the `Retry-After` header. */
  readonly retryAfter?: number
}

/**
 * How long before its end a token is renewed, in per cent of its life: one hour leaves 15 minutes, so that
 * an outage of ten minutes ends no call. The server says so by `renewIn`; a renewer goes by it without.
 */
export const RENEWAL_LEAD_PERCENT = 25

/** The same for a life of less than {@link SHORT_LIFE_SECONDS}. */
export const SHORT_RENEWAL_LEAD_PERCENT = 50

/** A shorter life than this is short. */
export const SHORT_LIFE_SECONDS = 180

/**
 * How much of that lead, at most, a renewal after the first is earlier by chance, in per cent: clients that were
 * refused together must not come back together.
 */
export const RENEWAL_JITTER_PERCENT = 20

/**
 * When the first renewal of a session may come, at the earliest, in per cent of its token's life. It comes by chance
 * between that and the latest time of any renewal, so that clients that joined together are spread once, and widely;
 * later renewals keep them apart.
 */
export const FIRST_RENEWAL_PERCENT = 40

/** Tells whether parsed JSON has the members of a {@link TokenReply} that a client relies on. */
export function isTokenReply(value: unknown): value is TokenReply {
  const { token, expiresIn, renewIn }: Members = Object(value)
  return typeof token === 'string' && isSeconds(expiresIn) && isSeconds(renewIn)
}

/**
 * Tells whether parsed JSON is a problem document with a code. The code may be one that a newer
 * server knows and this version does not.
 */
export function isProblemDocument(value: unknown): value is ProblemDocument {
  const { code, status }: Members = Object(value)
  return typeof code === 'string' && isSeconds(status)
}

type Members = Readonly<Record<string, unknown>>

function isSeconds(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value < Infinity
}
