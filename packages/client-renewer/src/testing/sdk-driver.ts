import type { SessionAdapter } from '../session-adapter.ts'

/** What an SDK, or a stand-in for it, does with a call. */
export type Behaviour = 'ok' | 'hang' | 'refuse'

/** A token that the SDK was handed. */
export interface GivenToken {
  readonly by: 'join' | 'renew'
  readonly token: string
  /** As whom to join, where the SDK is told. */
  readonly user?: number | string | null | undefined
}

/**
 * Plays the other side of an SDK in tests: the service, the line and the user. Whoever writes an adapter
 * writes one of these, over a faithful fake or over the real package with its network cut off. What an
 * SDK does not have (bans, line drops that it tells of) is left out.
 */
export interface SdkDriver {
  /** The tokens that the SDK was handed, in order, and by which call. */
  readonly given: readonly GivenToken[]
  /** How many listeners of the adapter the SDK holds. */
  listenerCount(): number
  /** The SDK cannot remove a listener: the adapter may leave one set of them behind, and be deaf. */
  readonly keepsListeners?: boolean
  /** The service warns that the token is about to end, in all the ways in which the SDK tells so. */
  warn(): void
  /** The token ends the session while the line is up, with every signal of that in its order. */
  expire(): void
  /** The token ends the session in the way that this SDK tells least about. */
  expireQuietly?(): void
  /** The line drops, and the SDK tries to get back. */
  dropLine?(): void
  /** The SDK is back in its session, by itself. */
  restoreLine?(): void
  /** The app leaves through the SDK itself, behind the renewer's back. */
  userLeaves(): Promise<void>
  ban?(): void
  /** The same user comes in from elsewhere. */
  conflict?(): void
  /** The SDK gives up for a reason that is not the token. */
  giveUp?(): void
  /** The app publishes something. */
  publish?(): Promise<void>
  /** How many things are published. */
  published?(): number
  /** The service refuses the next join because its token has ended; later ones are as they were. */
  refuseNextJoinAsExpired?(): void
  /** What the SDK does with every further call of a kind. */
  set(call: 'join' | 'renew' | 'leave', behaviour: Behaviour): void
  /** Answers the calls that hang. */
  answer(): void
  /**
   * Lets the SDK do what it does in its own time. Left out where promises are all it needs; a real
   * package may need some turns of the event loop.
   */
  settle?(): Promise<void>
}

/** An adapter under test, not joined yet, and who plays the other side of its SDK. */
export interface AdapterUnderTest {
  readonly adapter: SessionAdapter
  readonly driver: SdkDriver
}
