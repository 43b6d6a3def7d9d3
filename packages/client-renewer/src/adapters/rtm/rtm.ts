import { requireMembers } from '@rtc-token/client-renewer/wording'
import type { SessionAdapter } from '../../session-adapter.ts'
import type { RtmClient } from './rtm-client.ts'
import { INVALID_TOKEN, TOKEN_EXPIRED } from './rtm-error.ts'
import { rtmSession } from './rtm-session.ts'

export type { RtmClient } from './rtm-client.ts'

/** What the adapter cannot ask the client for. */
export interface RtmOptions {
  /** The user that the client was created for. */
  readonly userId: string
  /** Whether the app has logged in by itself and will call `renewer.start`. Default false. */
  readonly isLoggedIn?: boolean
}

/** The part of a stream channel of such a client that the renewer uses. */
export interface RtmStreamChannel {
  join(options: { token: string }): Promise<unknown>
  leave(): Promise<unknown>
}

/** What the adapter cannot ask the channel for. */
export interface RtmStreamOptions {
  readonly channelName: string
  /** The user that the client was created for. */
  readonly userId?: string
  /** Passed to `channel.join`, with the token. */
  readonly joinOptions?: object
  /**
   * Called after a rejoin: the channel has forgotten its topics, so join them and subscribe to them again.
   * If it rejects, `republished` says so. Default: the notice RESUBSCRIBE_NEEDED.
   */
  readonly onRejoined?: () => unknown
  /** Whether the app has joined by itself and will call `renewer.start`. Default false. */
  readonly isJoined?: boolean
}

/**
 * Adapts the login of a client of `agora-rtm-sdk`, `agora-rtm` or `agora-react-native-rtm` 2.x. Use one
 * adapter and one renewer for each client. Joining is its `login`, leaving its `logout`.
 *
 * After its token has expired it logs in again, and says by the notice RESUBSCRIBE_NEEDED that the app has to
 * subscribe to its channels again; so it does after a line drop that the service did not bridge. When a new
 * token permits less than the one before, the notice is PERMISSION_REVOKED. React Native's client cannot
 * remove a listener: one set for each client stays behind and does nothing.
 *
 * @throws {TypeError} except in pages for production, when `client` is no such client, or `userId` is not a
 *   string, or empty
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
    // Without a second argument, because React Native refuses an empty one.
    renew: (token) => client.renewToken(token),
    exit: () => client.logout(),
    isMine: ({ isStream }) => !isStream,
    expired: [TOKEN_EXPIRED],
    restore: undefined,
  })
}

/**
 * Adapts a stream channel, which has a token of its own: one for RTC. Use one adapter and one renewer for
 * each channel, beside those of the client.
 *
 * In a browser the SDK leaves by itself after twenty minutes without a connection, and says that the user has
 * left. It calls every end except that of a token a ban.
 *
 * @throws {TypeError} except in pages for production, when `client` or `channel` is not one of this SDK, or
 *   `channelName` is not a string, or is empty
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
  const { channelName, userId, joinOptions, onRejoined, isJoined = false } = options
  return rtmSession(client, {
    client: channel,
    scope: { service: 'rtm-stream', channel: channelName, user: userId },
    isUp: isJoined,
    enter: (token) => channel.join({ ...joinOptions, token }),
    renew: (token) => client.renewToken(token, { channelName }),
    exit: () => channel.leave(),
    isMine: ({ isStream, channels }) => isStream && channels.includes(channelName),
    // A join with an expired token is refused as if the token were invalid.
    expired: [TOKEN_EXPIRED, INVALID_TOKEN],
    restore: onRejoined,
  })
}
