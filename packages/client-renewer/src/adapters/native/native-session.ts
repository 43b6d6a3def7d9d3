import type {
  EndCause,
  JoinRequest,
  LinkState,
  SessionAdapter,
  SessionSink,
} from '../../session-adapter.ts'
import {
  ALREADY_IN,
  type NativeConnection,
  NativeError,
  type NativeEvents,
  REASON,
  STATE,
} from './native-engine.ts'
import { check, NativeListener } from './native-listener.ts'

/** How the main channel and a further one differ. @internal */
export interface NativeCalls {
  readonly channelId: string
  /** As whom to join; undefined: whom the server names, else whom the SDK chooses. */
  readonly user: number | string | undefined
  /** Whether the engine tells what became of a token that it accepted. */
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

/** A session in one channel of an engine. @internal */
export function nativeSession(engine: NativeEvents, calls: NativeCalls): SessionAdapter {
  const { channelId } = calls
  let user = calls.user
  /** An account has a number too, by which the engine tells of it. */
  let localUid = typeof user === 'number' ? user : 0
  const listener = new NativeListener(engine, isMine)
  let attached: AbortController | undefined
  let sink: SessionSink | undefined
  // While it is not 0, what fails is the adapter's own doing.
  let rejoins = 0
  /** The adapter itself leaves, and the engine has not told of it yet. */
  let isLeaving = false

  return {
    scope: () => ({ service: 'rtc', channel: channelId, user: user || undefined }),
    attach,
    link,
    renew: (token) => handOver(token, attached?.signal),
    join,
    rejoin,
    // The engine keeps what is published in its options.
    republish: () => [],
    leave: () => leave(),
  }

  function isMine(connection: NativeConnection): boolean {
    const uid = connection.localUid
    return connection.channelId === channelId && (!localUid || !uid || uid === localUid)
  }

  function link(): LinkState {
    const state = calls.state()
    if (state === STATE.connected) return 'online'
    return state === STATE.disconnected || state === STATE.failed ? 'down' : 'unsettled'
  }

  function attach(to: SessionSink): () => void {
    const controller = new AbortController()
    const stop = listener.listen({
      onTokenPrivilegeWillExpire: () => to.willExpire(),
      onRequestToken: () => to.expired(),
      onConnectionStateChanged: (_, state, reason) => onStateChanged(to, state, reason),
    })
    attached = controller
    sink = to
    return () => {
      stop()
      controller.abort()
      if (attached === controller) attached = sink = undefined
    }
  }

  function onStateChanged(to: SessionSink, state: number, reason: number): void {
    const wasLeaving = isLeaving
    if (reason === REASON.left || state === STATE.connected) isLeaving = false
    if (state !== STATE.disconnected && state !== STATE.failed) return to.linkChanged()
    if (reason === REASON.tokenExpired || reason === REASON.tokenInvalid) return to.expired()
    const cause = END_CAUSES[reason]
    const isOwnDoing = cause === 'left' ? wasLeaving : cause === undefined && rejoins > 0
    if (!isOwnDoing) to.ended(cause ?? 'lost')
  }

  /** Hands a token over, and waits until it is taken where the engine tells. */
  async function handOver(token: string, signal: AbortSignal | undefined): Promise<void> {
    if (!signal || !calls.tellsOfRenewal()) return check(calls.renew(token))
    await listener.outcome<void>(
      () => calls.renew(token),
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

  async function join(request: JoinRequest): Promise<number | string> {
    return undoneOnAbort(request, async () => {
      // An engine that was refused takes no further join until it has left.
      if (calls.state() === STATE.failed) await leave(request.signal)
      return enter(request)
    })
  }

  // First as the SDK wants it, which keeps what is published and subscribed to; then from scratch.
  async function rejoin(request: JoinRequest): Promise<number | string> {
    rejoins++
    try {
      return await undoneOnAbort(request, async () => {
        if (await isRevived(request)) return user || localUid
        if (calls.state() !== STATE.disconnected) await leave(request.signal)
        return enter({ ...request, user: user || request.user })
      })
    } finally {
      rejoins--
    }
  }

  async function isRevived({ token, signal }: JoinRequest): Promise<boolean> {
    const state = calls.state()
    if (state === STATE.disconnected) return false
    try {
      if (state === STATE.connected) await handOver(token, signal)
      else await arrival(() => calls.renew(token), token, signal)
      return true
    } catch (error) {
      if (signal.aborted) throw error
      return false
    }
  }

  async function enter({ token, user: named, signal }: JoinRequest): Promise<number | string> {
    const as = named ?? user ?? 0
    try {
      localUid = typeof as === 'number' ? as : 0
      localUid = await arrival(() => calls.join(token, as), token, signal)
      isLeaving = false
    } catch (error) {
      if (!(error instanceof NativeError && error.code === ALREADY_IN)) throw error
      if (link() !== 'online') throw error
      // It is in already, with another token.
      await handOver(token, signal)
    }
    user = typeof as === 'string' ? as : localUid
    return user
  }

  /** Resolves with the number of the user who is in. */
  function arrival(call: () => number, token: string, signal: AbortSignal): Promise<number> {
    return listener.outcome<number>(call, signal, (done, fail) => ({
      onJoinChannelSuccess: ({ localUid: uid }) => done(uid || localUid),
      onRejoinChannelSuccess: ({ localUid: uid }) => done(uid || localUid),
      onConnectionStateChanged: (_, state, reason) => {
        if (state === STATE.connected && localUid) done(localUid)
        const isOut = state === STATE.failed || state === STATE.disconnected
        // The end of the session before is told late.
        if (isOut && reason !== REASON.left) fail(refusal(reason))
      },
      onRenewTokenResult: (_, of, code) => {
        if (code !== 0 && (!of || of === token)) fail(new NativeError(code, 'renewToken failed'))
      },
    }))
  }

  async function leave(signal?: AbortSignal): Promise<void> {
    if (calls.state() === STATE.disconnected) return
    isLeaving = sink !== undefined
    await listener.outcome<void>(calls.leave, signal, (done) => ({
      onLeaveChannel: () => done(),
      onConnectionStateChanged: (_, state) => {
        if (state === STATE.disconnected) done()
      },
    }))
  }

  function leaveAtOnce(): void {
    isLeaving = sink !== undefined && calls.state() !== STATE.disconnected
    calls.leave()
  }

  /** An engine that nobody waits for any more would get in all the same. */
  async function undoneOnAbort<T>({ signal }: JoinRequest, work: () => Promise<T>): Promise<T> {
    if (signal.aborted) throw new Error('nobody waits for this any more')
    try {
      return await work()
    } catch (error) {
      if (signal.aborted) leaveAtOnce()
      throw error
    }
  }
}

// A token that has ended is told as either of the two.
function refusal(reason: number): NativeError {
  if (reason === REASON.tokenExpired) return new NativeError(reason, 'the token has expired')
  const isInvalid = reason === REASON.tokenInvalid
  return new NativeError(reason, isInvalid ? 'the token is wrong, or has expired' : 'not let in')
}
