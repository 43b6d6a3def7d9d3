import type { Clock } from './environment/clock.ts'
import { RenewError } from './errors.ts'
import { glance } from './glance/glance.ts'
import { renewalDelay } from './renewal-delay.ts'
import type { Session } from './session.ts'
import type { Notice } from './session-adapter.ts'
import { invalidGrant, toGrant } from './token-grant.ts'
import { checkScope } from './token-scope.ts'
import type { TokenGrant, TokenRequest } from './token-source.ts'

/** The service ends every token after this many seconds, whatever it says. */
const LONGEST_LIFE = 86_400

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
  /** What is odd about it. */
  readonly notices: readonly Notice[]
}

/**
 * Takes what a source returned and starts to count its life down. Lengths of time come from the reply and
 * from the token's own relative expiry, so that a wrong clock does no harm.
 *
 * @param ageMs - counts from the moment at which the token was asked for: rather too short than too long
 * @param request - what it was asked for; without it nobody knows
 * @throws {RenewError} GRANT_INVALID when it is no token or does not live at all, GRANT_SCOPE
 */
export function tokenLife(
  answer: unknown,
  ageMs: () => number,
  { clock, random }: { readonly clock: Clock; readonly random: () => number },
  request?: Pick<TokenRequest, 'reason' | 'scope'>,
): TokenLife {
  const grant = toGrant(answer)
  const user = grant.account ?? grant.uid
  const said = glance(grant.token)
  if (said && request) {
    const { reason, scope } = request
    // At a join nobody is in yet: the server may choose another user than the one asked for.
    checkScope(said, reason === 'join' ? { ...scope, user: user ?? scope.user } : scope)
  }
  // The shorter of what the reply says and what the token itself says: either may be mistaken.
  const seconds = Math.min(grant.expiresIn ?? Infinity, said?.life ?? Infinity)
  if (!(seconds > 0)) throw invalidGrant('a token that lives expected')
  const lifeMs = Math.min(seconds, seconds < Infinity ? LONGEST_LIFE : Infinity) * 1000
  const renewAtMs = renewalMoment(grant, lifeMs, random)
  const notices = noticesOf(seconds, said && clock.now() / 1000 - said.issuedAt)
  return { token: grant.token, user, lifeMs, ageMs, renewAtMs, notices }
}

/** Until its end; negative after it, undefined where nothing tells. */
export function remainingMs(life: TokenLife | undefined): number | undefined {
  return life && life.lifeMs < Infinity ? life.lifeMs - life.ageMs() : undefined
}

/**
 * Refuses the token in use, and one that ends earlier: an SDK would take it without a word, and the
 * session would still end when the old one does. Once the old one has ended it, any other will do.
 *
 * @throws {RenewError} GRANT_STALE; asks to wait half of what is left, ten minutes at most
 */
export function checkFresh(next: TokenLife, { held, isDead }: Session): void {
  const leftMs = (!isDead && remainingMs(held)) || 0
  if (next.token !== held?.token && (remainingMs(next) ?? Infinity) >= leftMs) return
  const message = 'token source: a newer token expected, got the same or an older one'
  const retryAfterMs = Math.min(Math.max(5000, leftMs / 2), 600_000)
  throw new RenewError('GRANT_STALE', message, { retryAfterMs })
}

function renewalMoment({ renewIn = 0 }: TokenGrant, lifeMs: number, random: () => number): number {
  // However short-lived the tokens are, nobody is asked for one more often than this.
  const MIN_RENEWAL_MS = 1_000
  const askedMs = renewIn * 1000
  const isAsked = askedMs > 0 && askedMs < lifeMs
  return Math.max(isAsked ? askedMs : renewalDelay(lifeMs, random()), MIN_RENEWAL_MS)
}

function noticesOf(seconds: number, age = 0): readonly Notice[] {
  const MOST_SKEW = 60
  const notices: Notice[] = []
  const add = (code: Notice['code'], message: string) => notices.push({ code, message })
  if (seconds === Infinity) add('LIFE_UNKNOWN', 'nothing says how long the token lives')
  else if (seconds > LONGEST_LIFE) {
    add('LIFE_CUT', `the service ends it after 24 hours, not ${seconds} s`)
  }
  if (Math.abs(age) > MOST_SKEW) {
    add('CLOCK_SKEW', `by the clock here the token was issued ${Math.round(age)} s ago`)
  }
  return notices
}
