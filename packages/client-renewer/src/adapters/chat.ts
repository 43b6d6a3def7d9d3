import type {
  EndCause,
  JoinRequest,
  LinkState,
  SessionAdapter,
  SessionSink,
} from '../session-adapter.ts'

/** What a chat connection tells when something went wrong, or why it is closed. */
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
 * The part of an `agora-chat` 1.x connection that the renewer uses, by shape: the SDK itself is never
 * imported.
 */
export interface ChatConnection {
  open(login: { user: string; accessToken: string }): Promise<unknown>
  close(): void
  isOpened(): boolean
  renewToken(token: string): Promise<unknown>
  addEventHandler(id: string, handler: ChatEventHandler): void
  removeEventHandler(id: string): void
}

/** What the connection cannot be asked for. */
export interface ChatOptions {
  /** As whom to log in. */
  readonly user: string
}

/**
 * What a login has come to. `lost`: the line is down and the SDK tries to get back. Undefined while
 * nobody listens: whether there is a socket is then all there is to go by.
 */
type Fate = 'in' | 'lost' | 'over' | undefined

const TOKEN_EXPIRED = 56

/** Codes of `onDisconnected` that say who ended it. */
const END_CAUSES: Readonly<Record<number, EndCause>> = {
  206: 'conflict', // logged in on another device
  207: 'banned', // removed
  216: 'banned', // the password was changed
  217: 'conflict', // kicked by another device
}

let handlers = 0

/**
 * Adapts a connection of `agora-chat` 1.x for browsers. Use one adapter and one renewer for each
 * connection.
 *
 * At a token's end this SDK tells so, then closes itself and forgets the token. Joining is its `open`,
 * leaving its `close`. What the SDK says about a failure is passed on as text, without the token.
 *
 * @throws {TypeError} when `user` is no text or empty
 * @example
 * ```ts
 * const renewer = createRenewer(chat(connection, { user: 'anna' }), { source })
 * await renewer.join()
 * ```
 */
export function chat(connection: ChatConnection, { user }: ChatOptions): SessionAdapter {
  if (typeof user !== 'string' || user === '') {
    throw new TypeError(`user: text expected, got ${user === '' ? 'none' : typeof user}`)
  }
  // A second handler of the same id would replace the first.
  const id = `rtc-token-${++handlers}-${Math.random().toString(36).slice(2)}`
  let fate: Fate

  return {
    scope: () => ({ service: 'chat', user }),
    attach,
    link,
    renew: (token) => told(connection.renewToken(token), token),
    join: open,
    rejoin,
    republish: () => [],
    leave: async () => connection.close(),
  }

  function link(): LinkState {
    if (fate === 'over') return 'down'
    if (connection.isOpened() && fate !== 'lost') return 'online'
    return fate === undefined ? 'down' : 'unsettled'
  }

  function attach(sink: SessionSink): () => void {
    fate = connection.isOpened() ? 'in' : undefined
    connection.addEventHandler(id, {
      onTokenWillExpire: () => sink.willExpire(),
      onTokenExpired: () => onExpired(sink),
      onConnected: () => settle(sink, 'in'),
      onReconnecting: () => settle(sink, 'lost'),
      onDisconnected: (reason) => onDisconnected(sink, reason),
      onError: (reason) => {
        // Refused on the way back; the SDK goes on trying.
        if (fate === 'lost' && reason?.type === TOKEN_EXPIRED) onExpired(sink)
      },
    })
    return () => {
      connection.removeEventHandler(id)
      fate = undefined
    }
  }

  function onExpired(sink: SessionSink): void {
    fate = 'over'
    sink.expired()
  }

  function settle(sink: SessionSink, next: Fate): void {
    if (fate === 'over') return
    fate = next
    sink.linkChanged()
  }

  // Comes late: of a login that has expired, and even of the one before the present.
  function onDisconnected(sink: SessionSink, reason: ChatReason | undefined): void {
    if (fate === 'over' || connection.isOpened()) return
    fate = 'over'
    sink.ended(reason === undefined ? 'left' : (END_CAUSES[reason.type ?? 0] ?? 'lost'))
  }

  async function rejoin(request: JoinRequest): Promise<string> {
    // What comes of closing is the adapter's own doing.
    if (fate !== undefined) fate = 'over'
    // The SDK may still be trying to get back, and would refuse to open.
    connection.close()
    const back = await open(request)
    if (fate !== undefined) fate = 'in'
    return back
  }

  async function open({ token, signal }: JoinRequest): Promise<string> {
    if (signal.aborted) throw new Error('nobody waits for this any more')
    signal.addEventListener('abort', close)
    try {
      await told(connection.open({ user, accessToken: token }), token)
    } catch (error) {
      // Its socket stays open when it is not let in.
      close()
      throw error
    } finally {
      signal.removeEventListener('abort', close)
    }
    // The SDK tries several times, and may get in after it was closed.
    if (signal.aborted) close()
    return user
  }

  function close(): void {
    connection.close()
  }
}

/** The SDK rejects with plain objects, some of which hold what was asked for. */
async function told(call: Promise<unknown>, token: string): Promise<void> {
  await call.catch((error: unknown) => {
    throw new Error(`agora-chat: ${textOf(error)}`.replaceAll(token, '…'))
  })
}

function textOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return 'not open'
  return `${'type' in error ? String(error.type) : ''} ${String(error.message)}`.trim()
}
