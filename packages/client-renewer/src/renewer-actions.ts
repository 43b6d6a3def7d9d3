import type { Phase } from './events.ts'
import type { TokenGrant } from './token-source.ts'

/** What a renewer can do, besides telling. */
export interface RenewerActions {
  /** What the renewer is doing. */
  readonly phase: Phase

  /** How long the token in use lives on, in milliseconds; negative after its end. */
  readonly remainingMs: number | undefined

  /**
   * Fetches a token, joins with it, and keeps the session supplied from then on. Tries once, and once
   * more with another token when the first is refused as one that has ended: what to do about any other
   * refusal is for the app to say. While a join is under way, returns that one.
   *
   * @returns the user it is in the channel as
   * @throws {RenewError} SOURCE_FAILED, SOURCE_TIMEOUT, SOURCE_DENIED, GRANT_INVALID, GRANT_SCOPE,
   *   JOIN_TIMEOUT, JOIN_FAILED also when there is a session already, or STOPPED when it was ended
   *   meanwhile
   */
  join(): Promise<number | string>

  /**
   * Keeps a session supplied that the app has joined itself.
   *
   * @param first - the token it was joined with. Without it nobody knows how long that one lives,
   *   and the next one is fetched at once.
   * @throws {RenewError} GRANT_INVALID when `first` is no token, STOPPED when disposed or while the
   *   client is in no channel, or cut off from it
   */
  start(first?: string | TokenGrant): this

  /**
   * Renews now, or hurries the renewal under way. Resolves when a new token is in use. After
   * `failed` it makes the renewer try again, and bring back a session that has ended since.
   *
   * @throws {RenewError} what `failed` tells, or STOPPED when there is no session to renew for
   */
  renew(): Promise<void>

  /**
   * Leaves the channel and stops. Better than the client's own `leave`, of which the SDK tells
   * nobody while the session is being brought back.
   *
   * @throws {RenewError} LEAVE_TIMEOUT, and whatever the SDK's `leave` rejects with
   */
  leave(): Promise<void>

  /** Stops for good and lets go of the SDK. The session itself goes on until its token ends. */
  dispose(): void
}
