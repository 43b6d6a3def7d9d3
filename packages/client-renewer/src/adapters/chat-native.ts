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
 * The part of the client of `react-native-agora-chat` 1.x that the renewer uses, by shape: the SDK itself is
 * never imported.
 */
export interface ChatNativeClient {
  /** Empty when no user is logged in, as far as the SDK knows. */
  readonly currentUserName: string
  loginWithAgoraToken(user: string, token: string): Promise<unknown>
  renewAgoraToken(token: string): Promise<unknown>
  logout(unbindDeviceToken?: boolean): Promise<unknown>
  isLoginBefore(): Promise<boolean>
  addConnectionListener(listener: ChatNativeListener): void
  removeConnectionListener(listener: ChatNativeListener): void
}

/** What the adapter cannot ask the client for. */
export interface ChatNativeOptions {
  /** The user to log in as. */
  readonly user: string
}

/**
 * How a login stands. `lost`: the line is down and the SDK tries to get back. Undefined until something is
 * known: what there is to go by then is the name of the user.
 */
type Status = 'in' | 'lost' | 'over' | undefined

/** The code with which a login is refused while there is one. */
const ALREADY_IN = 200

/**
 * Adapts the client of `react-native-agora-chat` 1.x, initialised by `init`. Use one adapter and one renewer.
 * Joining is its `loginWithAgoraToken`, leaving its `logout`.
 *
 * After its token has expired it logs in again. When the app logs out by itself, this SDK may not tell of it:
 * call `renewer.leave()` in place of `logout`. After it was put out by the service, use `renewer.join()` to
 * log in again.
 *
 * Give `createRenewer` a lifecycle from `reactNativeLifecycle`.
 *
 * @throws {TypeError} except in pages for production, when `client` is no such client, or `user` is not a
 *   string, or empty
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
      // Also when its token has expired on the way back.
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

  /** The SDK says no more than that it is disconnected. If that is because of a logout, it is logged out. */
  async #checkLeft(tellLeft: () => void): Promise<void> {
    const isIn = await this.#client.isLoginBefore().catch(() => true)
    if (!isIn && this.#status === 'lost') tellLeft()
  }

  reenter(request: JoinRequest): Promise<string> {
    // So that what comes of logging out is not taken for the user's doing.
    this.#status = 'over'
    return this.enter(request)
  }

  async enter({ token, signal }: JoinRequest): Promise<string> {
    const exit = () => this.#exit()
    await undoOnAbort(signal, exit, () => this.#login(token, signal))
    // The SDK does not give up a login that is under way.
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
      // With a token that has expired, or with one of another run of the app.
      await this.#exit()
      if (signal.aborted) throw stopped()
      await withoutToken(token, login())
    }
  }

  /** Logs out without the service, which would also stop notifications. */
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

/** A call that the SDK has refused. It rejects with plain objects, whose words may contain the token. */
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
