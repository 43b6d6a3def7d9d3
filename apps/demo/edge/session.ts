import { randomUUID } from 'node:crypto'
import type { Line } from './line.ts'
import type { Member } from './member.ts'
import { startLife } from './session-life.ts'

/** A token that was accepted. */
export interface Pass {
  readonly tokenFingerprint: string
  /** Unix seconds: when the edge ends a session that lives on this token. */
  readonly expiresAt: number
}

/** A member's stay in a channel. It outlives the line it came over: the SDK may resume it. */
export interface Session {
  readonly member: Member
  /** The SDK's name for its session. */
  readonly sessionId: string
  /** What the SDK must show to resume after its line broke. */
  readonly rejoinToken: string
  readonly pass: Pass
  /** Absent while the line is down. */
  readonly line: Line | undefined
  /** Takes a line and starts the timers of the token. */
  attach(line: Line): void
  /** Gives the line up and stops the timers. */
  detach(): void
  /** Goes on with another token. */
  renew(pass: Pass): void
}

/** What a session starts with. */
export interface SessionOptions {
  readonly member: Member
  readonly sessionId: string
  readonly pass: Pass
  readonly willExpireSeconds: number
  /** Unix milliseconds. */
  readonly clock: () => number
  readonly onWillExpire: (session: Session) => void
  readonly onDidExpire: (session: Session) => void
}

/** Creates a session that has no line yet. */
export function createSession(options: SessionOptions): Session {
  const { member, sessionId, willExpireSeconds, clock } = options
  let { pass } = options
  let line: Line | undefined
  let stopLife: (() => void) | undefined
  const session: Session = {
    member,
    sessionId,
    rejoinToken: randomUUID(),
    get pass() {
      return pass
    },
    get line() {
      return line
    },
    attach(next) {
      line = next
      restartLife()
    },
    detach() {
      line = undefined
      stopLife?.()
    },
    renew(next) {
      pass = next
      restartLife()
    },
  }
  const onWillExpire = (): void => options.onWillExpire(session)
  const onDidExpire = (): void => options.onDidExpire(session)
  function restartLife(): void {
    stopLife?.()
    const { expiresAt } = pass
    stopLife = startLife({ expiresAt, willExpireSeconds, clock, onWillExpire, onDidExpire })
  }
  return session
}
