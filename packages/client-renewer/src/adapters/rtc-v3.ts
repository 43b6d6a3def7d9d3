import { requireMembers } from '@rtc-token/client-renewer/wording'
import type {
  EndCause,
  JoinRequest,
  LinkState,
  SessionAdapter,
  SessionSink,
} from '../session-adapter.ts'
import { listenAll } from './shared/listen-all.ts'
import { untilAborted } from './shared/on-abort.ts'
import { OwnDoing } from './shared/own-doing.ts'

/**
 * The part of an `agora-rtc-sdk` 3.x client that the renewer uses. It is a structural type: the adapter never imports
 * the SDK.
 */
export interface RtcV3Client {
  getConnectionState(): string
  join(
    token: string | null,
    channel: string,
    uid: number | string | null,
    optionalInfo?: string,
    onSuccess?: (uid: number) => void,
    onFailure?: (reason: string) => void,
  ): void
  leave(onSuccess?: () => void, onFailure?: (reason: string) => void): void
  renewToken(token: string, onSuccess?: () => void, onFailure?: (reason: string) => void): void
  on(event: string, listener: (...args: never[]) => void): void
  off(event: string, listener: (...args: never[]) => void): void
}

/** The options of {@link rtcV3}. */
export interface RtcV3Options {
  readonly channel: string
  /**
   * The uid, 1 to 4294967295, or the user account to join as. Default: the user in the server's reply, otherwise one
   * that the SDK chooses. Required if your app joins by itself, because this client does not tell its user.
   */
  readonly uid?: number | string | null
  /** Passed to `client.join`. Default: none. */
  readonly optionalInfo?: string
}

/**
 * The state of a session. `lost`: the connection is down and the SDK reconnects. `undefined` while the adapter does not
 * listen; it then knows only the state of the client.
 */
type Status = 'in' | 'lost' | 'over' | undefined

interface StateChange {
  readonly prevState: string
  readonly curState: string
}

interface ErrorEvent {
  readonly reason: string
}

/** The access point's and the gateway's reasons for refusing an expired token. */
const EXPIRED = /DYNAMIC_KEY_(?:EXPIRED|TIMEOUT)|K_TIMESTAMP_EXPIRED/

/** The reason for an `error` after which the SDK tries again by itself. */
const LINE_LOST = 'SOCKET_DISCONNECTED'

/**
 * Adapts a client of `agora-rtc-sdk` 3.x. Call `client.init` first. Use one adapter and one renewer for each client.
 *
 * When the token has expired, this SDK comes back through `renewToken`, not `join`, and publishes its streams again by
 * itself.
 *
 * @throws {TypeError} when `client` is not such a client, or `channel` is not a string or is empty; pages built for
 *   production do not check, and a wrong value fails later, where it is used
 * @example
 * ```ts
 * const renewer = createRenewer(rtcV3(client, { channel: 'room-42' }), { source })
 * await renewer.join()
 * ```
 */
export function rtcV3(client: RtcV3Client, options: RtcV3Options): SessionAdapter {
  requireMembers(client, 'function', ['join'], 'client.')
  requireMembers(options, 'string', ['channel'])
  const session = new RtcV3Session(client, options)
  return {
    client: () => client,
    scope: () => ({ service: 'rtc', channel: options.channel, user: session.user }),
    attach: (sink) => session.attach(sink),
    link: () => session.link(),
    renew: (token) => settled((ok, fail) => client.renewToken(token, ok, fail)),
    join: (request) => session.join(request),
    isExpired: (error) => EXPIRED.test(String(error)),
    rejoin: (request) => session.rejoin(request),
    // The SDK publishes again by itself.
    republish: () => [],
    leave: () => settled((ok, fail) => client.leave(ok, fail)),
  }
}

class RtcV3Session {
  readonly #client: RtcV3Client
  readonly #options: RtcV3Options
  readonly #own = new OwnDoing()
  #uid: number | string | null
  #status: Status
  #sink: SessionSink | undefined
  /** Whether the SDK has announced that it will reconnect. */
  #isReturning = false

  constructor(client: RtcV3Client, options: RtcV3Options) {
    this.#client = client
    this.#options = options
    this.#uid = options.uid ?? null
  }

  get user(): number | string | undefined {
    return this.#uid ?? undefined
  }

