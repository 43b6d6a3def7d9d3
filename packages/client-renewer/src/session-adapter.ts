/**
 * How the SDK stands to the channel. `online`: in it. `unsettled`: on the way, or cut off and not
 * given up. `down`: out of it.
 */
export type LinkState = 'online' | 'unsettled' | 'down'

/** Why a session is over for good: the renewer must not bring it back. */
export type EndCause = 'left' | 'banned' | 'conflict'

/** What an adapter tells the renewer. May be called from inside the SDK's own callbacks. */
export interface SessionSink {
  /** The SDK says that the token in use is about to end. */
  willExpire(): void
  /** The token in use has ended the session. The renewer copes with being told twice. */
  expired(): void
  /** {@link SessionAdapter.link} has changed. */
  linkChanged(): void
  /** The session is over, and not because of its token. */
  ended(cause: EndCause): void
}

/** With which token, and as whom, to join. */
export interface JoinRequest {
  readonly token: string
  /** Undefined: as the adapter was told, or as before. */
  readonly user: number | string | undefined
  /** Aborted when nobody waits for the join any more. */
  readonly signal: AbortSignal
}

/** What came back when a session was brought back. */
export interface RejoinResult {
  readonly uid: number | string
  /** How many tracks are published again. */
  readonly republished: number
  /** What went wrong with each of the others. */
  readonly failures: readonly unknown[]
}

/**
 * Everything the renewer knows of an SDK. One adapter is one session: one client in one channel.
 * The renewer never calls these from inside a callback of the sink, and bounds every promise in
 * time, so an adapter neither defers nor times anything.
 */
export interface SessionAdapter {
  /** Starts to listen to the SDK. Returns how to stop, after which the sink is not called again. */
  attach(sink: SessionSink): () => void
  link(): LinkState
  /** Hands the SDK a new token for the session it is in. Resolves when the other side took it. */
  renew(token: string): Promise<void>
  /** Joins for the first time. Resolves with the user it is in as. */
  join(request: JoinRequest): Promise<number | string>
  /** Joins again after the token has ended the session, as the same user, and publishes again. */
  rejoin(request: JoinRequest): Promise<RejoinResult>
}
