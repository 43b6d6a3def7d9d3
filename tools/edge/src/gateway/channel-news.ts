import type { Member } from '../platform/member.ts'
import { nameOf } from '../platform/member.ts'
import type { Session } from '../sessions/session.ts'
import type { SessionRegistry } from '../sessions/session-registry.ts'
import type { Stream, StreamKind } from '../sessions/stream.ts'

/** Why others see a user go; the SDK passes the word on with `user-left`. */
export type GoodbyeReason = 'Quit' | 'ServerTimeOut' | 'BecomeAudience'

/** Tells the members of a channel about each other, as the gateway does. */
export interface ChannelNews {
  /** Tells the others of a newcomer. */
  arrived(session: Session): void
  /** Tells a newcomer of the others and of what they publish. */
  brief(session: Session): void
  left(session: Session, reason: GoodbyeReason): void
  published(session: Session, streams: readonly Stream[]): void
  /** To be called with what the session still publishes. */
  unpublished(session: Session): void
  muted(session: Session, kind: StreamKind, isMuted: boolean): void
  /** The others in the form of a reply to `rejoin_v3`. */
  peersOf(session: Session): readonly object[]
}

type Tell = (type: string, message: object) => void

/** Creates the news service of all channels. */
export function createChannelNews(sessions: SessionRegistry): ChannelNews {
  function others(session: Session): Tell {
    return (type, message) => {
      for (const { line } of sessions.othersWith(session)) line?.notify(type, message)
    }
  }
  const seenBy = (session: Session): Session[] => sessions.othersWith(session).filter(isSeen)
  return {
    arrived(session) {
      if (isSeen(session)) introduce(session, others(session))
    },
    brief(session) {
      for (const other of seenBy(session)) {
        introduce(other, (type, message) => session.line?.notify(type, message))
      }
    },
    left(session, reason) {
      others(session)('on_user_offline', { ...nameOf(session.member), reason })
    },
    published: (session, streams) => tellStreams(session.member, streams, others(session)),
    // One notice takes away everything; what is left is then announced again.
    unpublished(session) {
      others(session)('on_remove_stream', nameOf(session.member))
      tellStreams(session.member, session.streams, others(session))
    },
    muted: (session, kind, isMuted) => tellMuted(session.member, kind, isMuted, others(session)),
    peersOf: (session) => seenBy(session).map(peerOf),
  }
}

/** Tells whether others see a session: in live mode, only hosts are. */
export function isSeen({ isLive, role }: Session): boolean {
  return !isLive || role === 'host'
}

function introduce({ member, streams }: Session, tell: Tell): void {
  tell('on_user_online', nameOf(member))
  tellStreams(member, streams, tell)
}

function tellStreams(member: Member, streams: readonly Stream[], tell: Tell): void {
  for (const { kind, ssrc, isMuted } of streams) {
    tell(`on_add_${kind}_stream`, { ...nameOf(member), [kind]: true, ssrcId: ssrc, cname: 'edge' })
    if (isMuted) tellMuted(member, kind, true, tell)
  }
}

function tellMuted(member: Member, kind: StreamKind, isMuted: boolean, tell: Tell): void {
  tell(`${isMuted ? 'mute' : 'unmute'}_${kind}`, nameOf(member))
}

function peerOf({ member, streams }: Session): object {
  const facts = streams.flatMap(({ kind, ssrc, isMuted }) => [
    [kind, true],
    [`${kind}_ssrc`, ssrc],
    [`${kind}_mute`, isMuted],
  ])
  const enabled = { audio_enable_local: true, video_enable_local: true }
  return { ...nameOf(member), ...enabled, ...Object.fromEntries(facts) }
}
