import type { Clock } from '../environment/clock.ts'
import { failure } from '../errors.ts'
import { readToken } from './read-token.ts'
import { renewalDelay } from '../timing/renewal-delay.ts'
import type { TokenScope } from '../session-adapter.ts'
import { toGrant } from './token-grant.ts'
import { lifeFor } from './token-scope.ts'
import type { RenewReason } from '../token-source.ts'

/** The service ends every token after this many seconds, even if the token says more. */
const LONGEST_LIFE = 86_400

/** Is told what is odd about a token. */
export type Notify = (
  code: 'LIFE_UNKNOWN' | 'LIFE_CUT' | 'CLOCK_SKEW' | 'TAKEN_OVER',
  seconds?: number,
) => void

/** What a token is judged by beside itself. */
interface Circumstances {
  readonly clock: Clock
  readonly random: () => number
  /** Is told what is odd about the token. */
  readonly notify: Notify
  /** The token in use; undefined for the first of a session. */
  readonly life?: unknown
}

/** A token and its life, which is counted down. */
export interface TokenLife {
  readonly token: string
  /** The user that the server has made it for; undefined if the server does not say. */
  readonly user: number | string | undefined
  /** Milliseconds from the request to its end; `Infinity` if not known. */
  readonly lifeMs: number
  /** Milliseconds since the request; for a token that the app has fetched, since its issue. */
  readonly ageMs: () => number
  /** The age at which to ask for the next token; NaN if its life is not known. */
  readonly renewAtMs: number
  /** Up to this age, a warning that it is about to end is ignored. */
  readonly settlingMs: number
}

/**
 * Judges what a source has returned and starts to count its life down. Durations come from the reply and
 * from the token's own relative expiry, so that a wrong clock does no harm.
 *
 * @param passedMs - counts from the moment of the request, so that the life ends too early rather than too late
 * @param request - what was asked for; undefined for a token that the app has fetched, which is not checked
 * @throws {RenewError} GRANT_INVALID when it is not a token or has no life left; GRANT_SCOPE
 */
export function tokenLife(
  answer: unknown,
  passedMs: () => number,
  { clock, random, notify, life }: Circumstances,
  scope: TokenScope,
  reason?: RenewReason,
): TokenLife {
  const grant = toGrant(answer)
  const user = grant.account ?? grant.uid
  const said = readToken(grant.token)
  // Before a join the server may choose another user than the one asked for, and 0 is no user. After it there
  // is always a user, even where the adapter does not know which.
  const isJoin = reason === 'join'
  const session = { ...scope, user: (isJoin && user) || scope.user || (isJoin ? 0 : undefined) }
  // The shorter of what the reply and the token itself say: either may be wrong.
  const seconds = Math.min(
    grant.expiresIn ?? Infinity,
    said ? lifeFor(said, session, reason !== undefined) : Infinity,
  )
  if (!(seconds > 0)) throw failure('GRANT_INVALID', seconds)
  const lifeMs = Math.min(seconds, seconds < Infinity ? LONGEST_LIFE : Infinity) * 1000
  // A token is not renewed sooner than this, even if its life is shorter.
  const MIN_RENEWAL_MS = 1_000
  const askedMs = (grant.renewIn ?? 0) * 1000
  const isAsked = askedMs > 0 && askedMs < lifeMs
  const plannedMs = isAsked ? askedMs : renewalDelay(lifeMs, random(), !life)
  const renewAtMs = Math.max(plannedMs, MIN_RENEWAL_MS)
  const ageOf = (issuedAt: number | undefined) => {
    const age = clock.now() / 1000 - (issuedAt ?? NaN)
    return age < Infinity ? age : 0
  }
  const age = ageOf(said?.issuedAt)
  // The app has had its token for a while. The older of what it and the token say: the clock may be wrong.
  const bornMs = reason ? 0 : Math.max(0, age, ageOf(grant.issuedAt)) * 1000
  const ageMs = () => bornMs + passedMs()
  noticeOddities(notify, seconds, reason ? age : Math.min(0, age))
  // The service warns 30 s before the end of a token, and so at once about a shorter one: renewing on each
  // such warning would be a loop without a pause.
  const SETTLING_MS = 5_000
  const settlingMs = reason ? Math.min(SETTLING_MS, lifeMs / 4) : 0
  return { token: grant.token, user, lifeMs, ageMs, renewAtMs, settlingMs }
}

/** Milliseconds until a token expires; negative after that, undefined if not known. */
export function remainingMs(life: TokenLife | undefined): number | undefined {
  return life && life.lifeMs < Infinity ? life.lifeMs - life.ageMs() : undefined
}

function noticeOddities(notify: Notify, seconds: number, age: number): void {
  const MOST_SKEW = 60
  if (seconds === Infinity) notify('LIFE_UNKNOWN')
  else if (seconds > LONGEST_LIFE) notify('LIFE_CUT', seconds)
  if (Math.abs(age) > MOST_SKEW) notify('CLOCK_SKEW', Math.round(age))
}
