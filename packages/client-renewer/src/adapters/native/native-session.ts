import type {
  EndCause,
  JoinRequest,
  LinkState,
  SessionAdapter,
  SessionSink,
} from '../../session-adapter.ts'
import { undoOnAbort } from '../shared/on-abort.ts'
import { OwnDoing } from '../shared/own-doing.ts'
import {
  ALREADY_IN,
  type NativeConnection,
  NativeError,
  type NativeEvents,
  REASON,
  STATE,
} from './native-engine.ts'
import { check, NativeListener } from './native-listener.ts'

/** The differences between the main channel and an additional one. @internal */
export interface NativeCalls {
  /** The object that can be in only one such channel at a time. */
  readonly client: object
  readonly channelId: string
  /** The user to join as; `undefined`: the user in the server's reply, otherwise one that the SDK chooses. */
  readonly user: number | string | undefined
  /** Whether the engine reports the outcome of a renewal. */
  readonly tellsOfRenewal: () => boolean
  readonly state: () => number
  readonly join: (token: string, user: number | string) => number
  readonly renew: (token: string) => number
  readonly leave: () => number
}

const END_CAUSES: Readonly<Record<number, EndCause>> = {
  [REASON.banned]: 'banned',
  [REASON.left]: 'left',
  [REASON.sameUser]: 'conflict',
}

/** Adapts a session in one channel of an engine. @internal */
export function nativeSession(engine: NativeEvents, calls: NativeCalls): SessionAdapter {
  const session = new NativeSession(engine, calls)
  return {
    client: () => calls.client,
    scope: () => ({ service: 'rtc', channel: calls.channelId, user: session.user || undefined }),
    attach: (sink) => session.attach(sink),
    link: () => session.link(),
    renew: (token) => session.renew(token),
    join: (request) => session.join(request),
    rejoin: (request) => session.rejoin(request),
    // The engine keeps the published tracks in its options.
    republish: () => [],
    leave: () => session.leave(),
  }
}

class NativeSession {
  readonly #calls: NativeCalls
  readonly #listener: NativeListener
  // Leaves count until the engine has reported them, which may be after the call ends.
  readonly #own = new OwnDoing()
  #user: number | string | undefined
  /** The number of the user, also of an account, which the engine uses in its events. 0: unknown. */
  #localUid: number
  #attached: AbortController | undefined

  constructor(engine: NativeEvents, calls: NativeCalls) {
    this.#calls = calls
    this.#user = calls.user
    this.#localUid = typeof calls.user === 'number' ? calls.user : 0
    this.#listener = new NativeListener(engine, (connection) => this.#isMine(connection))
  }

  get user(): number | string | undefined {
    return this.#user
  }

