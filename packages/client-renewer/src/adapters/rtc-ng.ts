import { allowFunctions, badOption, requireMembers } from '@rtc-token/client-renewer/wording'
import type {
  EndCause,
  JoinRequest,
  LinkState,
  SessionAdapter,
  SessionSink,
} from '../session-adapter.ts'
import { type EventSource, listenAll } from './shared/listen-all.ts'
import { undoOnAbort } from './shared/on-abort.ts'
import { OwnDoing } from './shared/own-doing.ts'

/**
 * The part of an `agora-rtc-sdk-ng` 4.x client that the renewer uses. It is a structural type: the adapter never
 * imports the SDK.
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
  publish(track: Track, mustBeEnabled?: boolean): Promise<unknown>
  renewToken(token: string): Promise<void>
  on(event: string, listener: (...args: never[]) => void): void
  off(event: string, listener: (...args: never[]) => void): void
}

/** The options of {@link rtcNg}. */
export interface RtcNgOptions<Track extends object> {
  readonly appId: string
  readonly channel: string
  /**
   * The uid, 1 to 4294967295, or the user account to join as. Default: the user in the server's reply, otherwise one
   * that the SDK chooses.
   */
  readonly uid?: number | string | null
  /** Passed to `client.join`. Default: none. */
  readonly joinOptions?: object
  /**
   * Returns the tracks to publish after a rejoin; called again before each of them. Default: the tracks that were
   * published when the SDK lost its session. Set it if users publish and unpublish tracks: the client refuses both
   * while it is out of the channel, so only your app knows which tracks they want.
   */
  readonly tracks?: () => readonly NoInfer<Track>[]
  /**
   * Called before the client joins again, while it is out of the channel. Call `setEncryptionConfig` and
   * `setProxyServer` here, because the SDK has forgotten them. The rejoin waits for it, and fails if it fails. It
   * may wait for the user, and is not called again before it has finished. Default: none.
   */
  readonly beforeRejoin?: () => void | Promise<void>
  /** The time limit of `beforeRejoin`, in milliseconds. Default: no limit. */
  readonly beforeRejoinTimeoutMs?: number
}

/** Reasons of `connection-state-change` and codes of a refused join, by the cause of the end. */
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
 * When a token expires, the SDK forgets the uid and the tracks; the adapter remembers both and restores them. The
 * SDK also forgets `setEncryptionConfig` and `setProxyServer`, which you call again in `beforeRejoin`, and
 * `enableAudioVolumeIndicator`, which you call again on `rejoined`.
 *
 * A second client that shares the screen is another session: give it its own renewer and its own uid.
 *
 * @throws {TypeError} when `client` is not such a client, or `appId` or `channel` is not a string or is empty, or
 *   `tracks` or `beforeRejoin` is not a function; pages built for production do not check, and a wrong value fails
 *   later, where it is used
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
  requireMembers(client, 'function', ['join'], 'client.')
  requireMembers(options, 'string', ['appId', 'channel'])
  allowFunctions(options, ['tracks', 'beforeRejoin'])
  const { appId, channel, beforeRejoin, beforeRejoinTimeoutMs } = options
  const own = new OwnDoing()
  const memory = createMemory(client, options)
  const leave = () => own.during('leaves', () => client.leave())

  return {
    client: () => client,
    scope: () => ({ service: 'rtc', appId, channel, user: memory.uid ?? undefined }),
    attach: (sink) => listen(client, sink, own, memory),
    link: () => LINK_STATES[client.connectionState] ?? 'down',
    renew: (token) => client.renewToken(token),
    join,
    rejoin: (request) =>
      own.during('rejoins', async () => {
        const { callApp = (work) => work() } = request
        try {
          await leaveFirst()
          if (beforeRejoin) await callApp(prepare, beforeRejoinTimeoutMs)
          // Read the token only now: the app may have needed longer than the token was valid.
          return await join({ ...request, user: memory.uid ?? request.user })
        } catch (error) {
          const cause = END_CAUSES[Object(error).code]
          if (cause) memory.sink?.ended(cause)
          throw error
        }
      }),
    republish: memory.republish,
    // Not counted as the adapter's own action: if the renewer still listens, it must know.
    leave: () => client.leave(),
  }

  /**
   * Leaves if the client still tries to reconnect, because the SDK refuses a join unless it is disconnected.
   *
   * @throws {Error} when the user is leaving, or when the app joins by itself
   */
  async function leaveFirst(): Promise<void> {
    const { connectionState: state } = client
    if (state === 'DISCONNECTED') return
    if (state === 'RECONNECTING') {
      memory.note()
      memory.keep()
    } else if (!own.leaves) throw new Error(badOption('client', state))
    await leave()
  }

  function prepare(): Promise<void> {
    return (memory.preparing ??= (async () => beforeRejoin?.())().finally(
      () => (memory.preparing = undefined),
    ))
  }

  // A client that has half joined would refuse the next join.
  function join({ token, user, signal }: JoinRequest): Promise<number | string> {
    return undoOnAbort(signal, leave, async () => {
      const as = user ?? memory.uid
      return (memory.uid = await client.join(appId, channel, token, as, options.joinOptions))
    })
  }
}

