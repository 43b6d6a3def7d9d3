import { decodeToken } from '@rtc-token/core/inspect'
import { renewalDelay } from './renewal-delay.ts'
import type { TokenGrant } from './token-source.ts'

/** A token that runs down. Milliseconds; undefined where nothing tells how long it lives. */
export interface TokenLife {
  readonly token: string
  readonly lifeMs: number | undefined
  /** Until its end; negative after it. */
  readonly remainingMs: () => number | undefined
  /** Until it is time to ask for the next one. */
  readonly renewInMs: () => number | undefined
}

/**
 * Starts to count a token's life down from the moment at which `passed` started. Lengths of time
 * come from the reply and from the token's own relative expiry, so that a wrong clock does no harm.
 */
export function tokenLife(
  grant: TokenGrant,
  passed: () => number,
  random: () => number,
): TokenLife {
  const lifeMs = lifeOf(grant)
  const renewAtMs = lifeMs === undefined ? undefined : renewalMoment(grant, lifeMs, random)
  const left = (ms: number | undefined) => (ms === undefined ? undefined : ms - passed())
  return {
    token: grant.token,
    lifeMs,
    remainingMs: () => left(lifeMs),
    renewInMs: () => left(renewAtMs),
  }
}

function renewalMoment({ renewIn }: TokenGrant, lifeMs: number, random: () => number): number {
  const asked = renewIn === undefined ? Number.NaN : renewIn * 1000
  return asked > 0 && asked < lifeMs ? asked : renewalDelay(lifeMs, random())
}

/** The shorter of what the reply says and what the token itself says: either may be mistaken. */
function lifeOf({ token, expiresIn = Infinity }: TokenGrant): number | undefined {
  const seconds = Math.min(expiresIn > 0 ? expiresIn : Infinity, decodedLife(token))
  return seconds < Infinity ? seconds * 1000 : undefined
}

function decodedLife(token: string): number {
  try {
    const decoded = decodeToken(token)
    // A 006 token holds its end only as a moment; builders put its whole end a day after its issue.
    const issuedAt = decoded.version === '007' ? decoded.issuedAt : decoded.tokenExpiresAt - 86_400
    return Math.max(0, decoded.expiresAt - issuedAt)
  } catch {
    return Infinity
  }
}
