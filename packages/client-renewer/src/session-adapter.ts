/**
 * How the SDK stands to the channel. `online`: in it. `unsettled`: on the way, or cut off and not
 * given up. `down`: out of it.
 */
export type LinkState = 'online' | 'unsettled' | 'down'

/**
 * Why a session is over for good, so that the renewer must not bring it back: the user left, was
 * banned, joined elsewhere with the same uid, or the SDK gave up for some other reason.
 */
export type EndCause = 'left' | 'banned' | 'conflict' | 'lost'

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
  /** Aborted when nobody waits for the join any more: undo it. */
  readonly signal: AbortSignal
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
  /** Joins again, as the same user, after the token has ended the session. */
  rejoin(request: JoinRequest): Promise<number | string>
  /** What has to be published again after a rejoin: a function for each track. */
  republish(): readonly (() => Promise<unknown>)[]
  leave(): Promise<void>
}
