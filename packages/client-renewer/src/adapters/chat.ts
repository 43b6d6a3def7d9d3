import { requireMembers } from '@rtc-token/client-renewer/wording'
import type {
  EndCause,
  JoinRequest,
  LinkState,
  SessionAdapter,
  SessionSink,
} from '../session-adapter.ts'
import { undoOnAbort } from './shared/on-abort.ts'

/** Why a chat connection failed or was closed. */
export interface ChatReason {
  readonly type?: number
}

/** The callbacks of a chat connection that the renewer uses. */
export interface ChatEventHandler {
  readonly onTokenWillExpire: () => void
  readonly onTokenExpired: () => void
  readonly onConnected: () => void
  readonly onReconnecting: () => void
  readonly onDisconnected: (reason?: ChatReason) => void
  readonly onError: (reason: ChatReason) => void
}

/**
 * The part of an `agora-chat` 1.x connection that the renewer uses. It is a structural type: the adapter never imports
 * the SDK.
 */
export interface ChatConnection {
  open(login: { user: string; accessToken: string }): Promise<unknown>
  close(): void
  isOpened(): boolean
  renewToken(token: string): Promise<unknown>
  addEventHandler(id: string, handler: ChatEventHandler): void
  removeEventHandler(id: string): void
}

/** The options of {@link chat}. */
export interface ChatOptions {
  /** The user to log in as. */
  readonly user: string
}

/**
 * The state of a login. `lost`: the connection is down and the SDK reconnects. `undefined` while the adapter does not
 * listen; it then knows only whether the connection is open.
 */
type Status = 'in' | 'lost' | 'over' | undefined

const TOKEN_EXPIRED = 56

/** Codes of `onDisconnected`, by the cause of the end. */
const END_CAUSES: Readonly<Record<number, EndCause>> = {
  206: 'conflict', // logged in on another device
  207: 'banned', // removed
  216: 'banned', // the password was changed
  217: 'conflict', // kicked by another device
}

let handlers = 0

/**
 * Adapts a connection of `agora-chat` 1.x for browsers. Use one adapter and one renewer for each connection. `join`
 * calls its `open`, `leave` its `close`.
 *
 * When the token expires, this SDK closes the connection and forgets the token; the adapter opens it again. Errors
 * contain the SDK's message, without the token.
 *
 * @throws {TypeError} when `connection` is not such a connection, or `user` is not a string or is empty; pages built
 *   for production do not check, and a wrong value fails later, where it is used
 * @example
 * ```ts
 * const renewer = createRenewer(chat(connection, { user: 'anna' }), { source })
 * await renewer.join()
 * ```
 */
export function chat(connection: ChatConnection, options: ChatOptions): SessionAdapter {
  requireMembers(connection, 'function', ['open'], 'connection.')
  requireMembers(options, 'string', ['user'])
  const { user } = options
  const login = new ChatLogin(connection, user)
  return {
    client: () => connection,
    scope: () => ({ service: 'chat', user }),
    attach: (sink) => login.attach(sink),
    link: () => login.link(),
    renew: (token) => withoutToken(token, connection.renewToken(token)),
    join: (request) => login.open(request),
    rejoin: (request) => login.reopen(request),
    republish: () => [],
    leave: async () => connection.close(),
  }
}

class ChatLogin {
  readonly #connection: ChatConnection
  readonly #user: string
  // The SDK replaces a handler with the same id.
  readonly #id = `rtc-token-${++handlers}-${Math.random().toString(36).slice(2)}`
  #status: Status

  constructor(connection: ChatConnection, user: string) {
    this.#connection = connection
    this.#user = user
  }

  link(): LinkState {
    if (this.#status === 'over') return 'down'
    if (this.#connection.isOpened() && this.#status !== 'lost') return 'online'
    return this.#status === undefined ? 'down' : 'unsettled'
  }

  attach(sink: SessionSink): () => void {
    this.#status = this.#connection.isOpened() ? 'in' : undefined
    this.#connection.addEventHandler(this.#id, {
      onTokenWillExpire: () => sink.willExpire(),
      onTokenExpired: () => this.#expire(sink),
      onConnected: () => this.#change(sink, 'in'),
      onReconnecting: () => this.#change(sink, 'lost'),
      onDisconnected: (reason) => this.#disconnect(sink, reason),
      onError: (reason) => {
        // Refused while reconnecting; the SDK keeps trying.
        if (this.#status === 'lost' && reason?.type === TOKEN_EXPIRED) this.#expire(sink)
      },
    })
    return () => {
      this.#connection.removeEventHandler(this.#id)
      this.#status = undefined
    }
  }

  #expire(sink: SessionSink): void {
    this.#status = 'over'
    sink.expired()
  }

  #change(sink: SessionSink, next: Status): void {
    if (this.#status === 'over') return
    this.#status = next
    sink.linkChanged()
  }

  // Comes late: it may be about an expired login, or even about the one before the current one.
  #disconnect(sink: SessionSink, reason: ChatReason | undefined): void {
    if (this.#status === 'over' || this.#connection.isOpened()) return
    this.#status = 'over'
    sink.ended(reason === undefined ? 'left' : (END_CAUSES[reason.type ?? 0] ?? 'lost'))
  }

  async reopen(request: JoinRequest): Promise<string> {
    // So that the events of this close are not mistaken for the user's.
    if (this.#status !== undefined) this.#status = 'over'
    // The SDK may still be reconnecting, and would refuse to open.
    this.#connection.close()
    const user = await this.open(request)
    if (this.#status !== undefined) this.#status = 'in'
    return user
  }

  async open({ token, signal }: JoinRequest): Promise<string> {
    const close = async () => this.#connection.close()
    try {
      await undoOnAbort(signal, close, () => this.#login(token))
    } catch (error) {
      // When the login is refused, the socket stays open.
      this.#connection.close()
      throw error
    }
    // The SDK tries several times, and may connect after it was closed.
    if (signal.aborted) this.#connection.close()
    return this.#user
  }

  #login(accessToken: string): Promise<void> {
    return withoutToken(accessToken, this.#connection.open({ user: this.#user, accessToken }))
  }
}

/** Turns a rejection into an error without the token: the SDK's plain objects may contain the request. */
async function withoutToken(token: string, call: Promise<unknown>): Promise<void> {
  await call.catch((error: unknown) => {
    throw new Error(`agora-chat: ${textOf(error)}`.replaceAll(token, '…'))
  })
}

function textOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return 'not open'
  return `${'type' in error ? String(error.type) : ''} ${String(error.message)}`.trim()
}
