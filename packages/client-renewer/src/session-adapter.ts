/**
 * The connection of the SDK to its channel. `online`: in the channel. `unsettled`: joining, or cut off and
 * reconnecting. `down`: out of the channel.
 */
export type LinkState = 'online' | 'unsettled' | 'down'

/**
 * Why a session is over for good, so that the renewer must not bring it back. `left`: the user left.
 * `banned`: the user was banned. `conflict`: the same uid joined elsewhere. `lost`: the SDK gave up for
 * another reason.
 */
export type EndCause = 'left' | 'banned' | 'conflict' | 'lost'

/** What the tokens of a session have to be for. */
export interface TokenScope {
  /** `rtm-stream` is a stream channel of RTM: its token is one for `rtc`, given to the RTM client. */
  readonly service: 'rtc' | 'rtm' | 'rtm-stream' | 'chat'
  /** If known, a token of another project is refused before the SDK gets it. */
  readonly appId?: string | undefined
  /** For `rtc` and `rtm-stream`. */
  readonly channel?: string | undefined
  /** Undefined if not known: before the first join the server may still choose a user. */
  readonly user?: number | string | undefined
}

/** Something that the app may want to know and that the renewer cannot change. */
export interface Notice {
  /** What it is about. Part of the API. */
  readonly code:
    | 'PERMISSION_REVOKED'
    | 'CLOCK_SKEW'
    | 'LIFE_UNKNOWN'
    | 'LIFE_CUT'
    | 'RESUBSCRIBE_NEEDED'
    | 'TAKEN_OVER'
  /** For people. Never contains a token. */
  readonly message: string
}

/** What an adapter tells the renewer. Its members may be called within callbacks of the SDK. */
export interface SessionSink {
  /** The SDK says that the token in use is about to end. */
  willExpire(): void
  /** The token in use has expired, which has ended the session. May be told more than once. */
  expired(): void
  /** {@link SessionAdapter.link} may return something else now. */
  linkChanged(): void
  /** The session is over for another reason than its token. */
  ended(cause: EndCause): void
  /** Passes a notice to the app. */
  notice(notice: Notice): void
}

/** The token and the user to join with. */
export interface JoinRequest {
  /** Read it after `callApp`, which may have brought another one. */
  readonly token: string
  /** Undefined: the user of the adapter's options, or the same as before. */
  readonly user: number | string | undefined
  /** Aborted when the renewer no longer waits for the join, which then has to be undone. */
  readonly signal: AbortSignal
  /**
   * Waits for something that is the app's to do, which the time limit of the rejoin is not for. If the token
   * has grown old meanwhile, `token` is another one afterwards. Absent from a first join.
   *
   * @param limitMs - how long to wait, in milliseconds. Default: without end
   */
  readonly callApp?: <T>(work: () => Promise<T>, limitMs?: number) => Promise<T>
}

/**
 * Everything that the renewer knows of an SDK. One adapter is one session: one client in one channel. The
 * renewer never calls an adapter within a call of the sink, and sets a time limit to every promise, so an
 * adapter neither defers anything nor sets timers.
 */
export interface SessionAdapter {
  /**
   * What can be in one session at a time, such as the client of the SDK. Adapters that have it in common wait
   * for each other. Default: the adapter itself.
   */
  client?(): object
  /** What the tokens of the session have to be for. */
  scope(): TokenScope
  /** Milliseconds that a call into this SDK may need, if the renewer's default of ten seconds is too short. */
  readonly sdkTimeoutMs?: number
  /** Starts to listen to the SDK. Returns how to stop, after which the sink must not be called again. */
  attach(sink: SessionSink): () => void
  link(): LinkState
  /** Hands the SDK a new token for the session that it is in. Resolves when the service has taken it. */
  renew(token: string): Promise<void>
  /** Joins for the first time. Resolves with the user it has joined as. */
  join(request: JoinRequest): Promise<number | string>
  /**
   * Whether a join was refused because its token has expired, so that another token may help. Default:
   * whether the error's code, message or `data.desc` says "expire" or "token timeout".
   */
  isExpired?(error: unknown): boolean
  /** Joins again as the same user, after the token has ended the session. */
  rejoin(request: JoinRequest): Promise<number | string>
  /**
   * Returns what has to be published again after a rejoin: a function for each track. It resolves with false
   * if the track is no longer wanted; its signal is aborted when the renewer no longer waits for it.
   */
  republish(): readonly ((signal: AbortSignal) => Promise<unknown>)[]
  leave(): Promise<void>
}
