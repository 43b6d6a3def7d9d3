import { decodeToken } from '@rtc-token/core/inspect'
import { RenewError } from './errors.ts'
import { renewalDelay } from './renewal-delay.ts'
import type { TokenGrant } from './token-source.ts'

// However short-lived the tokens are, nobody is asked for one more often than this.
const MIN_RENEWAL_MS = 1_000

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
}

/**
 * Starts to count a token's life down. Lengths of time come from the reply and from the token's own
 * relative expiry, so that a wrong clock does no harm.
 *
 * @param ageMs - counts from the moment at which the token was asked for
 * @throws {RenewError} GRANT_INVALID when the token does not live at all
 */
export function tokenLife(grant: TokenGrant, ageMs: () => number, random: () => number): TokenLife {
  const lifeMs = lifeOf(grant)
  const renewAtMs = lifeMs === undefined ? undefined : renewalMoment(grant, lifeMs, random)
  const left = (ms: number | undefined) => (ms === undefined ? undefined : ms - ageMs())
  return {
    token: grant.token,
    lifeMs,
    ageMs,
    remainingMs: () => left(lifeMs),
    renewInMs: () => left(renewAtMs),
  }
}

function renewalMoment({ renewIn }: TokenGrant, lifeMs: number, random: () => number): number {
  const asked = renewIn === undefined ? Number.NaN : renewIn * 1000
  const moment = asked > 0 && asked < lifeMs ? asked : renewalDelay(lifeMs, random())
  return Math.max(moment, MIN_RENEWAL_MS)
}

/** The shorter of what the reply says and what the token itself says: either may be mistaken. */
function lifeOf({ token, expiresIn = Infinity }: TokenGrant): number | undefined {
  const seconds = Math.min(expiresIn, decodedLife(token))
  if (!(seconds > 0)) throw new RenewError('GRANT_INVALID', 'a token that lives expected')
  return seconds < Infinity ? seconds * 1000 : undefined
}

function decodedLife(token: string): number {
  try {
    const decoded = decodeToken(token)
    // A 006 token holds its end only as a moment; builders put its whole end a day after its issue.
    const issuedAt = decoded.version === '007' ? decoded.issuedAt : decoded.tokenExpiresAt - 86_400
    return decoded.expiresAt - issuedAt
  } catch {
    return Infinity
  }
}
