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

/** What a session needs its tokens to be for. */
export interface TokenScope {
  /** `rtm-stream` is a stream channel of RTM: a token for `rtc`, handed to the RTM client. */
  readonly service: 'rtc' | 'rtm' | 'rtm-stream' | 'chat'
  /** Where known: a token of another project is refused before the SDK gets it. */
  readonly appId?: string | undefined
  /** Of `rtc` and `rtm-stream`. */
  readonly channel?: string | undefined
  /** Where known: before the first join the server may still choose. */
  readonly user?: number | string | undefined
}

/** Something an app may want to know and the renewer can do nothing about. */
export interface Notice {
  /** What it is, for programs. */
  readonly code:
    | 'PERMISSION_REVOKED'
    | 'CLOCK_SKEW'
    | 'LIFE_UNKNOWN'
    | 'LIFE_CUT'
    | 'RESUBSCRIBE_NEEDED'
  /** For people. Never holds a token. */
  readonly message: string
}

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
  /** For the app to know. */
  notice(notice: Notice): void
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
  /** What the session needs its tokens to be for. */
  scope(): TokenScope
  /** Milliseconds that a call into this SDK needs in the worst case, when the renewer's default is too short. */
  readonly sdkTimeoutMs?: number
  /** Starts to listen to the SDK. Returns how to stop, after which the sink is not called again. */
  attach(sink: SessionSink): () => void
  link(): LinkState
  /** Hands the SDK a new token for the session it is in. Resolves when the other side took it. */
  renew(token: string): Promise<void>
  /** Joins for the first time. Resolves with the user it is in as. */
  join(request: JoinRequest): Promise<number | string>
  /**
   * Whether a join was refused because its token has ended: then it is worth another token. Default:
   * whether the error's code, message or `data.desc` says "expire" or "token timeout".
   */
  isExpired?(error: unknown): boolean
  /** Joins again, as the same user, after the token has ended the session. */
  rejoin(request: JoinRequest): Promise<number | string>
  /** What has to be published again after a rejoin: a function for each track. */
  republish(): readonly (() => Promise<unknown>)[]
  leave(): Promise<void>
}
