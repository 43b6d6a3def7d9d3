import type { SessionAdapter } from '../session-adapter.ts'

/** How an SDK, or a fake of it, responds to a call: it succeeds, never answers, or fails. */
export type Behaviour = 'ok' | 'hang' | 'refuse'

/** A token that the SDK got. */
export interface GivenToken {
  readonly by: 'join' | 'renew'
  readonly token: string
  /** The user to join as, if the call names one. */
  readonly user?: number | string | null | undefined
}

/**
 * Controls the SDK's service, connection and user in tests. You write one for your adapter, for a faithful fake or
 * for the real package without a network. Omit what the SDK does not have, such as bans.
 */
export interface SdkDriver {
  /** The tokens that the SDK got, in order, and by which call. */
  readonly given: readonly GivenToken[]
  /** Returns how many listeners of the adapter the SDK has. */
  listenerCount(): number
  /** Set it if the SDK cannot remove listeners: the adapter may then leave one set of inactive ones behind. */
  readonly keepsListeners?: boolean
  /** Warns that the token is about to expire, with every signal of the SDK. */
  warn(): void
  /** Lets the token expire while connected, with every signal of the SDK in its order. */
  expire(): void
  /** Lets the token expire with the fewest signals that this SDK can send. */
  expireQuietly?(): void
  /** Drops the connection; the SDK tries to reconnect. */
  dropLine?(): void
  /** Lets the SDK reconnect to its session by itself. */
  restoreLine?(): void
  /** Leaves through the SDK itself, not through the renewer. */
  userLeaves(): Promise<void>
  /** Bans the user. */
  ban?(): void
  /** Lets the same user join from elsewhere. */
  conflict?(): void
  /** Makes the SDK give up for a reason other than the token. */
  giveUp?(): void
  /** Publishes a track. */
  publish?(): Promise<void>
  /** Returns how many tracks are published. */
  published?(): number
  /** Refuses the next join because its token has expired; later joins work as before. */
  refuseNextJoinAsExpired?(): void
  /** Sets how the SDK responds to all further calls of a kind. */
  set(call: 'join' | 'renew' | 'leave', behaviour: Behaviour): void
  /** Answers the calls that hang. */
  answer(): void
  /**
   * Waits until the SDK has finished its asynchronous work. Omit it if promises are all it needs; a real package
   * may need some turns of the event loop.
   */
  settle?(): Promise<void>
}

/** An adapter under test that has not joined yet, and the driver of its SDK. */
export interface AdapterUnderTest {
  readonly adapter: SessionAdapter
  readonly driver: SdkDriver
}
