/**
 * The SDK's connection to its channel. `online`: in the channel. `unsettled`: joining or reconnecting. `down`: out
 * of the channel.
 */
export type LinkState = 'online' | 'unsettled' | 'down'

/**
 * Why a session is over, so that the renewer does not bring it back. `left`: the user left. `banned`: the user was
 * banned. `conflict`: the same uid joined elsewhere. `lost`: the SDK gave up for another reason.
 */
export type EndCause = 'left' | 'banned' | 'conflict' | 'lost'

/** The session that needs a token. */
export interface TokenScope {
  /** `rtm-stream` is a stream channel of RTM: its client joins with a token for `rtc`. */
  readonly service: 'rtc' | 'rtm' | 'rtm-stream' | 'chat'
  /** If known, the renewer refuses tokens of other projects. */
  readonly appId?: string | undefined
  /** For `rtc` and `rtm-stream`. */
  readonly channel?: string | undefined
  /** `undefined` if unknown: the server can still choose a user before the first join. */
  readonly user?: number | string | undefined
}

/** Something that the renewer noticed but cannot change. */
export interface Notice {
  /**
   * PERMISSION_REVOKED: the new RTM token may no longer read some channels. CLOCK_SKEW: the clocks of device and
   * server differ by more than a minute. LIFE_UNKNOWN: neither the source nor the token tells the lifetime.
   * LIFE_CUT: the token claims more than 24 hours. RESUBSCRIBE_NEEDED: the RTM login or stream channel is a new one;
   * subscribe again. TAKEN_OVER: two renewers share the client, and the later one took over.
   */
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

/** What an adapter reports to the renewer. It may call these methods inside callbacks of the SDK. */
export interface SessionSink {
  /** The SDK warns that the token is about to expire. */
  willExpire(): void
  /** The token has expired and ended the session. May be called repeatedly. */
  expired(): void
  /** The result of {@link SessionAdapter.link} may have changed. */
  linkChanged(): void
  /** The session is over, not because of its token. */
  ended(cause: EndCause): void
  /** Passes a notice to the app. */
  notice(notice: Notice): void
}

/** The token and the user to join with. */
export interface JoinRequest {
  /** Read it after `callApp`, which may replace it. */
  readonly token: string
  /** `undefined`: the user of the adapter's options, or the same as before. */
  readonly user: number | string | undefined
  /** Aborted when the renewer no longer waits for the join. Undo the join then. */
  readonly signal: AbortSignal
  /**
   * Waits for work of the app, which does not count towards the time limit of the rejoin. If the token gets too
   * old meanwhile, `token` is a new one afterwards. Absent on a first join.
   *
   * @param limitMs - how long to wait, in milliseconds; default: no limit
   */
  readonly callApp?: <T>(work: () => Promise<T>, limitMs?: number) => Promise<T>
}

/**
 * Connects the renewer to an SDK. One adapter is one session: one client in one channel. The renewer never calls
 * an adapter inside a call of the sink, and limits the time of every promise, so an adapter need not defer calls
 * or set timers.
 */
export interface SessionAdapter {
  /**
   * Returns the object that can be in only one session at a time, such as the SDK's client. Renewers with the same
   * object wait for each other. Default: the adapter itself.
   */
  client?(): object
  /** Returns the session that needs tokens. */
  scope(): TokenScope
  /** The least time limit of a call into this SDK, in milliseconds, if ten seconds are too short. */
  readonly sdkTimeoutMs?: number
  /** Listens to the SDK. Returns a function that stops listening; the adapter must not call the sink afterwards. */
  attach(sink: SessionSink): () => void
  link(): LinkState
  /** Hands the SDK a new token for its current session. Resolves when the service has accepted it. */
  renew(token: string): Promise<void>
  /** Joins for the first time. Resolves with the user that joined. */
  join(request: JoinRequest): Promise<number | string>
  /**
   * Checks whether a join was refused because the token has expired, so that another token may help. Default: the
   * code, the message or `data.desc` of the error contains "expire" or "token timeout".
   */
  isExpired?(error: unknown): boolean
  /** Joins again as the same user after the token has expired. */
  rejoin(request: JoinRequest): Promise<number | string>
  /**
   * Returns a function for each track to publish again after a rejoin. The function resolves with `false` if the
   * track is no longer wanted; its signal is aborted when the renewer no longer waits.
   */
  republish(): readonly ((signal: AbortSignal) => Promise<unknown>)[]
  leave(): Promise<void>
}
