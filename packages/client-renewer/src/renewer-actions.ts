import type { Phase } from './events.ts'
import type { TokenGrant } from './token-source.ts'

/** The methods and the state of a renewer. */
export interface RenewerActions {
  /** What the renewer is doing. */
  readonly phase: Phase

  /** Milliseconds until the current token expires. Negative afterwards; `undefined` if unknown. */
  readonly remainingMs: number | undefined

  /**
   * Fetches a token, joins with it, and keeps the session supplied from then on. It makes one attempt, and a
   * second one with another token only if the SDK refuses the first token as expired. While a join is in
   * progress, it returns the promise of that join.
   *
   * @returns the user that joined
   * @throws {RenewError} SOURCE_FAILED, SOURCE_TIMEOUT, SOURCE_DENIED, GRANT_INVALID, GRANT_SCOPE or
   *   JOIN_TIMEOUT; JOIN_FAILED, also when there is a session already; STOPPED when the session ends
   *   meanwhile
   */
  join(): Promise<number | string>

  /**
   * Takes over a session that your app has joined by itself.
   *
   * @param first - the token that your app joined with. Without it, the renewer fetches a new token at once.
   * @throws {RenewError} GRANT_INVALID when `first` is not a token or has no lifetime left; STOPPED when the
   *   client is not connected to its channel, or after `dispose`
   */
  start(first?: string | TokenGrant): this

  /**
   * Renews now, or speeds up the renewal in progress. Resolves when a new token is in use. After `failed`, it
   * makes the renewer try again, and join again if the token has expired.
   *
   * @throws {RenewError} the error of `failed`; STOPPED when there is no session
   */
  renew(): Promise<void>

  /**
   * Leaves the channel and stops renewing. Call it instead of the client's own `leave`, which the SDK does not
   * report while the renewer is joining again.
   *
   * @throws {RenewError} LEAVE_TIMEOUT; an error of the SDK's `leave` is passed on unchanged
   */
  leave(): Promise<void>

  /** Stops for good and removes all listeners. It does not leave: the session lasts until its token expires. */
  dispose(): void
}
