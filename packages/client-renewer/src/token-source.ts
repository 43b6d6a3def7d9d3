import type { TokenScope } from './session-adapter.ts'

/** Why a token is asked for. */
export type RenewReason = 'join' | 'start' | 'schedule' | 'will-expire' | 'expired' | 'manual'

/** What a {@link TokenSource} is asked for. */
export interface TokenRequest {
  readonly reason: RenewReason
  /** What the token has to be for. */
  readonly scope: TokenScope
  /** The number of the attempt within this renewal, from 1. */
  readonly attempt: number
  /** The token in use, which a server may want as proof of what it has granted. */
  readonly previousToken: string | undefined
  /** Whether that token has expired, so that the user is out of the channel. Default false. */
  readonly isExpired?: boolean | undefined
  /** Aborted when the answer is no longer wanted: the time is up, or the session is over. */
  readonly signal: AbortSignal
}

/** A token and how long it lives. A `TokenReply` of `@rtc-token/server` is one. */
export interface TokenGrant {
  readonly token: string
  /** Seconds from its issue to its end. Default: read from the token itself. */
  readonly expiresIn?: number
  /** Such names are refused: say `expiresIn`. */
  readonly expires?: never
  /** Seconds from its issue to the next renewal. Default: see `renewalDelay`. */
  readonly renewIn?: number
  /**
   * Unix seconds. For a token with which the app has joined, and which it may have had for a while. Default:
   * what the token itself says, which also counts where that is earlier; else now.
   */
  readonly issuedAt?: number
  /** The user to join as, if the server has chosen one. At most one of `uid` and `account`. */
  readonly uid?: number
  readonly account?: string
}

/**
 * Fetches a token from the app's own server. `httpSource` creates one for an endpoint of
 * `@rtc-token/server`; any function will do. Throw a `RenewError` to say whether to try again, and when.
 * After any other error the renewer tries again.
 */
export type TokenSource = (
  request: TokenRequest,
) => string | TokenGrant | Promise<string | TokenGrant>
