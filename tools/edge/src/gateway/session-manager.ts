import type { ChannelNews, GoodbyeReason } from './channel-news.ts'
import type { EdgeClock } from '../platform/edge-clock.ts'
import type { FaultBoard } from '../control/faults.ts'
import type { Line } from '../messages/line.ts'
import type { Observation, ObservationLog, ObservationType } from '../control/observations.ts'
import {
  GATEWAY_ERRORS,
  type GatewayError,
  REJOIN_TOKEN_INVALID,
  REPEAT_JOIN_CHANNEL,
  UID_BANNED,
} from '../platform/platform-codes.ts'
import type { Who } from '../platform/member.ts'
import { type Arrival, createSession, type Role, type Session } from '../sessions/session.ts'
import type { Departure, SessionChange } from '../sessions/session-change.ts'
import type { SessionRegistry } from '../sessions/session-registry.ts'

/** What the session manager works with. */
export interface SessionManagerOptions {
  readonly log: ObservationLog
  readonly sessions: SessionRegistry
  readonly news: ChannelNews
  readonly faults: FaultBoard
  readonly clock: EdgeClock
  readonly willExpireSeconds: number
  readonly keepSeconds: number
  /** Told of arrivals, departures and roles. */
  readonly onChange?: (change: SessionChange) => void
}

/** Opens, resumes and ends sessions, tells their members, and records it. */
export interface SessionManager {
  open(arrival: Arrival, line: Line): Session
  /** Resumes a session on a new line, or says why not. */
  resume(sessionId: string, rejoinToken: string, line: Line): Session | GatewayError
  leave(line: Line): void
  /** To be called when a line is gone. Its session, if any, waits to be resumed. */
  lose(line: Line): void
  /** Ends the sessions of those chosen. Returns how many there were. */
  putOut(who: Who): number
  /** Notes the role that a session now has. */
  changeRole(session: Session, role: Role): void
  /** Records something about a session. */
  note(type: ObservationType, session: Session, more?: Partial<Observation>): void
}

/** Creates the session manager. */
export function createSessionManager(options: SessionManagerOptions): SessionManager {
  const { log, sessions, news, faults, clock, willExpireSeconds, keepSeconds } = options
  const { onChange = () => {} } = options

  const note: SessionManager['note'] = (type, { member, pass }, more) =>
    log.record({ type, ...member, tokenFingerprint: pass.tokenFingerprint, ...more })

  function end(session: Session, goodbye: GoodbyeReason, reason: Departure): void {
    news.left(session, goodbye)
    sessions.remove(session)
    onChange({ type: 'left', session, reason, isOnly: sessions.othersWith(session).length === 0 })
  }

  function onWillExpire(session: Session): void {
    note('will-expire', session)
    if (faults.of(session.member).withholdWillExpire) return
    session.line?.notify('on_token_privilege_will_expire', {})
  }

  // The SDK closes the socket when it is told, so the edge only forgets the session.
  function onDidExpire(session: Session): void {
    note('did-expire', session)
    if (!faults.of(session.member).withholdDidExpire) {
      session.line?.notify('on_token_privilege_did_expire', {})
    }
    end(session, 'Quit', 'token')
  }

  function onForsaken(session: Session): void {
    note('forsaken', session)
    end(session, 'ServerTimeOut', 'timed-out')
  }

  // The same SDK joining anew replaces its own session; any other client puts the first one out.
  function makeRoom(newcomer: Arrival): void {
    const earlier = sessions.ofMember(newcomer.member)
    if (earlier === undefined) return
    if (earlier.line !== undefined) note('dropped', earlier, { reason: 'UID_JOINED_AGAIN' })
    if (earlier.sessionId !== newcomer.sessionId) {
      earlier.line?.notify('on_notification', { code: REPEAT_JOIN_CHANNEL })
    }
    end(earlier, 'Quit', earlier.sessionId === newcomer.sessionId ? 'network' : 'other-device')
  }

  const reactions = { onWillExpire, onDidExpire, onForsaken }
  return {
    open(arrival, line) {
      makeRoom(arrival)
      const settings = { willExpireSeconds, keepSeconds, clock: clock.now }
      const session = createSession({ arrival, ...settings, ...reactions })
      sessions.add(session)
      session.attach(line)
      note('joined', session)
      news.arrived(session)
      onChange({ type: 'joined', session, isOnly: sessions.othersWith(session).length === 0 })
      return session
    },
    resume(sessionId, rejoinToken, line) {
      const session = sessions.byRejoinToken(rejoinToken)
      if (session?.sessionId !== sessionId) return REJOIN_TOKEN_INVALID
      if (session.pass.expiresAt * 1000 <= clock.now()) {
        note('rejoin-refused', session, { reason: 'TOKEN_EXPIRED' })
        return GATEWAY_ERRORS.expired
      }
      session.attach(line)
      note('rejoined', session)
      return session
    },
    leave(line) {
      const session = sessions.onLine(line)
      if (session === undefined) return
      note('left', session)
      end(session, 'Quit', 'left')
    },
    lose(line) {
      const session = sessions.onLine(line)
      if (session === undefined) return
      note('dropped', session, { reason: 'LINE_LOST' })
      session.detach()
    },
    putOut(who) {
      const doomed = sessions.live(who)
      for (const session of doomed) {
        note('banned', session)
        session.line?.notify('on_user_banned', { error_code: UID_BANNED })
        end(session, 'Quit', 'removed')
      }
      return doomed.length
    },
    changeRole(session, role) {
      session.role = role
      note('role', session, { role })
      onChange({ type: 'role', session })
    },
    note,
  }
}
