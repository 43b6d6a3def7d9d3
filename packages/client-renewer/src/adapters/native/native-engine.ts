/** A connection of an engine: a channel and its user. */
export interface NativeConnection {
  channelId?: string
  localUid?: number
}

/** The callbacks of an engine that the renewer uses. */
export interface NativeEventHandler {
  onJoinChannelSuccess?(connection: NativeConnection): void
  onRejoinChannelSuccess?(connection: NativeConnection): void
  onLeaveChannel?(connection: NativeConnection): void
  onConnectionStateChanged?(connection: NativeConnection, state: number, reason: number): void
  /** Its token argument, not used here, is the one that is about to expire. */
  onTokenPrivilegeWillExpire?(connection: NativeConnection): void
  onRequestToken?(connection: NativeConnection): void
  /** Since 4.6.2. */
  onRenewTokenResult?(connection: NativeConnection, token: string, code: number): void
}

/** The part of an engine that reports the events of all its channels. */
export interface NativeEvents {
  registerEventHandler(handler: NativeEventHandler): boolean
  unregisterEventHandler(handler: NativeEventHandler): boolean
}

/**
 * The part of an engine of `react-native-agora` or `agora-electron-sdk` 4.x that the renewer uses for its main
 * channel. It is a structural type: the adapter never imports the SDK.
 */
export interface NativeEngine<Options extends object = object> extends NativeEvents {
  getVersion(): { version?: string }
  getConnectionState(): number
  joinChannel(token: string, channelId: string, uid: number, options: Options): number
  joinChannelWithUserAccount(
    token: string,
    channelId: string,
    userAccount: string,
    options?: Options,
  ): number
  renewToken(token: string): number
  leaveChannel(): number
}

/** The part of an engine that the renewer uses for each additional channel. */
export interface NativeEngineEx<Options extends object = object> extends NativeEvents {
  getConnectionStateEx(connection: NativeConnection): number
  joinChannelEx(token: string, connection: NativeConnection, options: Options): number
  updateChannelMediaOptionsEx(options: { token: string }, connection: NativeConnection): number
  leaveChannelEx(connection: NativeConnection): number
}

/** The states of a connection. @internal */
export const STATE = { disconnected: 1, connected: 3, failed: 5 } as const

/** The reasons for a change of state. @internal */
export const REASON = {
  banned: 3,
  left: 5,
  tokenInvalid: 8,
  tokenExpired: 9,
  sameUser: 19,
} as const

/** The code of a refused join while the engine is in the channel. @internal */
export const ALREADY_IN = -17

/** A call that the engine refused, at once or later. @internal */
export class NativeError extends Error {
  override readonly name = 'NativeError'
  /** The return value of the engine, or the reason that it reported. */
  readonly code: number

  constructor(code: number, what: string) {
    super(`Agora engine: ${what} (${code})`)
    this.code = code
  }
}
