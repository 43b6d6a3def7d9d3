import type { Clock } from './environment/clock.ts'
import { RenewError } from './errors.ts'
import type { Glance } from './glance/glance.ts'
import { renewalDelay } from './renewal-delay.ts'
import type { Notice } from './session-adapter.ts'
import type { TokenGrant } from './token-source.ts'

// However short-lived the tokens are, nobody is asked for one more often than this.
const MIN_RENEWAL_MS = 1_000
/** The service ends every token after this many seconds, whatever it says. */
const LONGEST_LIFE = 86_400
const MOST_SKEW = 60

/** A token that runs down. Milliseconds; undefined where nothing tells how long it lives. */
export interface TokenLife {
  readonly token: string
  readonly lifeMs: number | undefined
  /** Since it was asked for. */
  readonly ageMs: () => number
  /** Until its end; negative after it. */
  readonly remainingMs: () => number | undefined
  /** Until it is time to ask for the next one. */
  readonly renewInMs: () => number | undefined
  /** What is odd about it. */
  readonly notices: readonly Notice[]
}

/**
 * Starts to count a token's life down. Lengths of time come from the reply and from the token's own
 * relative expiry, so that a wrong clock does no harm.
 *
 * @param ageMs - counts from the moment at which the token was asked for
 * @throws {RenewError} GRANT_INVALID when the token does not live at all
 */
export function tokenLife(
  grant: TokenGrant,
  ageMs: () => number,
  said: Glance | undefined,
  { clock, random }: { readonly clock: Clock; readonly random: () => number },
): TokenLife {
  const seconds = secondsOf(grant, said)
  const lifeMs = seconds < Infinity ? Math.min(seconds, LONGEST_LIFE) * 1000 : undefined
  const renewAtMs = lifeMs === undefined ? undefined : renewalMoment(grant, lifeMs, random)
  const left = (ms: number | undefined) => (ms === undefined ? undefined : ms - ageMs())
  return {
    token: grant.token,
    lifeMs,
    ageMs,
    remainingMs: () => left(lifeMs),
    renewInMs: () => left(renewAtMs),
    notices: noticesOf(seconds, said && clock.now() / 1000 - said.issuedAt),
  }
}

function renewalMoment({ renewIn }: TokenGrant, lifeMs: number, random: () => number): number {
  const asked = renewIn === undefined ? Number.NaN : renewIn * 1000
  const moment = asked > 0 && asked < lifeMs ? asked : renewalDelay(lifeMs, random())
  return Math.max(moment, MIN_RENEWAL_MS)
}

/** The shorter of what the reply says and what the token itself says: either may be mistaken. */
function secondsOf({ expiresIn = Infinity }: TokenGrant, said: Glance | undefined): number {
  const seconds = Math.min(expiresIn, said?.life ?? Infinity)
  if (seconds > 0) return seconds
  throw new RenewError('GRANT_INVALID', 'token source: a token that lives expected')
}

function noticesOf(seconds: number, age = 0): readonly Notice[] {
  const notices: Notice[] = []
  const add = (code: Notice['code'], message: string) => notices.push({ code, message })
  if (seconds === Infinity) add('LIFE_UNKNOWN', 'nothing says how long the token lives')
  else if (seconds > LONGEST_LIFE) {
    add('LIFE_CUT', `the token says ${seconds} s, but the service ends it after 24 hours`)
  }
  if (Math.abs(age) > MOST_SKEW) {
    add('CLOCK_SKEW', `by the clock here the token was issued ${Math.round(age)} s ago`)
  }
  return notices
}
