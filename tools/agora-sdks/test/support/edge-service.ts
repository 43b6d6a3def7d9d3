import {
  createEdge,
  type Edge,
  type Refusal,
  type SessionView,
  type Verdict,
} from '@rtc-token/edge'
import { vi } from 'vitest'

/** Where a token is shown. */
export type Door = 'access-point' | 'join' | 'renew'

/** The stand-in for the service, in the hands of a test. Its tokens are any text. */
export interface EdgeService {
  readonly edge: Edge
  /** Says where the next token is going to be shown. */
  knock(door: Door): void
  /** Turns every user away there, with any token, or lets them in again. */
  refuse(door: Door, refusal: Refusal | undefined): void
  /** Turns away the next one there. */
  refuseOnce(door: Door, refusal: Refusal): void
  /** How those are turned away whose token has ended. */
  callEnded(refusal: Refusal): void
  /** The next token that is shown for the first time has ended already. */
  endNextToken(): void
  /** Lets time pass for the service, until the token in use in a channel has little left. */
  warn(channel: string): void
  /** Lets time pass for the service, until the token in use in a channel has ended, unwarned. */
  expire(channel: string): void
  /** Who is in a channel. */
  inChannel(channel: string): readonly SessionView[]
  /** Is as it was, but for the time that has passed. */
  reset(): void
}

/** Seconds that a token lives, from when it is first shown. */
const LIFE = 3600
/** Seconds that are left when the service warns. */
const WARNING = 20

/** Makes the service of one project. */
export function edgeService(appId: string): EdgeService {
  const ends = new Map<string, number>()
  const refusals = new Map<Door, { readonly refusal: Refusal; readonly isForOne: boolean }>()
  let door: Door = 'access-point'
  let wordForEnded: Refusal = 'expired'
  let hasNextEnded = false
  let aheadMs = 0
  // Tokens are judged here, by text and time; none is signed.
  const edge = createEdge({ appId, appCertificate: appId, judge, clock: () => Date.now() })

  return {
    edge,
    knock: (next) => void (door = next),
    refuse(at, refusal) {
      if (refusal) refusals.set(at, { refusal, isForOne: false })
      else refusals.delete(at)
    },
    refuseOnce: (at, refusal) => void refusals.set(at, { refusal, isForOne: true }),
    callEnded: (refusal) => void (wordForEnded = refusal),
    endNextToken: () => void (hasNextEnded = true),
    warn: (channel) => passUntil(WARNING, channel),
    expire(channel) {
      edge.faults.set({ withholdWillExpire: true })
      passUntil(0, channel)
      edge.faults.clear()
    },
    inChannel,
    reset() {
      refusals.clear()
      wordForEnded = 'expired'
      hasNextEnded = false
    },
  }

  function judge(token: string): Verdict {
    const refused = refusals.get(door)
    if (refused?.isForOne) refusals.delete(door)
    if (refused) return { accepted: false, refusal: refused.refusal, reason: 'TEST' }
    const expiresAt = endOf(token)
    if (expiresAt > seconds()) return { accepted: true, expiresAt }
    return { accepted: false, refusal: wordForEnded, reason: 'TOKEN_EXPIRED' }
  }

  function endOf(token: string): number {
    const known = ends.get(token)
    if (known !== undefined) return known
    const end = hasNextEnded ? 0 : Math.ceil(seconds()) + LIFE
    hasNextEnded = false
    ends.set(token, end)
    return end
  }

  function seconds(): number {
    return (Date.now() + aheadMs) / 1000
  }

  function inChannel(channel: string): readonly SessionView[] {
    return edge.sessions().filter((session) => session.channel === channel)
  }

  function passUntil(secondsLeft: number, channel: string): void {
    const [session] = inChannel(channel)
    if (!session) return
    aheadMs = (session.expiresAt - secondsLeft) * 1000 - Date.now()
    edge.skewClock(aheadMs)
    vi.advanceTimersByTime(1)
  }
}
