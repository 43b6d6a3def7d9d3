import { badOption, requireMembers } from '@rtc-token/client-renewer/wording'
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
  publish(track: Track, mustBeEnabled?: boolean): Promise<unknown>
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
   * The tracks to publish after a rejoin; asked again right before each. Default: those that were published
   * when the SDK lost its session. Set it if users publish and unpublish tracks: the client refuses both
   * while it is out of the channel, so that what a user has wanted then is known to the app only.
   */
  readonly tracks?: () => readonly NoInfer<Track>[]
  /**
   * Called before the client joins again, while it is out of the channel: for `setEncryptionConfig` and
   * `setProxyServer`, which the SDK has forgotten. The rejoin waits for it, and fails if it fails. It may take
   * as long as a person needs, and is not called again before it has ended.
   */
  readonly beforeRejoin?: () => void | Promise<void>
  /** How long the rejoin waits for that, in milliseconds. Default: without end. */
  readonly beforeRejoinTimeoutMs?: number
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
 * @throws {TypeError} except in pages for production, when `client` is no such client, or `appId` or
 *   `channel` is not a string, or empty
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
          // Not before: the app may have taken longer than the token lived.
          return await join({ ...request, user: memory.uid ?? request.user })
        } catch (error) {
          const cause = END_CAUSES[Object(error).code]
          if (cause) memory.sink?.ended(cause)
          throw error
        }
      }),
    republish: memory.republish,
    // Not counted as the adapter's own doing: if the renewer still listens, it has to know.
    leave: () => client.leave(),
  }

  /**
   * The SDK refuses to join unless the client is out, and it may still be trying to reconnect.
   *
   * @throws {Error} when the user is leaving, or when the app has joined by itself or is about to
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

  // A client that is halfway in would refuse the next join.
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
    // Also while the SDK resets itself, and then before it has forgotten its tracks.
    'peerconnection-state-change': memory.note,
    'connection-state-change': (state: string, previous: string, reason = '') => {
      if (state !== 'DISCONNECTED') {
        // Not when disconnected: the SDK has forgotten both by then.
        // The app has joined by itself, and publishes by itself.
        if (previous + state === 'CONNECTINGCONNECTED' && (!own.rejoins || memory.preparing))
          memory.begin(sink)
        memory.note()
        if (state === 'CONNECTED') own.reset()
        // A join under way is ended like this by leaving only.
        if (previous + state === 'CONNECTINGDISCONNECTING') own.tellEnd(sink, 'left')
        else sink.linkChanged()
        return
      }
      memory.keep()
      // A join has failed: it says so itself, and the reason is that of the end before.
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

/** What the adapter remembers of its session. The SDK forgets user and tracks when a token expires. */
interface Memory {
  uid: number | string | null
  /** The call of the app's `beforeRejoin` under way: there are never two. */
  preparing?: Promise<void> | undefined
  /** The sink, while one is attached. */
  sink?: SessionSink | undefined
  /** Forgets the tracks of the session before. */
  readonly begin: (sink: SessionSink) => void
  /** Notes the user and what is published, while the SDK still knows both. */
  readonly note: () => void
  /** Keeps what was published last for the next `republish`. */
  readonly keep: () => void
  readonly republish: SessionAdapter['republish']
}

function createMemory<Track extends object>(
  client: RtcNgClient<Track>,
  { uid = null, tracks: tracksOfApp }: RtcNgOptions<Track>,
): Memory {
  /** What was published when last seen. */
  let tracks: readonly Track[] = []
  /** To be published again. The session may be ended again before all of them are. */
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
      // While it reconnects the client may list nothing.
      const isSure = /^CONNECTED|DISCONNECTING/.test(client.connectionState)
      tracks = [...client.localTracks, ...(waitingTracks(client) ?? (isSure ? [] : tracks))]
    },
    keep() {
      queue = new Set([...tracks, ...queue])
    },
    republish: () =>
      list().map((track) => async (signal) => {
        // What the app is told of is its own affair from then on. When its time is up, it is told as well.
        signal.addEventListener(
          'abort',
          () => client.connectionState === 'DISCONNECTED' || queue.delete(track),
        )
        try {
          if (!list().includes(track)) return false
          // As the SDK itself does it: a disabled track is on the air once it is enabled.
          return await client.publish(track, Object(track).enabled)
        } finally {
          if (!signal.aborted) queue.delete(track)
        }
      }),
  }
  return memory
}

/**
 * What the SDK publishes by itself when it is back in the channel, and does not list meanwhile. There is no
 * other way to notice that a track is taken out then. Undefined with versions that have it elsewhere.
 */
function waitingTracks<Track>(client: RtcNgClient<Track & object>): readonly Track[] | undefined {
  return Object(client)['_p2pChannel']?.pendingLocalTracks
}

function isOpen(track: object): boolean {
  return !Object(track)['_isClosed']
}
