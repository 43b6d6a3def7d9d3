import type {
  EndCause,
  JoinRequest,
  LinkState,
  SessionAdapter,
  SessionSink,
} from '../session-adapter.ts'

/** What the client tells of an event. */
export type Listener = (...args: never[]) => void

/**
 * The part of an `agora-rtm-sdk` 1.x client that the renewer uses, by shape: the SDK itself is never
 * imported.
 */
export interface RtmV1Client {
  login(options: { uid: string; token: string }): Promise<unknown>
  logout(): Promise<unknown>
  renewToken(token: string): Promise<unknown>
  on(event: string, listener: Listener): unknown
  off(event: string, listener: Listener): unknown
}

/** What the client cannot be asked for. */
export interface RtmV1Options {
  /** As whom to log in. */
  readonly uid: string
  /** The app has logged in by itself, and will call `renewer.start`. Default false. */
  readonly isLoggedIn?: boolean
  /**
   * Called after a new login: the client is in no channel then, so join them again. When it rejects,
   * `republished` tells. Default: a notice, RESUBSCRIBE_NEEDED.
   */
  readonly onRelogin?: () => unknown
}

const END_CAUSES: Readonly<Record<string, EndCause>> = {
  LOGOUT: 'left',
  BANNED_BY_SERVER: 'banned',
  REMOTE_LOGIN: 'conflict',
}

/** Longer than the 20 s after which the client gives a renewal up, and the 12 s of a login. */
const PATIENCE_MS = 21_000

/**
 * Adapts a client of `agora-rtm-sdk` 1.x. Use one adapter and one renewer for each client. Joining is
 * its `login`, leaving its `logout`.
 *
 * A token that ends on the way back from a line drop is followed by the next one, and the session goes
 * on; one that ends while the line is up costs the login and every channel with it.
 *
 * The client takes a token before the service has seen it. When the service then refuses it, the
 * client tells nobody but the page, as an unhandled rejection, and the session ends with the token
 * before: the renewer brings it back.
 *
 * @throws {TypeError} when `uid` is no text or empty
 * @example
 * ```ts
 * const onRelogin = () => channel.join()
 * const renewer = createRenewer(rtmV1(client, { uid: 'anna', onRelogin }), { source })
 * await renewer.join()
 * ```
 */
export function rtmV1(client: RtmV1Client, options: RtmV1Options): SessionAdapter {
  const { uid, isLoggedIn = false, onRelogin } = options
  if (typeof uid !== 'string' || uid === '') {
    throw new TypeError(`uid: text expected, got ${uid === '' ? 'none' : typeof uid}`)
  }
  // The client cannot be asked.
  let state = isLoggedIn ? 'CONNECTED' : 'DISCONNECTED'
  let sink: SessionSink | undefined
  /** While it is not 0, what fails is the adapter's own doing. */
  let rejoins = 0
  /** While it is not 0, it is the adapter that logs out. */
  let logouts = 0
  let isNewLogin = false
  /** Whoever waits for the client to be back by itself. */
  let onSettled: ((isBack: boolean) => void) | undefined

  return {
    scope: () => ({ service: 'rtm', user: uid }),
    sdkTimeoutMs: PATIENCE_MS,
    attach,
    link,
    renew,
    join: login,
    rejoin,
    republish: () => (isNewLogin && onRelogin ? [async () => onRelogin()] : []),
    leave: logout,
  }

  function link(): LinkState {
    if (state === 'CONNECTED') return 'online'
    return state === 'CONNECTING' || state === 'RECONNECTING' ? 'unsettled' : 'down'
  }

  function attach(to: SessionSink): () => void {
    sink = to
    const listeners = {
      TokenPrivilegeWillExpire: () => to.willExpire(),
      TokenExpired: () => to.expired(),
      ConnectionStateChanged: (next: string, reason: string) => onChanged(to, next, reason),
    }
    for (const [event, listener] of Object.entries(listeners)) client.on(event, listener)
    return () => {
      for (const [event, listener] of Object.entries(listeners)) client.off(event, listener)
      if (sink === to) sink = undefined
      onSettled?.(false)
    }
  }

  function onChanged(to: SessionSink, next: string, reason: string): void {
    state = next
    if (link() !== 'unsettled') onSettled?.(link() === 'online')
    if (link() !== 'down') return to.linkChanged()
    if (reason === 'TOKEN_EXPIRED') return to.expired()
    const cause = END_CAUSES[reason]
    const isOwnDoing = cause === 'left' ? logouts > 0 : cause === undefined && rejoins > 0
    if (!isOwnDoing) to.ended(cause ?? 'lost')
  }

  async function renew(token: string): Promise<void> {
    // Once it is out, the client would never answer.
    if (link() === 'down') throw new Error('agora-rtm-sdk: not logged in')
    await client.renewToken(token)
  }

  async function rejoin(request: JoinRequest): Promise<string> {
    rejoins++
    try {
      isNewLogin = !(await isBack(request))
      if (isNewLogin) await relogin(request)
    } finally {
      rejoins--
    }
    if (isNewLogin && !onRelogin) sink?.notice(LOST)
    return uid
  }

  /** While it is on its way back, all it needs is a token. */
  async function isBack({ token, signal }: JoinRequest): Promise<boolean> {
    if (link() === 'down') return false
    const back = link() === 'online' || settled(signal)
    try {
      await client.renewToken(token)
      return await back
    } catch {
      return false
    }
  }

  async function relogin(request: JoinRequest): Promise<void> {
    // One that has been dropped, or is on its way, has to be logged out before it can log in.
    if (state !== 'DISCONNECTED') await logout()
    await login(request)
  }

  function settled(signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      onSettled = resolve
      signal.addEventListener('abort', () => resolve(false))
    })
  }

  async function login({ token, signal }: JoinRequest): Promise<string> {
    if (signal.aborted) throw new Error('nobody waits for this any more')
    signal.addEventListener('abort', undo)
    try {
      await client.login({ uid, token })
      state = 'CONNECTED'
      return uid
    } finally {
      signal.removeEventListener('abort', undo)
    }
  }

  function undo(): void {
    logout().catch(() => {})
  }

  async function logout(): Promise<void> {
    const wasIn = state !== 'DISCONNECTED'
    logouts++
    try {
      await client.logout()
      state = 'DISCONNECTED'
    } catch (error) {
      // It refuses to log out twice.
      if (wasIn) throw error
    } finally {
      logouts--
    }
  }
}

const LOST = {
  code: 'RESUBSCRIBE_NEEDED',
  message: 'the login is a new one: channels are to be joined again',
} as const
