import { allowFunctions, requireMembers } from '@rtc-token/client-renewer/wording'
import type { SessionAdapter } from '../../session-adapter.ts'
import type { RtmClient } from './rtm-client.ts'
import { INVALID_TOKEN, TOKEN_EXPIRED } from './rtm-error.ts'
import { rtmSession } from './rtm-session.ts'

export type { RtmClient } from './rtm-client.ts'

/** The options of {@link rtm}. */
export interface RtmOptions {
  /** The user that you created the client for. */
  readonly userId: string
  /** Whether your app has logged in by itself and will call `renewer.start`. Default: `false`. */
  readonly isLoggedIn?: boolean
}

/** The part of a stream channel that the renewer uses. */
export interface RtmStreamChannel {
  join(options: { token: string }): Promise<unknown>
  leave(): Promise<unknown>
}

/** The options of {@link rtmStream}. */
export interface RtmStreamOptions {
  readonly channelName: string
  /** The user that you created the client for. Default: the user in the server's reply. */
  readonly userId?: string
  /** Passed to `channel.join`, with the token. Default: none. */
  readonly joinOptions?: object
  /**
   * Called after a rejoin. Join the topics and subscribe to them again here, because the channel has forgotten
   * them. If it rejects, `republished` reports the error. Default: the notice RESUBSCRIBE_NEEDED.
   */
  readonly onRejoined?: () => unknown
  /** Whether your app has joined by itself and will call `renewer.start`. Default: `false`. */
  readonly isJoined?: boolean
}

/**
 * Adapts the login of a client of `agora-rtm-sdk`, `agora-rtm` or `agora-react-native-rtm` 2.x. Use one adapter and one
 * renewer for each client. `join` calls its `login`, `leave` its `logout`.
 *
 * When the token has expired, it logs in again and emits the notice RESUBSCRIBE_NEEDED: subscribe to your channels
 * again. It emits the same notice when the service did not keep the session through a lost connection, and
 * PERMISSION_REVOKED when a new token grants less than the last one. React Native's client cannot remove listeners:
 * one inactive set for each client stays behind.
 *
 * @throws {TypeError} when `client` is not such a client, or `userId` is not a string or is empty; pages built for
 *   production do not check, and a wrong value fails later, where it is used
 * @example
 * ```ts
 * const renewer = createRenewer(rtm(client, { userId: 'anna' }), { source })
 * await renewer.join()
 * ```
 */
export function rtm(client: RtmClient, options: RtmOptions): SessionAdapter {
  requireMembers(client, 'function', ['login'], 'client.')
  requireMembers(options, 'string', ['userId'])
  const { userId, isLoggedIn = false } = options
  return rtmSession(client, {
    client,
    scope: { service: 'rtm', user: userId },
    isUp: isLoggedIn,
    enter: (token) => client.login({ token }),
    // No second argument, because React Native refuses an empty one.
    renew: (token) => client.renewToken(token),
    exit: () => client.logout(),
    isMine: ({ isStream }) => !isStream,
    expired: [TOKEN_EXPIRED],
    restore: undefined,
  })
}

/**
 * Adapts a stream channel, which has its own token, one for RTC. Use one adapter and one renewer for each channel, in
 * addition to those of the client.
 *
 * In a browser, the SDK leaves by itself after twenty minutes without a connection, and reports that the user left.
 * It reports every end except an expired token as a ban.
 *
 * @throws {TypeError} when `client` or `channel` is not one of this SDK, or `channelName` is not a string or is empty,
 *   or `onRejoined` is not a function; pages built for production do not check, and a wrong value fails later, where
 *   it is used
 * @example
 * ```ts
 * const channel = client.createStreamChannel('room-42')
 * const adapter = rtmStream(client, channel, {
 *   channelName: 'room-42',
 *   onRejoined: () => channel.joinTopic('chat'),
 * })
 * ```
 */
export function rtmStream(
  client: RtmClient,
  channel: RtmStreamChannel,
  options: RtmStreamOptions,
): SessionAdapter {
  requireMembers(client, 'function', ['login'], 'client.')
  requireMembers(channel, 'function', ['join'], 'channel.')
  requireMembers(options, 'string', ['channelName'])
  allowFunctions(options, ['onRejoined'])
  const { channelName, userId, joinOptions, onRejoined, isJoined = false } = options
  return rtmSession(client, {
    client: channel,
    scope: { service: 'rtm-stream', channel: channelName, user: userId },
    isUp: isJoined,
    enter: (token) => channel.join({ ...joinOptions, token }),
    renew: (token) => client.renewToken(token, { channelName }),
    exit: () => channel.leave(),
    isMine: ({ isStream, channels }) => isStream && channels.includes(channelName),
    // The SDK refuses an expired token like an invalid one.
    expired: [TOKEN_EXPIRED, INVALID_TOKEN],
    restore: onRejoined,
  })
}