  // An event without a connection may be about any of them.
  #isMine(connection?: NativeConnection): boolean {
    const { channelId, localUid: uid } = connection ?? {}
    return (
      channelId === this.#calls.channelId && (!this.#localUid || !uid || uid === this.#localUid)
    )
  }

  link(): LinkState {
    const state = this.#calls.state()
    if (state === STATE.connected) return 'online'
    return isOut(state) ? 'down' : 'unsettled'
  }

  attach(sink: SessionSink): () => void {
    this.#own.reset()
    const controller = new AbortController()
    const stop = this.#listener.listen({
      onTokenPrivilegeWillExpire: () => sink.willExpire(),
      onRequestToken: () => sink.expired(),
      onConnectionStateChanged: (_, state, reason) => this.#changeState(sink, state, reason),
    })
    this.#attached = controller
    return () => {
      stop()
      controller.abort()
      if (this.#attached === controller) this.#attached = undefined
    }
  }

  #changeState(sink: SessionSink, state: number, reason: number): void {
    if (!isOut(state)) sink.linkChanged()
    else if (reason === REASON.tokenExpired || reason === REASON.tokenInvalid) sink.expired()
    else this.#own.tellEnd(sink, END_CAUSES[reason])
    if (reason === REASON.left || state === STATE.connected) this.#own.leaves = 0
  }

  async renew(token: string): Promise<void> {
    await this.#handOver(token, this.#attached?.signal)
  }

  /** Hands over a token, and waits until the engine has accepted it if the engine reports that. */
  async #handOver(token: string, signal: AbortSignal | undefined): Promise<void> {
    if (!signal || !this.#calls.tellsOfRenewal()) return check(this.#calls.renew(token))
    await this.#listener.outcome<void>(
      () => this.#calls.renew(token),
      signal,
      (done, fail) => ({
        onRenewTokenResult: (_, of, code) => {
          if (of && of !== token) return
          if (code === 0) done()
          else fail(new NativeError(code, 'renewToken failed'))
        },
      }),
    )
  }

  join(request: JoinRequest): Promise<number | string> {
    return this.#undoneOnAbort(request, async () => {
      // After a refusal, the engine accepts no join until it has left.
      if (this.#calls.state() === STATE.failed) await this.leave(request.signal)
      return this.#enter(request)
    })
  }

  // First as the SDK recommends, which keeps publications and subscriptions; then from scratch.
  rejoin(request: JoinRequest): Promise<number | string> {
    return this.#own.during('rejoins', () =>
      this.#undoneOnAbort(request, async () => {
        if (await this.#isRevived(request)) return this.#user || this.#localUid
        if (this.#calls.state() !== STATE.disconnected) await this.leave(request.signal)
        return this.#enter({ ...request, user: this.#user || request.user })
      }),
    )
  }

  async #isRevived({ token, signal }: JoinRequest): Promise<boolean> {
    const state = this.#calls.state()
    if (state === STATE.disconnected) return false
    try {
      if (state === STATE.connected) await this.#handOver(token, signal)
      else await this.#arrival(() => this.#calls.renew(token), token, signal)
      return true
    } catch (error) {
      if (signal.aborted) throw error
      return false
    }
  }

  async #enter({ token, user, signal }: JoinRequest): Promise<number | string> {
    const as = user ?? this.#user ?? 0
    try {
      this.#localUid = typeof as === 'number' ? as : 0
      this.#localUid = await this.#arrival(() => this.#calls.join(token, as), token, signal)
      this.#own.leaves = 0
    } catch (error) {
      const isIn = error instanceof NativeError && error.code === ALREADY_IN
      if (!isIn || this.link() !== 'online') throw error
      // It has joined already, with another token.
      await this.#handOver(token, signal)
    }
    return (this.#user = typeof as === 'string' ? as : this.#localUid)
  }

  /** Resolves with the number of the user, once the engine is in the channel. */
  #arrival(call: () => number, token: string, signal: AbortSignal): Promise<number> {
    return this.#listener.outcome<number>(call, signal, (done, fail) => ({
      onJoinChannelSuccess: ({ localUid: uid }) => done(uid || this.#localUid),
      onRejoinChannelSuccess: ({ localUid: uid }) => done(uid || this.#localUid),
      onConnectionStateChanged: (_, state, reason) => {
        if (state === STATE.connected && this.#localUid) done(this.#localUid)
        // The engine reports late that the previous session was left.
        if (isOut(state) && reason !== REASON.left) fail(refusal(reason))
      },
      onRenewTokenResult: (_, of, code) => {
        if (code !== 0 && (!of || of === token)) fail(new NativeError(code, 'renewToken failed'))
      },
    }))
  }

  async leave(signal?: AbortSignal): Promise<void> {
    if (this.#calls.state() === STATE.disconnected) return
    this.#own.leaves = this.#attached ? 1 : 0
    await this.#listener.outcome<void>(this.#calls.leave, signal, (done) => ({
      onLeaveChannel: () => done(),
      onConnectionStateChanged: (_, state) => {
        if (state === STATE.disconnected) done()
      },
    }))
  }

  /** Undoes a join that is aborted: the engine would join all the same. */
  #undoneOnAbort<T>({ signal }: JoinRequest, work: () => Promise<T>): Promise<T> {
    const leaveAtOnce = async () => {
      this.#own.leaves = this.#attached && this.#calls.state() !== STATE.disconnected ? 1 : 0
      this.#calls.leave()
    }
    return undoOnAbort(signal, leaveAtOnce, work)
  }
}

function isOut(state: number): boolean {
  return state === STATE.disconnected || state === STATE.failed
}

// The engine reports an expired token as either of the two.
function refusal(reason: number): NativeError {
  if (reason === REASON.tokenExpired) return new NativeError(reason, 'the token has expired')
  const isInvalid = reason === REASON.tokenInvalid
  return new NativeError(reason, isInvalid ? 'the token is wrong, or has expired' : 'not let in')
}
