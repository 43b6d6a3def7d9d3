import type { Line } from './line.ts'
import type { Member } from './member.ts'
import type { Session } from './session.ts'

/** All sessions of the edge, those included whose line is down. */
export interface SessionRegistry {
  add(session: Session): void
  /** Stops the session's timers and forgets it. */
  remove(session: Session): void
  onLine(line: Line): Session | undefined
  ofMember(member: Member): Session | undefined
  byRejoinToken(rejoinToken: string): Session | undefined
  /** Those with a line, oldest first. */
  live(): Session[]
  clear(): void
}

/** Creates an empty registry; `clock` gives unix milliseconds. */
export function createSessionRegistry(clock: () => number): SessionRegistry {
  const sessions = new Set<Session>()
  const find = (wanted: (session: Session) => boolean): Session | undefined =>
    [...sessions].find(wanted)
  function remove(session: Session): void {
    session.detach()
    sessions.delete(session)
  }
  // Nobody comes back on a dead token, so waiting sessions need no timer of their own.
  function removeForsaken(): void {
    const now = clock() / 1000
    for (const session of sessions) {
      if (session.line === undefined && session.pass.expiresAt <= now) remove(session)
    }
  }
  return {
    add(session) {
      removeForsaken()
      sessions.add(session)
    },
    remove,
    onLine: (line) => find((session) => session.line === line),
    ofMember: ({ channel, uid }) =>
      find(({ member }) => member.channel === channel && member.uid === uid),
    byRejoinToken: (rejoinToken) => find((session) => session.rejoinToken === rejoinToken),
    live: () => [...sessions].filter(({ line }) => line !== undefined),
    clear: () => [...sessions].forEach(remove),
  }
}
