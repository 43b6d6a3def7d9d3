import type {
  EndCause,
  JoinRequest,
  LinkState,
  SessionAdapter,
  SessionSink,
  TokenScope,
} from '../../session-adapter.ts'
import { isReactNative, listenTo, type RtmClient } from './rtm-client.ts'
import { errorCodeOf, told } from './rtm-error.ts'
import { isWarning, readLink, readStatus, revokedChannels, type RtmLink } from './rtm-events.ts'

/** How a login and a stream channel differ. @internal */
export interface RtmKind {
  readonly scope: TokenScope
  /** The app has brought it up by itself. */
  readonly isUp: boolean
  readonly enter: (token: string) => Promise<unknown>
  readonly renew: (token: string) => Promise<unknown>
  readonly exit: () => Promise<unknown>
  /** Whether what the client tells of a connection is about this one. */
  readonly isMine: (link: RtmLink) => boolean
  /** The codes with which a token that has ended is refused. */
  readonly expired: readonly number[]
  /** Brings back what is lost with a session. */
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

/** Longer than the 60 s after which React Native's client gives up waiting. */
const PATIENCE_MS = 61_000

/** A session of a client: its login, or one of its stream channels. @internal */
export function rtmSession(client: RtmClient, kind: RtmKind): SessionAdapter {
  const { channel, user } = kind.scope
  // The client cannot be asked.
  let link: LinkState = kind.isUp ? 'online' : 'down'
  let sink: SessionSink | undefined
  /** While it is not 0, what fails is the adapter's own doing. */
  let rejoins = 0
  /** The adapter itself leaves, and the client has not told of it yet. */
  let isLeaving = false
  let isAnew = false
  /** The last state that the client has told of. 2.2.0 tells of each twice. */
  let lastState = ''

  return {
    scope: () => kind.scope,
    ...(isReactNative(client) && { sdkTimeoutMs: PATIENCE_MS }),
    attach,
    link: () => link,
    renew: (token) => told(() => kind.renew(token), token),
    join: enter,
    isExpired: (error) => kind.expired.includes(errorCodeOf(error) ?? 0),
    rejoin,
    republish: () => (isAnew && kind.restore ? [async () => kind.restore?.()] : []),
    leave,
  }

  function attach(to: SessionSink): () => void {
    sink = to
    lastState = ''
    const onLink = (event: RtmLink) => kind.isMine(event) && onLinkChanged(to, event)
    const stop = listenTo(client, {
      tokenPrivilegeWillExpire: (name) => {
        if ((name || undefined) === channel) to.willExpire()
      },
      token: (event) => {
        if (channel !== undefined) return
        if (isWarning(event)) to.willExpire()
        const revoked = revokedChannels(event)
        if (revoked.length > 0) to.notice(revokedNotice(revoked))
      },
      linkState: (event) => onLink(readLink(event)),
      status: (event) => onLink(readStatus(event)),
    })
    return () => {
      stop()
      if (sink === to) sink = undefined
    }
  }

  function onLinkChanged(to: SessionSink, { state, reason, isResumed }: RtmLink): void {
    if (state === lastState) return
    lastState = state
    const before = link
    link = LINKS[state] ?? link
    if (link !== 'down') {
      const isBack = link === 'online' && before !== 'online' && rejoins === 0
      if (isBack && !isResumed) to.notice(LOST)
      return to.linkChanged()
    }
    if (reason === 'TOKEN_EXPIRED' || reason === 'INVALID_TOKEN') return to.expired()
    const cause = END_CAUSES[reason]
    if (!isOwnDoing(cause)) to.ended(cause ?? 'lost')
  }

  function isOwnDoing(cause: EndCause | undefined): boolean {
    if (cause !== 'left') return cause === undefined && rejoins > 0
    const wasLeaving = isLeaving
    isLeaving = false
    return wasLeaving
  }

  async function rejoin(request: JoinRequest): Promise<number | string> {
    rejoins++
    // It has come back by itself in the meantime: entering again would change nothing.
    isAnew = link !== 'online'
    try {
      if (!isAnew) await told(() => kind.renew(request.token), request.token)
      // On its way back it would refuse to be brought back.
      if (link === 'unsettled') await exit()
      if (isAnew) await enter(request)
    } finally {
      rejoins--
    }
    if (isAnew && !kind.restore) sink?.notice(LOST)
    return user ?? request.user ?? ''
  }

  async function enter({ token, user: named, signal }: JoinRequest): Promise<number | string> {
    if (signal.aborted) throw new Error('nobody waits for this any more')
    signal.addEventListener('abort', undo)
    try {
      await told(() => kind.enter(token), token)
    } catch (error) {
      link = 'down'
      throw error
    } finally {
      signal.removeEventListener('abort', undo)
    }
    link = 'online'
    lastState = ''
    isLeaving = false
    // Leaving does not stop what is under way on React Native.
    if (signal.aborted) {
      await exit()
      throw new Error('nobody waits for this any more')
    }
    return user ?? named ?? ''
  }

  function undo(): void {
    exit().catch(() => {})
  }

  async function leave(): Promise<void> {
    const wasDown = link === 'down'
    await exit().catch((error: unknown) => {
      // A stream channel refuses to be left when it is left already.
      if (!wasDown) throw error
    })
  }

  async function exit(): Promise<void> {
    isLeaving = sink !== undefined
    try {
      await kind.exit()
    } finally {
      link = 'down'
    }
  }
}

const LOST = {
  code: 'RESUBSCRIBE_NEEDED',
  message: 'the session is a new one: what was subscribed to is to be subscribed to again',
} as const

function revokedNotice(channels: readonly string[]) {
  const message = `the new token may no longer read ${channels.join(', ')}`
  return { code: 'PERMISSION_REVOKED', message } as const
}
