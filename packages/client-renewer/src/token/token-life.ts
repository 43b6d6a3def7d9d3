import type { Clock } from '../environment/clock.ts'
import { failure } from '../errors.ts'
import { readToken } from './read-token.ts'
import { renewalDelay } from '../timing/renewal-delay.ts'
import type { TokenScope } from '../session-adapter.ts'
import { toGrant } from './token-grant.ts'
import { lifeFor } from './token-scope.ts'
import type { RenewReason } from '../token-source.ts'

/** Agora ends every token after this many seconds, even one that claims more. */
const LONGEST_LIFE = 86_400

/** Emits a notice about a token. */
export type Notify = (
  code: 'LIFE_UNKNOWN' | 'LIFE_CUT' | 'CLOCK_SKEW' | 'TAKEN_OVER',
  seconds?: number,
) => void

/** What the lifetime of a token depends on, apart from the token. */
interface Circumstances {
  readonly clock: Clock
  readonly random: () => number
  /** Emits a notice about the token. */
  readonly notify: Notify
  /** The current token; `undefined` for the first of a session. */
  readonly life?: unknown
}

/** A token and the countdown of its lifetime. */
export interface TokenLife {
  readonly token: string
  /** The user that the server made it for; `undefined` if the server does not say. */
  readonly user: number | string | undefined
  /** Milliseconds from the request until it expires; `Infinity` if unknown. */
  readonly lifeMs: number
  /** Milliseconds since the request; for a token that the app fetched, since its issue. */
  readonly ageMs: () => number
  /** The age at which to request the next token; `NaN` if its lifetime is unknown. */
  readonly renewAtMs: number
  /** Up to this age, a warning that it is about to expire is ignored. */
  readonly settlingMs: number
}

/**
 * Checks the answer of a source and starts the countdown of its lifetime. Durations come from the reply and from the
 * token's own relative expiry, so a wrong clock does no harm.
 *
 * @param passedMs - counts from the request, so that the token expires too early rather than too late
 * @param reason - why it was requested; `undefined` for a token that the app fetched, whose scope is not checked
 * @throws {RenewError} GRANT_INVALID when it is not a token or has no lifetime left; GRANT_SCOPE
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
  // Before a join, the server may choose another user than the requested one, and 0 is no user. After it, there is
  // always a user, even if the adapter does not know which.
  const isJoin = reason === 'join'
  const session = { ...scope, user: (isJoin && user) || scope.user || (isJoin ? 0 : undefined) }
  // The shorter lifetime of reply and token, because either may be wrong.
  const seconds = Math.min(
    grant.expiresIn ?? Infinity,
    said ? lifeFor(said, session, reason !== undefined) : Infinity,
  )
  if (!(seconds > 0)) throw failure('GRANT_INVALID', seconds)
  const lifeMs = Math.min(seconds, seconds < Infinity ? LONGEST_LIFE : Infinity) * 1000
  // A token is not renewed sooner than this, even if its lifetime is shorter.
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
  // The app may have had its token for a while. The greater age of grant and token, because the clock may be wrong.
  const bornMs = reason ? 0 : Math.max(0, age, ageOf(grant.issuedAt)) * 1000
  const ageMs = () => bornMs + passedMs()
  noticeOddities(notify, seconds, reason ? age : Math.min(0, age))
  // Agora warns 30 s before a token expires, so it warns at once about a shorter one: a renewal after each such
  // warning would be a loop without a pause.
  const SETTLING_MS = 5_000
  const settlingMs = reason ? Math.min(SETTLING_MS, lifeMs / 4) : 0
  return { token: grant.token, user, lifeMs, ageMs, renewAtMs, settlingMs }
}

/** Returns the milliseconds until a token expires. Negative afterwards; `undefined` if unknown. */
export function remainingMs(life: TokenLife | undefined): number | undefined {
  return life && life.lifeMs < Infinity ? life.lifeMs - life.ageMs() : undefined
}

function noticeOddities(notify: Notify, seconds: number, age: number): void {
  const MOST_SKEW = 60
  if (seconds === Infinity) notify('LIFE_UNKNOWN')
  else if (seconds > LONGEST_LIFE) notify('LIFE_CUT', seconds)
  if (Math.abs(age) > MOST_SKEW) notify('CLOCK_SKEW', Math.round(age))
}
