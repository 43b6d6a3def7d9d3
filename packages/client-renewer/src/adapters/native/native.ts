import { requireMembers } from '@rtc-token/client-renewer/wording'
import type { SessionAdapter } from '../../session-adapter.ts'
import type { NativeConnection, NativeEngine, NativeEngineEx } from './native-engine.ts'
import { nativeSession } from './native-session.ts'

export type {
  NativeConnection,
  NativeEngine,
  NativeEngineEx,
  NativeEventHandler,
  NativeEvents,
} from './native-engine.ts'

/** What the adapter cannot ask the engine for. */
export interface NativeOptions<Options extends object = object> {
  readonly channelId: string
  /** The user to join as. Default: the one that the server names in its reply, else one that the SDK chooses. */
  readonly uid?: number
  /** The user to join as, for an app whose users have accounts. */
  readonly userAccount?: string
  /** Returns what to publish and to subscribe to: `ChannelMediaOptions`. Called whenever the channel is joined. */
  readonly options: () => Options
}

/** What the adapter cannot ask the engine for about a further channel. */
export interface NativeExOptions<Options extends object = object> {
  readonly connection: { readonly channelId: string; readonly localUid: number }
  /** Returns what to publish and to subscribe to: `ChannelMediaOptions`. Called whenever the channel is joined. */
  readonly options: () => Options
}

/**
 * Adapts the main channel of an engine of `react-native-agora` or `agora-electron-sdk` 4.x, initialised
 * by `initialize`. Use one adapter and one renewer for each channel.
 *
 * After its token has expired, the engine is first brought back by `renewToken`, as the SDK recommends, and
 * if that is refused, by leaving and joining. Leaving the main channel leaves the further ones too: their
 * own renewers then report that they were left. If the app joins by itself and is in the channel more than
 * once, set `uid`: the engine tells every handler about all of its connections.
 *
 * Give `createRenewer` a lifecycle from `reactNativeLifecycle` on React Native.
 *
 * @throws {TypeError} when `engine`, `channelId` or `options` is invalid, or when both users are given
 * @example
 * ```ts
 * const options = () => ({ publishMicrophoneTrack: true, publishCameraTrack: true })
 * const renewer = createRenewer(native(engine, { channelId: 'room-42', uid: 7, options }), { source })
 * await renewer.join()
 * ```
 */
export function native<Options extends object>(
  engine: NativeEngine<Options>,
  settings: NativeOptions<NoInfer<Options>>,
): SessionAdapter {
  requireMembers(engine, 'function', ['joinChannel'], 'engine.')
  requireMembers(settings, 'string', ['channelId'])
  requireMembers(settings, 'function', ['options'])
  const { channelId, uid, userAccount, options } = settings
  if (uid !== undefined && userAccount !== undefined) {
    throw new TypeError('uid, userAccount: one of them expected, got both')
  }
  return nativeSession(engine, {
    client: engine,
    channelId,
    user: userAccount ?? uid,
    tellsOfRenewal: () => tellsOfRenewal(engine),
    state: () => engine.getConnectionState(),
    join: (token, user) =>
      typeof user === 'string'
        ? engine.joinChannelWithUserAccount(token, channelId, user, options())
        : engine.joinChannel(token, channelId, user, options()),
    renew: (token) => engine.renewToken(token),
    leave: () => engine.leaveChannel(),
  })
}

/**
 * Adapts one of the further channels of such an engine, as joined by `joinChannelEx`: a second room, or a
 * screen share with a uid of its own. `renewToken` does not work for these: a new token is handed over in
 * the media options of the channel.
 *
 * @throws {TypeError} when `engine`, `connection` or `options` is invalid
 * @example
 * ```ts
 * const connection = { channelId: 'room-42', localUid: 1007 }
 * const options = () => ({ publishScreenCaptureVideo: true })
 * const renewer = createRenewer(nativeEx(engine, { connection, options }), { source })
 * ```
 */
export function nativeEx<Options extends object>(
  engine: NativeEngineEx<Options>,
  settings: NativeExOptions<NoInfer<Options>>,
): SessionAdapter {
  requireMembers(engine, 'function', ['joinChannelEx'], 'engine.')
  requireMembers(settings?.connection, 'string', ['channelId'], 'connection.')
  requireMembers(settings, 'function', ['options'])
  const { connection, options } = settings
  const { channelId, localUid } = connection
  if (!(localUid > 0)) throw new TypeError(`connection.localUid: a uid expected, got ${localUid}`)
  return nativeSession(engine, {
    client: sameConnection(engine, connection),
    channelId,
    user: localUid,
    // The engine tells that only for `renewToken`.
    tellsOfRenewal: () => false,
    state: () => engine.getConnectionStateEx(connection),
    join: (token) => engine.joinChannelEx(token, connection, options()),
    renew: (token) => engine.updateChannelMediaOptionsEx({ token }, connection),
    leave: () => engine.leaveChannelEx(connection),
  })
}

const CONNECTIONS = new WeakMap<object, Map<string, object>>()

/** The object that stands for a connection, which apps write anew for each adapter: an engine goes by what is in it. */
function sameConnection(engine: object, { channelId, localUid }: NativeConnection): object {
  const key = `${localUid} ${channelId}`
  const known = CONNECTIONS.get(engine) ?? new Map<string, object>()
  CONNECTIONS.set(engine, known.set(key, known.get(key) ?? {}))
  return known.get(key)!
}

/** Since version 4.6.2 the engine tells what has become of a token. */
function tellsOfRenewal(engine: NativeEngine): boolean {
  const [major = 0, minor = 0, patch = 0] = (engine.getVersion().version ?? '')
    .split('.')
    .map((part) => Number.parseInt(part, 10))
  return major * 10_000 + minor * 100 + patch >= 40_602
}
