import type { SessionAdapter } from '../session-adapter.ts'

/** How an SDK, or a stand-in for it, responds to a call. */
export type Behaviour = 'ok' | 'hang' | 'refuse'

/** A token that the SDK was given. */
export interface GivenToken {
  readonly by: 'join' | 'renew'
  readonly token: string
  /** The user to join as, if the call names one. */
  readonly user?: number | string | null | undefined
}

/**
 * Plays the other side of an SDK in tests: the service, the line and the user. The author of an adapter
 * writes one, over a faithful fake or over the real package without a network. What an SDK does not have,
 * such as bans, is left out.
 */
export interface SdkDriver {
  /** The tokens that the SDK was given, in order, and by which call. */
  readonly given: readonly GivenToken[]
  /** How many listeners of the adapter the SDK has. */
  listenerCount(): number
  /** The SDK cannot remove listeners: the adapter may leave one set of them behind, which does nothing. */
  readonly keepsListeners?: boolean
  /** The service warns that the token is about to expire, in all the ways in which the SDK tells that. */
  warn(): void
  /** The token expires while the line is up, with every signal of the SDK in its order. */
  expire(): void
  /** The token expires in the way about which this SDK tells least. */
  expireQuietly?(): void
  /** The line drops, and the SDK tries to get back. */
  dropLine?(): void
  /** The SDK gets back into its session by itself. */
  restoreLine?(): void
  /** The app leaves through the SDK itself, not through the renewer. */
  userLeaves(): Promise<void>
  ban?(): void
  /** The same user joins from elsewhere. */
  conflict?(): void
  /** The SDK gives up for another reason than the token. */
  giveUp?(): void
  /** The app publishes something. */
  publish?(): Promise<void>
  /** How many things are published. */
  published?(): number
  /** The service refuses the next join because its token has expired; later joins work as before. */
  refuseNextJoinAsExpired?(): void
  /** Sets how the SDK responds to every further call of a kind. */
  set(call: 'join' | 'renew' | 'leave', behaviour: Behaviour): void
  /** Answers the calls that hang. */
  answer(): void
  /**
   * Waits until the SDK has done what it does asynchronously. Leave it out if promises are all it needs; a
   * real package may need some turns of the event loop.
   */
  settle?(): Promise<void>
}

/** An adapter under test, not joined yet, and the driver of its SDK. */
export interface AdapterUnderTest {
  readonly adapter: SessionAdapter
  readonly driver: SdkDriver
}
