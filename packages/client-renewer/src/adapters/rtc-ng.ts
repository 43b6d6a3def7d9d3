import type {
  EndCause,
  JoinRequest,
  LinkState,
  SessionAdapter,
  SessionSink,
} from '../session-adapter.ts'
import { listenAll } from './shared/listen-all.ts'
import { notWanted, undoOnAbort } from './shared/on-abort.ts'

/**
 * The part of an `agora-rtc-sdk-ng` client that the renewer uses, by shape: the SDK itself is never
 * imported, and any 4.x client fits.
 */
export interface RtcNgClient<Track extends object> {
  readonly connectionState: string
  readonly uid?: number | string
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

/** What the adapter cannot ask the client for. */
export interface RtcNgOptions<Track extends object> {
  readonly appId: string
  readonly channel: string
  /** The user to join as. Default: the one that the server names in its reply, else one that the SDK chooses. */
  readonly uid?: number | string | null
  /** Passed to `client.join`. */
  readonly joinOptions?: object
  /**
   * The tracks to publish after a rejoin. Default: those that were published when the session was last
   * seen alive, which may be before a line drop. Set it if users switch tracks on and off: the SDK does
   * not tell of that.
   */
  readonly tracks?: () => readonly Track[]
  /**
   * Called before the client joins again, while it is out of the channel: for `setEncryptionConfig` and
   * `setProxyServer`, which the SDK has forgotten. The rejoin waits for it, and fails if it fails.
   */
  readonly beforeRejoin?: () => void | Promise<void>
}

/** Reasons of `connection-state-change`, and codes of a refused join, that say who ended the session. */
const END_CAUSES: Readonly<Record<string, EndCause>> = {
  LEAVE: 'left',
  UID_BANNED: 'banned',
  IP_BANNED: 'banned',
  CHANNEL_BANNED: 'banned',
  UID_CONFLICT: 'conflict',
}

const LINK_STATES: Readonly<Record<string, LinkState>> = {
  CONNECTED: 'online',
  CONNECTING: 'unsettled',
  RECONNECTING: 'unsettled',
}

/**
 * Adapts a client of `agora-rtc-sdk-ng` 4.x. Use one adapter and one renewer for each client.
 *
 * When a token expires, the SDK says so by `token-privilege-did-expire`, by the reason `TOKEN_EXPIRE` of
 * `connection-state-change`, or by both. It has then forgotten the uid and the tracks, so the adapter
 * notes them while it still knows them. It has also forgotten `setEncryptionConfig` and `setProxyServer`:
 * apply them again in `beforeRejoin`; and `enableAudioVolumeIndicator`: call it again on `rejoined`.
 *
 * A second client that shares the screen is another session: give it a renewer and a uid of its own.
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
  // One closure, and not OwnDoing: this adapter is in the bundle of nearly every page. See session-manager.ts.
  const { appId, channel } = options
  let uid = options.uid ?? null
  /** Published when the session was last seen alive. */
  let tracks: readonly Track[] = []
  /** Not published again yet. The session may be ended again before all of them are. */
  let queue: readonly Track[] = []
  let sink: SessionSink | undefined
  // While they are not 0, what the client tells may be a consequence of what the adapter does.
  let rejoins = 0
  let leaves = 0

  return {
    scope: () => ({ service: 'rtc', appId, channel, user: uid ?? undefined }),
    attach,
    link: () => LINK_STATES[client.connectionState] ?? 'down',
    renew: (token) => client.renewToken(token),
    join,
    rejoin,
    republish,
    // Not counted as the adapter's own doing: if the renewer still listens, it has to know.
    leave: () => client.leave(),
  }

  function attach(to: SessionSink): () => void {
    sink = to
    remember()
    const stop = listenAll(client, {
      'token-privilege-will-expire': () => to.willExpire(),
      'token-privilege-did-expire': () => to.expired(),
      'connection-state-change': onStateChange,
    })
    return () => {
      sink = undefined
      stop()
    }
  }

  function onStateChange(state: string, _: string, reason = ''): void {
    const cause = END_CAUSES[reason]
    // The adapter itself leaves before it joins again, and a join that fails ends in DISCONNECTED.
    const isOwnDoing = cause === 'left' ? leaves > 0 : !cause && rejoins > 0
    if (state !== 'DISCONNECTED') {
      // Not when disconnected: the SDK has forgotten both by then.
      remember()
      sink?.linkChanged()
    } else if (reason === 'TOKEN_EXPIRE') sink?.expired()
    else if (!isOwnDoing) sink?.ended(cause ?? 'lost')
  }

  function remember(): void {
    uid = client.uid ?? uid
    tracks = [...new Set([...client.localTracks, ...queue])]
  }

  // A client that is halfway in would refuse the next join.
  async function join({ token, user, signal }: JoinRequest): Promise<number | string> {
    return undoOnAbort(
      signal,
      leave,
      async () =>
        (uid = await client.join(appId, channel, token, user ?? uid, options.joinOptions)),
    )
  }

  async function rejoin(request: JoinRequest): Promise<number | string> {
    rejoins++
    queue = tracks
    try {
      await makeLeave()
      await options.beforeRejoin?.()
      return await join({ ...request, user: uid ?? request.user })
    } catch (error) {
      const { code = '' }: { code?: string } = Object(error)
      const cause = END_CAUSES[code]
      if (cause) sink?.ended(cause)
      throw error
    } finally {
      rejoins--
    }
  }

  /** The SDK refuses to join unless the client is out, and it may still be trying to reconnect. */
  async function makeLeave(): Promise<void> {
    const state = client.connectionState
    if (state === 'DISCONNECTED') return
    if (state === 'DISCONNECTING' && !leaves) throw notWanted()
    await leave()
  }

  async function leave(): Promise<void> {
    leaves++
    try {
      await client.leave()
    } finally {
      leaves--
    }
  }

  function republish(): readonly (() => Promise<unknown>)[] {
    queue = options.tracks?.() ?? queue
    return queue.map((track) => async () => {
      await client.publish(track)
      queue = queue.filter((other) => other !== track)
    })
  }
}
