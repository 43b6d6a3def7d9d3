import type { TokenScope } from './session-adapter.ts'

/**
 * Why the renewer requests a token. `join`: the first join. `start`: your app joined, and passed no token.
 * `schedule`: the planned renewal. `will-expire`: the SDK warned. `expired`: the token has expired. `manual`: your
 * app called `renew`.
 */
export type RenewReason = 'join' | 'start' | 'schedule' | 'will-expire' | 'expired' | 'manual'

/** What a renewer passes to its {@link TokenSource}. */
export interface TokenRequest {
  readonly reason: RenewReason
  /** The session that needs the token. */
  readonly scope: TokenScope
  /** The number of the attempt within this renewal, from 1. */
  readonly attempt: number
  /** The current token. A server can require it as proof of what it has granted. */
  readonly previousToken: string | undefined
  /** Whether the current token has expired, so that the user is out of the channel. Default: `false`. */
  readonly isExpired?: boolean | undefined
  /** Aborted when the renewer no longer waits for the answer. */
  readonly signal: AbortSignal
}

/** A token and its lifetime. A `TokenReply` of `@rtc-token/server` is one. */
export interface TokenGrant {
  readonly token: string
  /** Lifetime in seconds, more than 0. Default: read from the token. The shorter of the two counts, at most 86400. */
  readonly expiresIn?: number
  /** Refused, like `ttl` and similar names: use `expiresIn`. */
  readonly expires?: never
  /** Seconds from the issue to the next renewal, less than the lifetime. Default: see `renewalDelay`. */
  readonly renewIn?: number
  /**
   * Unix seconds. For `start`, when the token is not brand-new. Default: read from the token, otherwise now. The
   * earlier time counts.
   */
  readonly issuedAt?: number
  /** The user to join as, if the server chooses one. At most one of `uid` and `account`. */
  readonly uid?: number
  readonly account?: string
}

/**
 * A function that fetches a token from your server. `httpSource` creates one for an endpoint of
 * `@rtc-token/server`. Throw a `RenewError` to control whether and when to try again; after any other error, the
 * renewer tries again.
 */
export type TokenSource = (
  request: TokenRequest,
) => string | TokenGrant | Promise<string | TokenGrant>
