import { stopped } from '../errors.ts'
import { requireMembers } from '@rtc-token/client-renewer/wording'
import type {
  EndCause,
  JoinRequest,
  LinkState,
  SessionAdapter,
  SessionSink,
} from '../session-adapter.ts'
import { undoOnAbort } from './shared/on-abort.ts'

/** The callbacks of a client that the renewer uses. */
export interface ChatNativeListener {
  onConnected?(): void
  onDisconnected?(): void
  onTokenWillExpire?(): void
  onTokenDidExpire?(): void
  onAppActiveNumberReachLimit?(): void
  onUserDidLoginFromOtherDevice?(deviceName?: string): void
  onUserDidRemoveFromServer?(): void
  onUserDidForbidByServer?(): void
  onUserDidChangePassword?(): void
  onUserDidLoginTooManyDevice?(): void
  onUserKickedByOtherDevice?(): void
  onUserAuthenticationFailed?(): void
}

/**
 * The part of the client of `react-native-agora-chat` 1.x that the renewer uses. It is a structural type: the adapter
 * never imports the SDK.
 */
export interface ChatNativeClient {
  /** Empty when, as far as the SDK knows, no user is logged in. */
  readonly currentUserName: string
  loginWithAgoraToken(user: string, token: string): Promise<unknown>
  renewAgoraToken(token: string): Promise<unknown>
  logout(unbindDeviceToken?: boolean): Promise<unknown>
  isLoginBefore(): Promise<boolean>
  addConnectionListener(listener: ChatNativeListener): void
  removeConnectionListener(listener: ChatNativeListener): void
}

/** The options of {@link chatNative}. */
export interface ChatNativeOptions {
  /** The user to log in as. */
  readonly user: string
}

/**
 * The state of a login. `lost`: the connection is down and the SDK reconnects. `undefined` before the first event; the
 * adapter then knows only the name of the user.
 */
type Status = 'in' | 'lost' | 'over' | undefined

/** The code of a refused login while a user is logged in. */
const ALREADY_IN = 200

/**
 * Adapts the client of `react-native-agora-chat` 1.x. Call `init` first. Use one adapter and one renewer. `join` calls
 * its `loginWithAgoraToken`, `leave` its `logout`.
 *
 * When the token has expired, it logs in again. Call `renewer.leave()` instead of `logout`, which this SDK may not
 * report. After the service has logged the user out, call `renewer.join()` to log in again.
 *
 * Pass a lifecycle from `reactNativeLifecycle` to `createRenewer`.
 *
 * @throws {TypeError} when `client` is not such a client, or `user` is not a string or is empty; pages built for
 *   production do not check, and a wrong value fails later, where it is used
 * @example
 * ```ts
 * const adapter = chatNative(ChatClient.getInstance(), { user: 'anna' })
 * const renewer = createRenewer(adapter, { source })
 * await renewer.join()
 * ```
 */
export function chatNative(client: ChatNativeClient, options: ChatNativeOptions): SessionAdapter {
  requireMembers(client, 'function', ['loginWithAgoraToken'], 'client.')
  requireMembers(options, 'string', ['user'])
  const { user } = options
  const login = new ChatNativeLogin(client, user)
  return {
    client: () => client,
    scope: () => ({ service: 'chat', user }),
    attach: (sink) => login.attach(sink),
    link: () => login.link(),
    renew: (token) => withoutToken(token, client.renewAgoraToken(token)),
    join: (request) => login.enter(request),
    rejoin: (request) => login.reenter(request),
    republish: () => [],
    leave: () => login.leave(),
  }
}

class ChatNativeLogin {
  readonly #client: ChatNativeClient
  readonly #user: string
  #status: Status

  constructor(client: ChatNativeClient, user: string) {
    this.#client = client
    this.#user = user
  }

