import { randomUUID } from 'node:crypto'
import type { Line } from '../messages/line.ts'
import type { MediaLink } from '../media/media-plane.ts'
import type { Member } from '../platform/member.ts'
import { startLife } from './session-life.ts'
import type { Stream } from './stream.ts'

/** A token that was accepted. */
export interface Pass {
  readonly tokenFingerprint: string
  /** Unix seconds: when the edge ends a session that lives on this token. */
  readonly expiresAt: number
  readonly mayPublish: boolean
}

/** What the SDK calls `host` and `audience`. Others are not told of an audience in live mode. */
export type Role = 'host' | 'audience'

/** A user who was let in. */
export interface Arrival {
  readonly member: Member
  /** The SDK's name for its session. */
  readonly sessionId: string
  /** Whether the channel is one of live streaming, where only hosts are seen. */
  readonly isLive: boolean
  readonly role: Role
  readonly pass: Pass
  readonly media: MediaLink
}

/** A member's stay in a channel. It outlives the line it came over: the SDK may resume it. */
export interface Session extends Omit<Arrival, 'pass' | 'role'> {
  /** What the SDK must show to resume after its line broke. */
  readonly rejoinToken: string
  /** Unix milliseconds by the edge's clock. */
  readonly joinedAt: number
  readonly pass: Pass
  role: Role
  /** What is published now. */
  streams: readonly Stream[]
  /** Absent while the line is down. */
  readonly line: Line | undefined
  /** Takes a line and starts the timers of the token. */
  attach(line: Line): void
  /** Gives the line up and stops the timers; `onForsaken` is called when the session is not resumed in time. */
  detach(): void
  /** Goes on with another token. */
  renew(pass: Pass): void
  /** Starts the timers of the token afresh, since the clock has changed. */
  retime(): void
  /** Has its token end now. */
  expire(): void
  /** Stops all timers and closes the media. */
  end(): void
}

/** What a session is made of. */
export interface SessionOptions {
  readonly arrival: Arrival
  readonly willExpireSeconds: number
  /** How long a session waits for its SDK to come back after the line broke. */
  readonly keepSeconds: number
  /** Unix milliseconds. */
  readonly clock: () => number
  readonly onWillExpire: (session: Session) => void
  readonly onDidExpire: (session: Session) => void
  /** Called when the line has been down for `keepSeconds`. */
  readonly onForsaken: (session: Session) => void
}

/** Creates a session that has no line yet. */
export function createSession(options: SessionOptions): Session {
  const { arrival, willExpireSeconds, keepSeconds, clock } = options
  let { pass } = arrival
  let line: Line | undefined
  let stopTimers: (() => void) | undefined
  const session: Session = {
    ...arrival,
    streams: [],
    rejoinToken: randomUUID(),
    joinedAt: clock(),
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
      stopTimers?.()
      const timer = setTimeout(() => options.onForsaken(session), keepSeconds * 1000)
      stopTimers = () => clearTimeout(timer)
    },
    renew(next) {
      pass = next
      restartLife()
    },
    retime() {
      if (line !== undefined) restartLife()
    },
    expire() {
      pass = { ...pass, expiresAt: Math.floor(clock() / 1000) }
      session.retime()
    },
    end() {
      line = undefined
      stopTimers?.()
      arrival.media.close()
    },
  }
  const onWillExpire = (): void => options.onWillExpire(session)
  const onDidExpire = (): void => options.onDidExpire(session)
  function restartLife(): void {
    stopTimers?.()
    const { expiresAt } = pass
    stopTimers = startLife({ expiresAt, willExpireSeconds, clock, onWillExpire, onDidExpire })
  }
  return session
}
