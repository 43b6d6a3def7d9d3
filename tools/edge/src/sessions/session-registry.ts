import type { Line } from '../messages/line.ts'
import { isAmong, type Member, type Who } from '../platform/member.ts'
import type { Session } from './session.ts'

/** All sessions of the edge, those included whose line is down. */
export interface SessionRegistry {
  add(session: Session): void
  /** Ends the session and forgets it. */
  remove(session: Session): void
  onLine(line: Line): Session | undefined
  ofMember(member: Member): Session | undefined
  byRejoinToken(rejoinToken: string): Session | undefined
  /** Everybody else in the same channel, those included whose line is down. */
  othersWith(session: Session): Session[]
  /** All, or those chosen; those included whose line is down. */
  all(who?: Who): Session[]
  /** Those with a line, oldest first; all, or those chosen. */
  live(who?: Who): Session[]
  clear(): void
}

/** Creates an empty registry. */
export function createSessionRegistry(): SessionRegistry {
  const sessions = new Set<Session>()
  const find = (wanted: (session: Session) => boolean): Session | undefined =>
    [...sessions].find(wanted)
  const all: SessionRegistry['all'] = (who = {}) =>
    [...sessions].filter(({ member }) => isAmong(member, who))
  function remove(session: Session): void {
    session.end()
    sessions.delete(session)
  }
  return {
    add: (session) => void sessions.add(session),
    remove,
    onLine: (line) => find((session) => session.line === line),
    ofMember: ({ channel, uid }) => find(({ member }) => isAmong(member, { channel, uid })),
    byRejoinToken: (rejoinToken) => find((session) => session.rejoinToken === rejoinToken),
    othersWith: (one) =>
      [...sessions].filter((other) => other !== one && other.member.channel === one.member.channel),
    all,
    live: (who) => all(who).filter(({ line }) => line !== undefined),
    clear: () => [...sessions].forEach(remove),
  }
}
