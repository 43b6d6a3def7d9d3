import type { Phase } from './events.ts'
import type { TokenGrant } from './token-source.ts'

/** The actions and the state of a renewer. */
export interface RenewerActions {
  /** What the renewer is doing. */
  readonly phase: Phase

  /** Milliseconds until the token in use expires; negative after that, undefined if not known. */
  readonly remainingMs: number | undefined

  /**
   * Fetches a token, joins with it, and keeps the session supplied from then on. Makes one attempt, and one
   * more with another token if the first token is refused because it has expired; the app decides what to
   * do about any other refusal. While a join is in progress, returns that one.
   *
   * @returns the user that has joined
   * @throws {RenewError} SOURCE_FAILED, SOURCE_TIMEOUT, SOURCE_DENIED, GRANT_INVALID, GRANT_SCOPE,
   *   JOIN_TIMEOUT, JOIN_FAILED (also when there is a session already), or STOPPED when the session was
   *   ended meanwhile
   */
  join(): Promise<number | string>

  /**
   * Keeps a session supplied that the app has joined by itself.
   *
   * @param first - the token it was joined with. Without it, its life is not known, and the next token is
   *   fetched at once.
   * @throws {RenewError} GRANT_INVALID when `first` is not a token; STOPPED when the renewer is disposed, or
   *   when the client is not in a channel or is cut off from it
   */
  start(first?: string | TokenGrant): this

  /**
   * Renews now, or hurries the renewal in progress. Resolves when a new token is in use. After `failed` it
   * makes the renewer try again, and bring back a session that its token has ended since.
   *
   * @throws {RenewError} the error of `failed`; STOPPED when there is no session
   */
  renew(): Promise<void>

  /**
   * Leaves the channel and stops. Use it in place of the client's own `leave`, of which the SDK does not
   * tell while the session is being brought back.
   *
   * @throws {RenewError} LEAVE_TIMEOUT; also rejects with what the SDK's `leave` rejects with
   */
  leave(): Promise<void>

  /** Stops for good and removes all listeners. The session itself goes on until its token expires. */
  dispose(): void
}