  link(): LinkState {
    const state = this.#client.getConnectionState()
    if (this.#status === 'over') return 'down'
    if (this.#status === undefined && state === 'DISCONNECTED') return 'down'
    // The SDK is CONNECTED as soon as it has a socket, before it has joined.
    return state === 'CONNECTED' && this.#status !== 'lost' ? 'online' : 'unsettled'
  }

  attach(sink: SessionSink): () => void {
    this.#own.reset()
    this.#sink = sink
    this.#status = this.#client.getConnectionState() === 'CONNECTED' ? 'in' : undefined
    const stop = listenAll(this.#client, {
      onTokenPrivilegeWillExpire: () => sink.willExpire(),
      onTokenPrivilegeDidExpire: () => this.#expire(sink),
      'connection-state-change': (event?: StateChange) => this.#changeState(sink, event),
      'client-banned': () => this.#endLater(sink, 'banned'),
      rejoin: () => this.#change(sink, 'in'),
      error: ({ reason = '' }: Partial<ErrorEvent> = {}) => {
        if (this.#status === 'lost' && EXPIRED.test(reason)) this.#expire(sink)
        if (reason === LINE_LOST) this.#isReturning = true
      },
    })
    return () => {
      stop()
      this.#sink = undefined
      this.#status = undefined
    }
  }

  #expire(sink: SessionSink): void {
    this.#status = 'over'
    sink.expired()
  }

  #change(sink: SessionSink, next: Status): void {
    this.#status = next
    sink.linkChanged()
  }

  #changeState(sink: SessionSink, { prevState, curState }: Partial<StateChange> = {}): void {
    if (this.#status === 'over') return
    if (curState !== 'DISCONNECTED') return sink.linkChanged()
    this.#change(sink, 'lost')
    this.#isReturning = false
    // The user left while connected or reconnecting, or the service removed the user because the same uid joined
    // elsewhere. An attempt with another server looks the same until the end of this stack, in which the next
    // attempt starts. A lost connection or an expired token has been reported by then.
    if (this.#own.leaves === 0) this.#endLater(sink, prevState === 'CONNECTED' ? 'lost' : 'left')
  }

  // The SDK does not copy its list of listeners before it calls them: removing one inside a callback would make it
  // skip the next one, which is the app's.
  #endLater(sink: SessionSink, cause: EndCause): void {
    queueMicrotask(() => {
      if (this.#sink !== sink || this.#status === 'over') return
      if (cause === 'lost' && this.#isReturning) return
      if (cause !== 'banned' && this.#client.getConnectionState() !== 'DISCONNECTED') return
      this.#status = 'over'
      sink.ended(cause)
    })
  }

  async join({ token, user, signal }: JoinRequest): Promise<number | string> {
    const { channel, optionalInfo } = this.#options
    const as = user ?? this.#uid
    const join = () =>
      settled<number>((ok, fail) => this.#client.join(token, channel, as, optionalInfo, ok, fail))
    const uid = await this.#orLeave(untilAborted(signal, join))
    // For an account, the SDK returns its number.
    this.#uid = typeof as === 'string' ? as : uid
    if (this.#sink) this.#status = 'in'
    return this.#uid
  }

  async rejoin({ token, user, signal }: JoinRequest): Promise<number | string> {
    if (this.#sink) this.#status = 'lost'
    // If refused while reconnecting, it is still CONNECTED and would accept a token without trying again.
    if (this.#client.getConnectionState() === 'CONNECTED') await this.#leave()
    await this.#orLeave(this.#comeBack(token, signal))
    if (this.#sink) this.#status = 'in'
    return this.#uid ?? user ?? 0
  }

  /** Hands over the token. The SDK accepts it at once; an event reports whether it has helped. */
  async #comeBack(token: string, signal: AbortSignal): Promise<void> {
    let stop: (() => void) | undefined
    const back = () =>
      settled((ok, fail) => {
        stop = listenAll(this.#client, {
          rejoin: () => ok(),
          error: ({ reason = '' }: Partial<ErrorEvent> = {}) => {
            // After a lost connection, the SDK tries again by itself.
            if (reason !== LINE_LOST) fail(reason)
          },
        })
        this.#client.renewToken(token, undefined, fail)
      })
    await untilAborted(signal, back).finally(() => stop?.())
  }

  /** Leaves when the work fails or is no longer wanted: the SDK would stay half joined. */
  async #orLeave<T>(work: Promise<T>): Promise<T> {
    try {
      return await work
    } catch (error) {
      await this.#leave().catch(() => {})
      throw error
    }
  }

  #leave(): Promise<void> {
    return this.#own.during('leaves', () => settled((ok, fail) => this.#client.leave(ok, fail)))
  }
}

/** Calls the SDK with its two callbacks, and turns an error that it throws into a rejection. */
function settled<T = void>(
  call: (ok: (value: T) => void, fail: (reason: string) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    call(resolve, (reason) => reject(new Error(`agora-rtc-sdk: ${reason}`)))
  })
}
