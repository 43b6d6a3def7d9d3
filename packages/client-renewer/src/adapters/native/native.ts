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

/** The options of {@link native}. */
export interface NativeOptions<Options extends object = object> {
  readonly channelId: string
  /** The uid to join as, 1 to 4294967295. Default: the user in the server's reply, otherwise one that the SDK chooses. */
  readonly uid?: number
  /** The user account to join as. At most one of `uid` and `userAccount`. Default: see `uid`. */
  readonly userAccount?: string
  /** Returns the `ChannelMediaOptions`: what to publish and subscribe to. Called for each join. */
  readonly options: () => Options
}

/** The options of {@link nativeEx}. */
export interface NativeExOptions<Options extends object = object> {
  /** The channel, and the uid to join as, 1 to 4294967295. */
  readonly connection: { readonly channelId: string; readonly localUid: number }
  /** Returns the `ChannelMediaOptions`: what to publish and subscribe to. Called for each join. */
  readonly options: () => Options
}

/**
 * Adapts the main channel of an engine of `react-native-agora` or `agora-electron-sdk` 4.x. Call `initialize` first.
 * Use one adapter and one renewer for each channel.
 *
 * When the token has expired, the adapter first calls `renewToken`, as the SDK recommends; if the SDK refuses that,
 * it leaves and joins again. Leaving the main channel also leaves the additional ones, and their renewers report
 * that they were left. If your app joins by itself and is in the channel more than once, set `uid`, because the
 * engine reports events of all its connections.
 *
 * On React Native, pass a lifecycle from `reactNativeLifecycle` to `createRenewer`.
 *
 * @throws {TypeError} when `engine`, `channelId` or `options` is invalid, or when you pass both users
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
 * Adapts an additional channel of such an engine, joined by `joinChannelEx`: a second room, or a screen share with its
 * own uid. `renewToken` does not work there, so the adapter passes a new token in the media options of the channel.
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
    // The engine reports that only for `renewToken`.
    tellsOfRenewal: () => false,
    state: () => engine.getConnectionStateEx(connection),
    join: (token) => engine.joinChannelEx(token, connection, options()),
    renew: (token) => engine.updateChannelMediaOptionsEx({ token }, connection),
    leave: () => engine.leaveChannelEx(connection),
  })
}

const CONNECTIONS = new WeakMap<object, Map<string, object>>()

/** Returns one object for all equal connections, because an engine compares them by value, not by identity. */
function sameConnection(engine: object, { channelId, localUid }: NativeConnection): object {
  const key = `${localUid} ${channelId}`
  const known = CONNECTIONS.get(engine) ?? new Map<string, object>()
  CONNECTIONS.set(engine, known.set(key, known.get(key) ?? {}))
  return known.get(key)!
}

/** Checks whether the engine reports the outcome of a renewal, as it does since 4.6.2. */
function tellsOfRenewal(engine: NativeEngine): boolean {
  const [major = 0, minor = 0, patch = 0] = (engine.getVersion().version ?? '')
    .split('.')
    .map((part) => Number.parseInt(part, 10))
  return major * 10_000 + minor * 100 + patch >= 40_602
}
