import { allowFunctions, requireMembers } from '@rtc-token/client-renewer/wording'
import type {
  EndCause,
  JoinRequest,
  LinkState,
  SessionAdapter,
  SessionSink,
} from '../session-adapter.ts'
import { listenAll } from './shared/listen-all.ts'
import { undoOnAbort } from './shared/on-abort.ts'
import { OwnDoing } from './shared/own-doing.ts'

/**
 * The part of an `agora-rtm-sdk` 1.x client that the renewer uses. It is a structural type: the adapter never imports
 * the SDK.
 */
export interface RtmV1Client {
  login(options: { uid: string; token: string }): Promise<unknown>
  logout(): Promise<unknown>
  renewToken(token: string): Promise<unknown>
  on(event: string, listener: (...args: never[]) => void): unknown
  off(event: string, listener: (...args: never[]) => void): unknown
}

/** The options of {@link rtmV1}. */
export interface RtmV1Options {
  /** The user to log in as. */
  readonly uid: string
  /** Whether your app has logged in by itself and will call `renewer.start`. Default: `false`. */
  readonly isLoggedIn?: boolean
  /**
   * Called after a new login. Join the channels again here, because a new login is in none. If it rejects,
   * `republished` reports the error. Default: the notice RESUBSCRIBE_NEEDED.
   */
  readonly onRelogin?: () => unknown
}

/** The code with which a second login is refused. */
const ALREADY_IN = 8

const END_CAUSES: Readonly<Record<string, EndCause>> = {
  LOGOUT: 'left',
  BANNED_BY_SERVER: 'banned',
  REMOTE_LOGIN: 'conflict',
}

/** Longer than the 20 s after which the client gives up a renewal, and the 12 s for a login. */
const SDK_TIMEOUT_MS = 21_000

const LOGIN_IS_NEW = {
  code: 'RESUBSCRIBE_NEEDED',
  message: 'the login is a new one: join its channels again',
} as const

/**
 * Adapts a client of `agora-rtm-sdk` 1.x. Use one adapter and one renewer for each client. `join` calls its `login`,
 * `leave` its `logout`.
 *
 * If the token expires while the client reconnects, the client needs only the next token, and the session continues.
 * If it expires while the client is connected, the login and all its channels are lost.
 *
 * The client accepts a new token before the service has checked it. If the service then refuses it, the page gets only
 * an unhandled rejection; the session ends when the old token expires, and the renewer brings it back.
 *
 * @throws {TypeError} when `client` is not such a client, or `uid` is not a string or is empty, or `onRelogin` is not
 *   a function; pages built for production do not check, and a wrong value fails later, where it is used
 * @example
 * ```ts
 * const onRelogin = () => channel.join()
 * const renewer = createRenewer(rtmV1(client, { uid: 'anna', onRelogin }), { source })
 * await renewer.join()
 * ```
 */
export function rtmV1(client: RtmV1Client, options: RtmV1Options): SessionAdapter {
  requireMembers(client, 'function', ['login'], 'client.')
  requireMembers(options, 'string', ['uid'])
  allowFunctions(options, ['onRelogin'])
  const login = new RtmV1Login(client, options)
  return {
    client: () => client,
    scope: () => ({ service: 'rtm', user: options.uid }),
    sdkTimeoutMs: SDK_TIMEOUT_MS,
    attach: (sink) => login.attach(sink),
    link: () => login.link(),
    renew: (token) => login.renew(token),
    join: (request) => login.enter(request),
    rejoin: (request) => login.rejoin(request),
    republish: () => login.republish(),
    leave: () => login.exit(),
  }
}

class RtmV1Login {
  readonly #client: RtmV1Client
  readonly #options: RtmV1Options
  readonly #own = new OwnDoing()
  /** As the client last reported, because it has no method for it. */
  #state: string
  #sink: SessionSink | undefined
  /** Whether the last rejoin made a new login, without the old channels. */
  #isNew = false
  /** Called with whether the client has reconnected by itself, as soon as that is decided. */
  #onSettled: ((isBack: boolean) => void) | undefined

  constructor(client: RtmV1Client, options: RtmV1Options) {
    this.#client = client
    this.#options = options
    this.#state = options.isLoggedIn ? 'CONNECTED' : 'DISCONNECTED'
  }

  link(): LinkState {
    if (this.#state === 'CONNECTED') return 'online'
    return /^(RE)?CONNECTING$/.test(this.#state) ? 'unsettled' : 'down'
  }

  attach(sink: SessionSink): () => void {
    this.#own.reset()
    this.#sink = sink
    const stop = listenAll(this.#client, {
      TokenPrivilegeWillExpire: () => sink.willExpire(),
      TokenExpired: () => sink.expired(),
      ConnectionStateChanged: (state: string, reason: string) => {
        this.#changeState(sink, state, reason)
      },
    })
    return () => {
      stop()
      if (this.#sink === sink) this.#sink = undefined
      this.#onSettled?.(false)
    }
  }

  #changeState(sink: SessionSink, state: string, reason: string): void {
    this.#state = state
    const link = this.link()
    if (link !== 'unsettled') this.#onSettled?.(link === 'online')
    if (link !== 'down') return sink.linkChanged()
    if (reason === 'TOKEN_EXPIRED') return sink.expired()
    this.#own.tellEnd(sink, END_CAUSES[reason])
  }

  async renew(token: string): Promise<void> {
    // After a logout, the client would never answer.
    if (this.link() === 'down') throw new Error('agora-rtm-sdk: not logged in')
    await this.#client.renewToken(token)
  }

  async rejoin(request: JoinRequest): Promise<string> {
    await this.#own.during('rejoins', async () => {
      this.#isNew = !(await this.#isBack(request))
      if (this.#isNew) await this.#enterAnew(request)
    })
    if (this.#isNew && !this.#options.onRelogin) this.#sink?.notice(LOGIN_IS_NEW)
    return this.#options.uid
  }

  /** Tries a renewal first: while the client is reconnecting, it needs only a token. */
  async #isBack({ token, signal }: JoinRequest): Promise<boolean> {
    if (this.link() === 'down') return false
    const back = this.link() === 'online' || this.#settled(signal)
    try {
      await this.#client.renewToken(token)
      return await back
    } catch {
      return false
    }
  }

  #settled(signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      this.#onSettled = resolve
      signal.addEventListener('abort', () => resolve(false))
    })
  }

  async #enterAnew(request: JoinRequest): Promise<void> {
    // A client that is aborted or reconnecting must log out before it can log in.
    if (this.#state !== 'DISCONNECTED') await this.exit()
    await this.enter(request)
  }

  enter({ token, signal }: JoinRequest): Promise<string> {
    const { uid } = this.#options
    return undoOnAbort(
      signal,
      () => this.exit(),
      async () => {
        try {
          await this.#client.login({ uid, token })
        } catch (error) {
          // What the client tells of that comes too late where the renewer no longer listens.
          if (Object(error).code !== ALREADY_IN) this.#state = 'DISCONNECTED'
          throw error
        }
        this.#state = 'CONNECTED'
        return uid
      },
    )
  }

  exit(): Promise<void> {
    const wasIn = this.#state !== 'DISCONNECTED'
    return this.#own.during('leaves', async () => {
      try {
        await this.#client.logout()
        this.#state = 'DISCONNECTED'
      } catch (error) {
        // It refuses to log out twice.
        if (wasIn) throw error
      }
    })
  }

  republish(): readonly (() => Promise<unknown>)[] {
    const { onRelogin } = this.#options
    return this.#isNew && onRelogin ? [async () => onRelogin()] : []
  }
}
