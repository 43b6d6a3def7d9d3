import type {
  EndCause,
  JoinRequest,
  LinkState,
  RejoinResult,
  SessionAdapter,
  SessionSink,
} from '../session-adapter.ts'

/**
 * The part of an `agora-rtc-sdk-ng` client that the renewer uses, by shape: the SDK itself is never
 * imported, and any 4.x client fits.
 */
export interface RtcNgClient<Track extends object> {
  readonly connectionState: string
  readonly uid?: number | string
  readonly channelName?: string
  readonly localTracks: readonly Track[]
  join(
    appId: string,
    channel: string,
    token: string | null,
    uid?: number | string | null,
    options?: object,
  ): Promise<number | string>
  leave(): Promise<void>
  publish(track: Track): Promise<unknown>
  renewToken(token: string): Promise<void>
  on(event: string, listener: (...args: never[]) => void): void
  off(event: string, listener: (...args: never[]) => void): void
}

/** What the client cannot be asked for. */
export interface RtcNgOptions<Track extends object> {
  readonly appId: string
  readonly channel: string
  /** As whom to join; default: whom the server names in its reply, else whom the SDK chooses. */
  readonly uid?: number | string | null
  /** Passed on to `client.join`. */
  readonly joinOptions?: object
  /**
   * The tracks that should be published after a rejoin. Default: those that were published when the
   * session was last seen alive.
   */
  readonly tracks?: () => readonly Track[]
}

/** Reasons of `connection-state-change` after which coming back would be wrong. */
const END_CAUSES: Readonly<Record<string, EndCause>> = {
  LEAVE: 'left',
  UID_BANNED: 'banned',
  IP_BANNED: 'banned',
  CHANNEL_BANNED: 'banned',
  UID_CONFLICT: 'conflict',
}

/**
 * Adapts a client of `agora-rtc-sdk-ng` 4.x. Use one adapter and one renewer for each client.
 *
 * The SDK tells of a token's end by `token-privilege-did-expire`, by the reason `TOKEN_EXPIRE` of
 * `connection-state-change`, or by both; it has then forgotten channel, uid and tracks, so these
 * are noted while it still knows them. `setEncryptionConfig`, `setProxyServer` and
 * `enableAudioVolumeIndicator` are forgotten too: apply them again on `rejoined`.
 *
 * @example
 * ```ts
 * const renewer = createRenewer(rtcNg(client, { appId, channel: 'room-42' }), { source })
 * await renewer.join()
 * ```
 */
export function rtcNg<Track extends object>(
  client: RtcNgClient<Track>,
  options: RtcNgOptions<Track>,
): SessionAdapter {
  let uid = options.uid ?? null
  let published: readonly Track[] = []
  // While they are not 0, what the client tells of itself is the adapter's own doing.
  let rejoins = 0
  let leaves = 0

  return { attach, link: () => linkState(client.connectionState), renew, join, rejoin }

  function attach(sink: SessionSink): () => void {
    remember()
    const listeners = {
      'token-privilege-will-expire': () => {
        remember()
        sink.willExpire()
      },
      'token-privilege-did-expire': () => sink.expired(),
      'connection-state-change': (state: string, _: string, reason?: string) => {
        onStateChange(sink, state, reason)
      },
    }
    for (const [event, listener] of Object.entries(listeners)) client.on(event, listener)
    return () => {
      for (const [event, listener] of Object.entries(listeners)) client.off(event, listener)
    }
  }

  function onStateChange(sink: SessionSink, state: string, reason: string | undefined): void {
    // The last two moments at which the SDK still knows what it is about to forget.
    if (state === 'RECONNECTING' || state === 'DISCONNECTING') remember()
    const cause = state === 'DISCONNECTED' && reason ? END_CAUSES[reason] : undefined
    if (cause && !(cause === 'left' && leaves > 0)) sink.ended(cause)
    else if (state === 'DISCONNECTED' && reason === 'TOKEN_EXPIRE') sink.expired()
    else sink.linkChanged()
  }

  function remember(): void {
    if (rejoins > 0) return
    uid = client.uid ?? uid
    published = [...client.localTracks]
  }

  async function renew(token: string): Promise<void> {
    await client.renewToken(token)
  }

  async function join({ token, user, signal }: JoinRequest): Promise<number | string> {
    const { appId, channel, joinOptions } = options
    signal.addEventListener('abort', undo, { once: true })
    try {
      uid = await client.join(appId, channel, token, user ?? uid, joinOptions)
      return uid
    } finally {
      signal.removeEventListener('abort', undo)
    }
  }

  async function rejoin(request: JoinRequest): Promise<RejoinResult> {
    rejoins++
    try {
      // A join is refused unless the client is out, and it may still be trying to reconnect.
      if (client.connectionState !== 'DISCONNECTED') await leave()
      const joinedAs = await join({ ...request, user: uid ?? request.user })
      return { uid: joinedAs, ...(await publishAgain(request.signal)) }
    } finally {
      rejoins--
    }
  }

  // Nobody waits for the join any more; a client that is halfway in would refuse the next one.
  function undo(): void {
    leave().catch(() => {})
  }

  async function leave(): Promise<void> {
    leaves++
    try {
      await client.leave()
    } finally {
      leaves--
    }
  }

  async function publishAgain(signal: AbortSignal) {
    const tracks = options.tracks?.() ?? published
    const failures = signal.aborted ? [] : await publishEach(tracks)
    return { republished: signal.aborted ? 0 : tracks.length - failures.length, failures }
  }

  /** One by one, so that a track that cannot be published does not cost the others. */
  async function publishEach(tracks: readonly Track[]): Promise<unknown[]> {
    const failures: unknown[] = []
    for (const track of tracks) {
      await client.publish(track).catch((error: unknown) => failures.push(error))
    }
    return failures
  }
}

function linkState(connectionState: string): LinkState {
  if (connectionState === 'CONNECTED') return 'online'
  return connectionState === 'CONNECTING' || connectionState === 'RECONNECTING'
    ? 'unsettled'
    : 'down'
}
