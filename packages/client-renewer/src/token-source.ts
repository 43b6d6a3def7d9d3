import type { TokenScope } from './session-adapter.ts'

/** Why a token is asked for. */
export type RenewReason = 'join' | 'start' | 'schedule' | 'will-expire' | 'expired' | 'manual'

/** What a {@link TokenSource} is told. */
export interface TokenRequest {
  readonly reason: RenewReason
  /** What the token has to be for. */
  readonly scope: TokenScope
  /** Which try of this renewal, from 1. */
  readonly attempt: number
  /** The token in use until now, which a server may want as proof of what was granted. */
  readonly previousToken: string | undefined
  /** Aborted when the answer is no longer wanted: too late, stopped, disposed. */
  readonly signal: AbortSignal
}

/** A token and how long it lives. A reply of `@rtc-token/server` is one. */
export interface TokenGrant {
  readonly token: string
  /** Seconds that it had left when it was issued. Without it the token itself is read. */
  readonly expiresIn?: number
  /** Seconds after issue at which to ask for the next one. Without it see `renewalDelay`. */
  readonly renewIn?: number
  /** The user to join as, when the server chose. */
  readonly uid?: number
  readonly account?: string
}

/**
 * Gets a token from the app's own server. `httpSource` makes one for an endpoint that speaks this
 * project's contract; any function will do. Throw a `RenewError` to say whether to try again and
 * when; anything else thrown is tried again.
 */
export type TokenSource = (
  request: TokenRequest,
) => string | TokenGrant | Promise<string | TokenGrant>
