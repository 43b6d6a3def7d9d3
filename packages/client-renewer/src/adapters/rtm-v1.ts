import { requireMembers } from '@rtc-token/client-renewer/wording'
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
 * The part of an `agora-rtm-sdk` 1.x client that the renewer uses, by shape: the SDK itself is never
 * imported.
 */
export interface RtmV1Client {
  login(options: { uid: string; token: string }): Promise<unknown>
  logout(): Promise<unknown>
  renewToken(token: string): Promise<unknown>
  on(event: string, listener: (...args: never[]) => void): unknown
  off(event: string, listener: (...args: never[]) => void): unknown
}

/** What the adapter cannot ask the client for. */
export interface RtmV1Options {
  /** The user to log in as. */
  readonly uid: string
  /** Whether the app has logged in by itself and will call `renewer.start`. Default false. */
  readonly isLoggedIn?: boolean
  /**
   * Called after a new login, which has lost all channels: join them again. If it rejects, `republished`
   * says so. Default: the notice RESUBSCRIBE_NEEDED.
   */
  readonly onRelogin?: () => unknown
}

const END_CAUSES: Readonly<Record<string, EndCause>> = {
  LOGOUT: 'left',
  BANNED_BY_SERVER: 'banned',
  REMOTE_LOGIN: 'conflict',
}

/** Longer than the 20 s after which the client gives up on a renewal, and the 12 s on a login. */
const SDK_TIMEOUT_MS = 21_000

const LOGIN_IS_NEW = {
  code: 'RESUBSCRIBE_NEEDED',
  message: 'the login is a new one: join its channels again',
} as const

/**
 * Adapts a client of `agora-rtm-sdk` 1.x. Use one adapter and one renewer for each client. Joining is
 * its `login`, leaving its `logout`.
 *
 * When a token expires while the client is reconnecting, it only needs the next one, and the session goes
 * on. When one expires while the line is up, the login is lost, and every channel with it.
 *
 * The client takes a token before the service has seen it. When the service then refuses it, the only
 * sign of that is an unhandled rejection in the page. The session ends with the token before, and the
 * renewer brings it back.
 *
 * @throws {TypeError} except in pages for production, when `client` is no such client, or `uid` is not a
 *   string, or empty
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
  /** As the client has told last, which cannot be asked. */
  #state: string
  #sink: SessionSink | undefined
  /** Whether the last rejoin has logged in anew, which has lost all channels. */
  #isNew = false
  /** Told whether the client has come back by itself, as soon as that is settled. */
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
    // Once it is out, the client would never answer.
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

  /** While the client is reconnecting, all it needs is a token. */
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
    // A client that was cut off, or is reconnecting, has to log out before it can log in.
    if (this.#state !== 'DISCONNECTED') await this.exit()
    await this.enter(request)
  }

  enter({ token, signal }: JoinRequest): Promise<string> {
    const { uid } = this.#options
    return undoOnAbort(
      signal,
      () => this.exit(),
      async () => {
        await this.#client.login({ uid, token })
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
