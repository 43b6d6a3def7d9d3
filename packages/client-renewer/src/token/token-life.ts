import type { Clock } from '../environment/clock.ts'
import { readToken } from './read-token.ts'
import { renewalDelay } from '../timing/renewal-delay.ts'
import type { Notice } from '../session-adapter.ts'
import { badGrant, toGrant } from './token-grant.ts'
import { checkScope } from './token-scope.ts'
import type { TokenRequest } from '../token-source.ts'

/** The service ends every token after this many seconds, whatever it says. */
const LONGEST_LIFE = 86_400

// The service warns 30 s before the end, and so at once about a token that lives shorter than that:
// renewing on each such warning would be a loop without a pause.
const SETTLING_MS = 5_000

/** Takes what is odd about a token. */
export type Notify = (code: Notice['code'], message: string) => void

/** A token that runs down. */
export interface TokenLife {
  readonly token: string
  /** For whom the server made it, where it says so. */
  readonly user: number | string | undefined
  /** From when it was asked for; `Infinity` where nothing tells how long it lives. */
  readonly lifeMs: number
  /** Milliseconds since it was asked for. */
  readonly ageMs: () => number
  /** The age at which to ask for the next one; not a number where nothing tells. */
  readonly renewAtMs: number
  /** Up to which age a warning that it ends is nothing new. */
  readonly settlingMs: number
}

/**
 * Takes what a source returned and starts to count its life down. Lengths of time come from the reply and
 * from the token's own relative expiry, so that a wrong clock does no harm.
 *
 * @param ageMs - counts from the moment at which the token was asked for: rather too short than too long
 * @param notify - is told what is odd about it
 * @param request - what it was asked for; without it nobody knows
 * @throws {RenewError} GRANT_INVALID when it is no token or does not live at all, GRANT_SCOPE
 */
export function tokenLife(
  answer: unknown,
  ageMs: () => number,
  { clock, random }: { readonly clock: Clock; readonly random: () => number },
  notify: Notify,
  request?: Pick<TokenRequest, 'reason' | 'scope'>,
): TokenLife {
  const grant = toGrant(answer)
  const user = grant.account ?? grant.uid
  const said = readToken(grant.token)
  if (said && request) {
    const { reason, scope } = request
    // At a join nobody is in yet: the server may choose another user than the one asked for.
    checkScope(said, reason === 'join' ? { ...scope, user: user ?? scope.user } : scope)
  }
  // The shorter of what the reply says and what the token itself says: either may be mistaken.
  const seconds = Math.min(grant.expiresIn ?? Infinity, said?.life ?? Infinity)
  if (!(seconds > 0)) throw badGrant('GRANT_INVALID', 'that lives', `${seconds} s`)
  const lifeMs = Math.min(seconds, seconds < Infinity ? LONGEST_LIFE : Infinity) * 1000
  // However short the lives are, a token is not renewed more often than this.
  const MIN_RENEWAL_MS = 1_000
  const askedMs = (grant.renewIn ?? 0) * 1000
  const isAsked = askedMs > 0 && askedMs < lifeMs
  const plannedMs = isAsked ? askedMs : renewalDelay(lifeMs, random())
  const renewAtMs = Math.max(plannedMs, MIN_RENEWAL_MS)
  noticeOddities(notify, seconds, said && clock.now() / 1000 - said.issuedAt)
  const settlingMs = request ? Math.min(SETTLING_MS, lifeMs / 4) : 0
  return { token: grant.token, user, lifeMs, ageMs, renewAtMs, settlingMs }
}

/** Until its end; negative after it, undefined where nothing tells. */
export function remainingMs(life: TokenLife | undefined): number | undefined {
  return life && life.lifeMs < Infinity ? life.lifeMs - life.ageMs() : undefined
}

function noticeOddities(notify: Notify, seconds: number, age = 0): void {
  const MOST_SKEW = 60
  if (seconds === Infinity) notify('LIFE_UNKNOWN', 'the life of the token is not known')
  else if (seconds > LONGEST_LIFE) notify('LIFE_CUT', `the token lives 24 hours, not ${seconds} s`)
  if (Math.abs(age) > MOST_SKEW) {
    notify('CLOCK_SKEW', `by this clock the token is ${Math.round(age)} s old`)
  }
}