  link(): LinkState {
    if (this.#status === 'over' || !this.#client.currentUserName) return 'down'
    return this.#status === 'lost' ? 'unsettled' : 'online'
  }

  attach(sink: SessionSink): () => void {
    const listener = this.#listener(sink)
    this.#client.addConnectionListener(listener)
    return () => {
      this.#client.removeConnectionListener(listener)
      if (this.#status !== 'over') this.#status = undefined
    }
  }

  #listener(sink: SessionSink): ChatNativeListener {
    const end = (cause: EndCause) => () => this.#end(() => sink.ended(cause))
    const expire = () => this.#end(() => sink.expired())
    return {
      onConnected: () => this.#change(sink, 'in'),
      onDisconnected: () => {
        this.#change(sink, 'lost')
        void this.#checkLeft(end('left'))
      },
      onTokenWillExpire: () => sink.willExpire(),
      onTokenDidExpire: expire,
      // Also sent when its token expired while it was reconnecting.
      onUserAuthenticationFailed: expire,
      onUserDidLoginFromOtherDevice: end('conflict'),
      onUserDidLoginTooManyDevice: end('conflict'),
      onUserKickedByOtherDevice: end('conflict'),
      onUserDidRemoveFromServer: end('banned'),
      onUserDidForbidByServer: end('banned'),
      onUserDidChangePassword: end('banned'),
      onAppActiveNumberReachLimit: end('lost'),
    }
  }

  #change(sink: SessionSink, next: Status): void {
    if (this.#status === 'over') return
    this.#status = next
    sink.linkChanged()
  }

  #end(tell: () => void): void {
    if (this.#status === 'over') return
    this.#status = 'over'
    tell()
  }

  /** Checks whether a logout caused a disconnect: the SDK itself does not report the reason. */
  async #checkLeft(tellLeft: () => void): Promise<void> {
    const isIn = await this.#client.isLoginBefore().catch(() => true)
    if (!isIn && this.#status === 'lost') tellLeft()
  }

  reenter(request: JoinRequest): Promise<string> {
    // So that the events of this logout are not mistaken for the user's.
    this.#status = 'over'
    return this.enter(request)
  }

  async enter({ token, signal }: JoinRequest): Promise<string> {
    const exit = () => this.#exit()
    await undoOnAbort(signal, exit, () => this.#login(token, signal))
    // The SDK does not abort a pending login.
    if (signal.aborted) {
      await exit()
      throw stopped()
    }
    this.#status = 'in'
    return this.#user
  }

  async #login(token: string, signal: AbortSignal): Promise<void> {
    const login = () => this.#client.loginWithAgoraToken(this.#user, token)
    try {
      await withoutToken(token, login())
    } catch (error) {
      if (codeOf(error) !== ALREADY_IN) throw error
      // Logged in with an expired token, or since an earlier run of the app.
      await this.#exit()
      if (signal.aborted) throw stopped()
      await withoutToken(token, login())
    }
  }

  /** Logs out locally: a logout from the service would also stop notifications. */
  async #exit(): Promise<void> {
    await this.#client.logout(false).catch(() => {})
  }

  async leave(): Promise<void> {
    const wasOut = this.#status === 'over'
    this.#status = undefined
    await withoutToken('', this.#client.logout()).catch((error: unknown) => {
      // It may refuse to log out twice.
      if (!wasOut) throw error
    })
  }
}

/** A call that the SDK refused. Its own errors are plain objects that may contain the token. */
class ChatNativeError extends Error {
  override readonly name = 'ChatNativeError'
  readonly code: number | undefined

  constructor(code: number | undefined, words: string) {
    super(`react-native-agora-chat: ${words}`)
    this.code = code
  }
}

async function withoutToken(token: string, call: Promise<unknown>): Promise<void> {
  await call.catch((error: unknown) => {
    const { description, message }: Record<string, string | undefined> = Object(error)
    const words = `${codeOf(error) ?? ''} ${description ?? message ?? 'no reason given'}`.trim()
    throw new ChatNativeError(codeOf(error), token ? words.replaceAll(token, '…') : words)
  })
}

function codeOf(error: unknown): number | undefined {
  const code: unknown = Object(error).code
  return typeof code === 'number' ? code : undefined
}
