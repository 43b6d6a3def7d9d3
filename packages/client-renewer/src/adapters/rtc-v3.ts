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
 * The part of an `agora-rtc-sdk` 3.x client that the renewer uses, by shape: the SDK itself is never
 * imported.
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
  on(event: string, listener: Listener): void
  off(event: string, listener: Listener): void
}

/** What the client cannot be asked for. */
export interface RtcV3Options {
  readonly channel: string
  /**
   * As whom to join; default: whom the server names in its reply, else whom the SDK chooses. Needed
   * where the app joins by itself: this client cannot be asked who it is.
   */
  readonly uid?: number | string | null
  /** Passed on to `client.join`. */
  readonly optionalInfo?: string
}

/**
 * What a session has come to. `lost`: the line is down and the SDK tries to get back. Undefined while
 * nobody listens: the client's state is then all there is to go by.
 */
type Fate = 'in' | 'lost' | 'over' | undefined

/** Reasons for which the access point or the gateway refuses a token that has ended. */
const EXPIRED = /DYNAMIC_KEY_(?:EXPIRED|TIMEOUT)|K_TIMESTAMP_EXPIRED/

/** Reason of `error` after which the SDK tries again by itself. */
const LINE_LOST = 'SOCKET_DISCONNECTED'

/**
 * Adapts a client of `agora-rtc-sdk` 3.x, initialised by `client.init`. Use one adapter and one renewer
 * for each client.
 *
 * After a token's end this SDK is brought back by `renewToken`, not by `join`, and publishes again by
 * itself what was published.
 *
 * @example
 * ```ts
 * const renewer = createRenewer(rtcV3(client, { channel: 'room-42' }), { source })
 * await renewer.join()
 * ```
 */
export function rtcV3(client: RtcV3Client, options: RtcV3Options): SessionAdapter {
  const { channel, optionalInfo } = options
  let uid = options.uid ?? null
  let fate: Fate
  let sink: SessionSink | undefined
  /** Whether the SDK has said that it will try to get back. */
  let isReturning = false
  // While it is not 0, what the client tells of leaving is the adapter's own doing.
  let leaves = 0

  return {
    scope: () => ({ service: 'rtc', channel, user: uid ?? undefined }),
    attach,
    link,
    renew: (token) => settled((ok, fail) => client.renewToken(token, ok, fail)),
    join,
    isExpired: (error) => EXPIRED.test(String(error)),
    rejoin,
    // The SDK does so itself.
    republish: () => [],
    leave: () => settled((ok, fail) => client.leave(ok, fail)),
  }

  function link(): LinkState {
    const state = client.getConnectionState()
    if (fate === 'over') return 'down'
    if (fate === undefined && state === 'DISCONNECTED') return 'down'
    // The SDK is CONNECTED as soon as it has a socket, before it has been let in.
    return state === 'CONNECTED' && fate !== 'lost' ? 'online' : 'unsettled'
  }

  function attach(to: SessionSink): () => void {
    sink = to
    fate = client.getConnectionState() === 'CONNECTED' ? 'in' : undefined
    const detach = listen({
      onTokenPrivilegeWillExpire: () => to.willExpire(),
      onTokenPrivilegeDidExpire: () => onExpired(to),
      'connection-state-change': (event: StateChange) => onStateChange(to, event),
      'client-banned': () => endLater(to, 'banned'),
      rejoin: () => settle(to, 'in'),
      error: ({ reason }: ErrorEvent) => {
        if (fate === 'lost' && EXPIRED.test(reason)) onExpired(to)
        if (reason === LINE_LOST) isReturning = true
      },
    })
    return () => {
      detach()
      sink = undefined
      fate = undefined
    }
  }

  function onExpired(to: SessionSink): void {
    fate = 'over'
    to.expired()
  }

  function settle(to: SessionSink, next: Fate): void {
    fate = next
    to.linkChanged()
  }

  function onStateChange(to: SessionSink, { prevState, curState }: StateChange): void {
    if (fate === 'over') return
    if (curState !== 'DISCONNECTED') return to.linkChanged()
    settle(to, 'lost')
    isReturning = false
    // Left while connected or on the way back, or put out by the service for another of the same
    // user. A try with another server looks the same until the end of this stack, in which the next
    // try begins; of a lost line and of a token's end the SDK has told by then.
    if (leaves === 0) endLater(to, prevState === 'CONNECTED' ? 'lost' : 'left')
  }

  // The SDK walks along its list of listeners as it is: one that is removed meanwhile makes it
  // skip the next, which is the app's.
  function endLater(to: SessionSink, cause: EndCause): void {
    queueMicrotask(() => {
      if (sink !== to || fate === 'over') return
      if (cause === 'lost' && isReturning) return
      if (cause !== 'banned' && client.getConnectionState() !== 'DISCONNECTED') return
      fate = 'over'
      to.ended(cause)
    })
  }

  async function join({ token, user, signal }: JoinRequest): Promise<number | string> {
    const as = user ?? uid
    const joining = settled<number>((ok, fail) =>
      client.join(token, channel, as, optionalInfo, ok, fail),
    )
    const given = await orLeave(Promise.race([joining, aborted(signal)]))
    // For an account the SDK tells the number behind it.
    uid = typeof as === 'string' ? as : given
    if (sink) fate = 'in'
    return uid
  }

  async function rejoin({ token, user, signal }: JoinRequest): Promise<number | string> {
    if (sink) fate = 'lost'
    // Refused on the way back it is still CONNECTED, and would take a token without trying again.
    if (client.getConnectionState() === 'CONNECTED') await leave()
    const back = comingBack()
    const refused = settled((_, fail) => client.renewToken(token, undefined, fail))
    const outcome = Promise.race([back.outcome, refused, aborted(signal)])
    await orLeave(outcome.finally(() => back.stop()))
    if (sink) fate = 'in'
    return uid ?? user ?? 0
  }

  /** The call says at once that all is well; whether it has helped comes as an event. */
  function comingBack(): { readonly outcome: Promise<void>; readonly stop: () => void } {
    let stop: (() => void) | undefined
    const outcome = settled((ok, fail) => {
      const error = ({ reason }: ErrorEvent) => {
        // After a lost line the SDK tries again by itself.
        if (reason !== LINE_LOST) fail(reason)
      }
      stop = listen({ rejoin: () => ok(), error })
    })
    return { outcome, stop: () => stop?.() }
  }

  /** Leaves when it fails, or nobody waits for it any more: the SDK would stay halfway in. */
  async function orLeave<T>(work: Promise<T>): Promise<T> {
    try {
      return await work
    } catch (error) {
      await leave().catch(() => {})
      throw error
    }
  }

  async function leave(): Promise<void> {
    leaves++
    try {
      await settled((ok, fail) => client.leave(ok, fail))
    } finally {
      leaves--
    }
  }

  function listen(listeners: Readonly<Record<string, Listener>>): () => void {
    for (const [event, listener] of Object.entries(listeners)) client.on(event, listener)
    return () => {
      for (const [event, listener] of Object.entries(listeners)) client.off(event, listener)
    }
  }
}

interface StateChange {
  readonly prevState: string
  readonly curState: string
}

interface ErrorEvent {
  readonly reason: string
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(new Error('nobody waits for this any more'))
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop)
  })
}

/** Calls the SDK with its two callbacks; what it throws at once is a rejection like any other. */
function settled<T = void>(
  call: (ok: (value: T) => void, fail: (reason: string) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    call(resolve, (reason) => reject(new Error(`agora-rtc-sdk: ${reason}`)))
  })
}
