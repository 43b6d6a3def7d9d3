import { stopped } from '../../errors.ts'
import type {
  EndCause,
  JoinRequest,
  LinkState,
  SessionAdapter,
  SessionSink,
  TokenScope,
} from '../../session-adapter.ts'
import { undoOnAbort } from '../shared/on-abort.ts'
import { OwnDoing } from '../shared/own-doing.ts'
import { isReactNative, listenTo, type RtmClient } from './rtm-client.ts'
import { errorCodeOf, withoutToken } from './rtm-error.ts'
import { isWarning, readLink, readStatus, revokedChannels, type RtmLink } from './rtm-events.ts'

/** The differences between a login and a stream channel. @internal */
export interface RtmKind {
  /** The object that can be in only one such session at a time. */
  readonly client: object
  readonly scope: TokenScope
  /** Whether the app has logged in or joined by itself. */
  readonly isUp: boolean
  readonly enter: (token: string) => Promise<unknown>
  readonly renew: (token: string) => Promise<unknown>
  readonly exit: () => Promise<unknown>
  /** Checks whether an event is about this connection. */
  readonly isMine: (link: RtmLink) => boolean
  /** The error codes for an expired token. */
  readonly expired: readonly number[]
  /** Restores what a session loses when it ends. */
  readonly restore: (() => unknown) | undefined
}

const LINKS: Readonly<Record<string, LinkState>> = {
  IDLE: 'down',
  CONNECTING: 'unsettled',
  CONNECTED: 'online',
  DISCONNECTED: 'unsettled',
  SUSPENDED: 'unsettled',
  RECONNECTING: 'unsettled',
  FAILED: 'down',
}

const END_CAUSES: Readonly<Record<string, EndCause>> = {
  LOGOUT: 'left',
  LEAVE: 'left',
  SAME_UID_LOGIN: 'conflict',
  LOGIN_TOO_FREQUENT: 'conflict',
  KICKED_OUT_BY_SERVER: 'banned',
}

/** Longer than the 60 s after which the client for React Native gives up a call. */
const REACT_NATIVE_TIMEOUT_MS = 61_000

const SESSION_IS_NEW = {
  code: 'RESUBSCRIBE_NEEDED',
  message: 'the session is a new one: subscribe again to what it was subscribed to',
} as const

/** Adapts a session of a client: its login, or one of its stream channels. @internal */
export function rtmSession(client: RtmClient, kind: RtmKind): SessionAdapter {
  const session = new RtmSession(client, kind)
  return {
    client: () => kind.client,
    scope: () => kind.scope,
    ...(isReactNative(client) && { sdkTimeoutMs: REACT_NATIVE_TIMEOUT_MS }),
    attach: (sink) => session.attach(sink),
    link: () => session.link,
    renew: (token) => withoutToken(() => kind.renew(token), token),
    join: (request) => session.enter(request),
    isExpired: (error) => kind.expired.includes(errorCodeOf(error) ?? 0),
    rejoin: (request) => session.rejoin(request),
    republish: () => session.republish(),
    leave: () => session.leave(),
  }
}

class RtmSession {
  readonly #client: RtmClient
  readonly #kind: RtmKind
  // Leaves count until the client has reported them, which may be after the call ends.
  readonly #own = new OwnDoing()
  /** As the client last reported, because it has no method for it. */
  #link: LinkState
  #sink: SessionSink | undefined
  /** Whether the last rejoin made a new session, without the old subscriptions. */
  #isNew = false
  /** The last state that the client reported. Version 2.2.0 reports each twice. */
  #lastState = ''

  constructor(client: RtmClient, kind: RtmKind) {
    this.#client = client
    this.#kind = kind
    this.#link = kind.isUp ? 'online' : 'down'
  }

  get link(): LinkState {
    return this.#link
  }

  attach(sink: SessionSink): () => void {
    this.#own.reset()
    const { scope, isMine } = this.#kind
    this.#sink = sink
    this.#lastState = ''
    const onLink = (link: RtmLink) => isMine(link) && this.#changeLink(sink, link)
    const stop = listenTo(this.#client, {
      tokenPrivilegeWillExpire: (name) => {
        if ((name || undefined) === scope.channel) sink.willExpire()
      },
      token: (event) => {
        if (scope.channel !== undefined) return
        if (isWarning(event)) sink.willExpire()
        const revoked = revokedChannels(event)
        if (revoked.length > 0) sink.notice(revokedNotice(revoked))
      },
      linkState: (event) => onLink(readLink(event)),
      status: (event) => onLink(readStatus(event)),
    })
    return () => {
      stop()
      if (this.#sink === sink) this.#sink = undefined
    }
  }

  #changeLink(sink: SessionSink, { state, reason, isResumed }: RtmLink): void {
    if (state === this.#lastState) return
    const wasOnline = this.#link === 'online'
    this.#lastState = state
    this.#link = LINKS[state] ?? this.#link
    if (this.#link === 'down') return this.#tellEnd(sink, reason)
    const isBack = this.#link === 'online' && !wasOnline && this.#own.rejoins === 0
    if (isBack && !isResumed) sink.notice(SESSION_IS_NEW)
    sink.linkChanged()
  }

  #tellEnd(sink: SessionSink, reason: string): void {
    if (reason === 'TOKEN_EXPIRED' || reason === 'INVALID_TOKEN') return sink.expired()
    const cause = END_CAUSES[reason]
    this.#own.tellEnd(sink, cause)
    if (cause === 'left') this.#own.leaves = 0
  }

  async rejoin(request: JoinRequest): Promise<number | string> {
    const { scope, renew, restore } = this.#kind
    await this.#own.during('rejoins', async () => {
      // It may have reconnected by itself meanwhile: entering again would change nothing.
      this.#isNew = this.#link !== 'online'
      if (!this.#isNew) await withoutToken(() => renew(request.token), request.token)
      // While reconnecting, it would refuse to enter.
      if (this.#link === 'unsettled') await this.#exit()
      if (this.#isNew) await this.enter(request)
    })
    if (this.#isNew && !restore) this.#sink?.notice(SESSION_IS_NEW)
    return scope.user ?? request.user ?? ''
  }

  async enter({ token, user, signal }: JoinRequest): Promise<number | string> {
    const { scope, enter } = this.#kind
    try {
      await undoOnAbort(
        signal,
        () => this.#exit(),
        () => withoutToken(() => enter(token), token),
      )
    } catch (error) {
      this.#link = 'down'
      throw error
    }
    this.#link = 'online'
    this.#lastState = ''
    this.#own.leaves = 0
    // On React Native, leaving does not stop a pending call.
    if (signal.aborted) {
      await this.#exit()
      throw stopped()
    }
    return scope.user ?? user ?? ''
  }

  async leave(): Promise<void> {
    const wasDown = this.#link === 'down'
    await this.#exit().catch((error: unknown) => {
      // A stream channel refuses to be left twice.
      if (!wasDown) throw error
    })
  }

  async #exit(): Promise<void> {
    this.#own.leaves = this.#sink ? 1 : 0
    try {
      await this.#kind.exit()
    } finally {
      this.#link = 'down'
    }
  }

  republish(): readonly (() => Promise<unknown>)[] {
    const { restore } = this.#kind
    return this.#isNew && restore ? [async () => restore()] : []
  }
}

function revokedNotice(channels: readonly string[]) {
  const message = `the new token may no longer read ${channels.join(', ')}`
  return { code: 'PERMISSION_REVOKED', message } as const
}
