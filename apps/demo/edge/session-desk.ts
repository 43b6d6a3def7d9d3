import type { Line } from './line.ts'
import type { Member } from './member.ts'
import type { Observation, ObservationLog, ObservationType } from './observations.ts'
import { type Refusal, REPEAT_JOIN_CHANNEL } from './platform-codes.ts'
import { createSession, type Pass, type Session } from './session.ts'
import type { SessionRegistry } from './session-registry.ts'

/** What the desk works with. */
export interface SessionDeskOptions {
  readonly log: ObservationLog
  readonly sessions: SessionRegistry
  readonly willExpireSeconds: number
  /** Unix milliseconds. */
  readonly clock: () => number
}

/** Somebody who was let in. */
interface Arrival {
  readonly member: Member
  /** The SDK's name for its session. */
  readonly sessionId: string
  readonly pass: Pass
}

/** Opens, resumes and ends sessions, tells their members, and records it. */
export interface SessionDesk {
  open(arrival: Arrival, line: Line): Session
  /** Resumes a session on a new line; says why not when it is unknown or its token has ended. */
  resume(sessionId: string, rejoinToken: string, line: Line): Refusal | undefined
  leave(line: Line): void
  /** To be called when a line is gone. Its session, if any, waits to be resumed. */
  lose(line: Line): void
  /** Records something about a session. */
  note(type: ObservationType, session: Session, more?: Partial<Observation>): void
}

/** Creates the desk. */
export function createSessionDesk(options: SessionDeskOptions): SessionDesk {
  const { log, sessions, willExpireSeconds, clock } = options

  const note: SessionDesk['note'] = (type, { member, pass }, more) =>
    log.record({ type, ...member, tokenFingerprint: pass.tokenFingerprint, ...more })

  function onWillExpire(session: Session): void {
    note('will-expire', session)
    session.line?.notify('on_token_privilege_will_expire', {})
  }

  // The SDK closes the socket when it is told, so the edge only forgets the session.
  function onDidExpire(session: Session): void {
    note('did-expire', session)
    session.line?.notify('on_token_privilege_did_expire', {})
    sessions.remove(session)
  }

  // The same SDK joining anew replaces its own session; anybody else puts the first one out.
  function makeRoom(newcomer: Arrival): void {
    const earlier = sessions.ofMember(newcomer.member)
    if (earlier === undefined) return
    if (earlier.line !== undefined) note('dropped', earlier, { reason: 'UID_JOINED_AGAIN' })
    if (earlier.sessionId !== newcomer.sessionId) {
      earlier.line?.notify('on_notification', { code: REPEAT_JOIN_CHANNEL })
    }
    sessions.remove(earlier)
  }

  return {
    open(arrival, line) {
      makeRoom(arrival)
      const reactions = { onWillExpire, onDidExpire }
      const session = createSession({ ...arrival, willExpireSeconds, clock, ...reactions })
      sessions.add(session)
      session.attach(line)
      note('joined', session)
      return session
    },
    resume(sessionId, rejoinToken, line) {
      const session = sessions.byRejoinToken(rejoinToken)
      if (session?.sessionId !== sessionId) return 'invalid'
      if (session.pass.expiresAt * 1000 <= clock()) return 'expired'
      session.attach(line)
      note('rejoined', session)
      return undefined
    },
    leave(line) {
      const session = sessions.onLine(line)
      if (session === undefined) return
      note('left', session)
      sessions.remove(session)
    },
    lose(line) {
      const session = sessions.onLine(line)
      if (session === undefined) return
      note('dropped', session, { reason: 'LINE_LOST' })
      session.detach()
    },
    note,
  }
}