function listen(client: EventSource, sink: SessionSink, own: OwnDoing, memory: Memory): () => void {
  memory.begin(sink)
  own.reset()
  const stop = listenAll(client, {
    'token-privilege-will-expire': () => sink.willExpire(),
    'token-privilege-did-expire': () => sink.expired(),
    // The SDK also emits this while it resets itself, before it forgets its tracks.
    'peerconnection-state-change': memory.note,
    'connection-state-change': (state: string, previous: string, reason = '') => {
      if (state !== 'DISCONNECTED') {
        // Not when disconnected: by then, the SDK has forgotten user and tracks.
        // An app that joins by itself also publishes by itself.
        if (previous + state === 'CONNECTINGCONNECTED' && (!own.rejoins || memory.preparing))
          memory.begin(sink)
        memory.note()
        if (state === 'CONNECTED') own.reset()
        // Only leaving ends a pending join like this.
        if (previous + state === 'CONNECTINGDISCONNECTING') own.tellEnd(sink, 'left')
        else sink.linkChanged()
        return
      }
      memory.keep()
      // A failed join rejects by itself, and the reason here is that of the previous end.
      if (previous === 'CONNECTING') sink.linkChanged()
      else if (reason === 'TOKEN_EXPIRE') sink.expired()
      else own.tellEnd(sink, END_CAUSES[reason])
      own.leaves = 0
    },
  })
  return () => {
    memory.sink = undefined
    stop()
  }
}

/** What the adapter remembers about its session, because the SDK forgets user and tracks when a token expires. */
interface Memory {
  uid: number | string | null
  /** The pending call of the app's `beforeRejoin`; never more than one. */
  preparing?: Promise<void> | undefined
  /** The sink, while one is attached. */
  sink?: SessionSink | undefined
  /** Forgets the tracks of the previous session. */
  readonly begin: (sink: SessionSink) => void
  /** Records the user and the published tracks while the SDK still knows them. */
  readonly note: () => void
  /** Keeps the last published tracks for the next `republish`. */
  readonly keep: () => void
  readonly republish: SessionAdapter['republish']
}

function createMemory<Track extends object>(
  client: RtcNgClient<Track>,
  { uid = null, tracks: tracksOfApp }: RtcNgOptions<Track>,
): Memory {
  /** The tracks that were published at the last look. */
  let tracks: readonly Track[] = []
  /** The tracks to publish again. The session may end again before all of them are. */
  let queue = new Set<Track>()
  const list = () => [...(tracksOfApp ? tracksOfApp() : queue)].filter(isOpen)
  const memory: Memory = {
    uid,
    begin(sink) {
      memory.sink = sink
      queue = new Set()
      tracks = []
      memory.note()
    },
    note() {
      memory.uid = client.uid ?? memory.uid
      // While it reconnects, the client may list no tracks.
      const isSure = /^CONNECTED|DISCONNECTING/.test(client.connectionState)
      tracks = [...client.localTracks, ...(waitingTracks(client) ?? (isSure ? [] : tracks))]
    },
    keep() {
      queue = new Set([...tracks, ...queue])
    },
    republish: () =>
      list().map((track) => async (signal) => {
        // The app gets a report on each track and handles it from then on, even on one that ran out of time.
        signal.addEventListener(
          'abort',
          () => client.connectionState === 'DISCONNECTED' || queue.delete(track),
        )
        try {
          if (!list().includes(track)) return false
          // Like the SDK itself: a disabled track is sent as soon as it is enabled.
          return await client.publish(track, Object(track).enabled)
        } finally {
          if (!signal.aborted) queue.delete(track)
        }
      }),
  }
  return memory
}

/**
 * Returns the tracks that the SDK publishes by itself after reconnecting, and does not list meanwhile. There is no
 * other way to notice that one of them was unpublished. `undefined` in versions that store them elsewhere.
 */
function waitingTracks<Track>(client: RtcNgClient<Track & object>): readonly Track[] | undefined {
  return Object(client)['_p2pChannel']?.pendingLocalTracks
}

function isOpen(track: object): boolean {
  return !Object(track)['_isClosed']
}
