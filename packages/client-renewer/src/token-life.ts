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
 * come from the reply or from the token's own relative expiry, so that a wrong clock does no harm.
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

function lifeOf({ token, expiresIn }: TokenGrant): number | undefined {
  if (expiresIn !== undefined && expiresIn > 0) return expiresIn * 1000
  try {
    const decoded = decodeToken(token)
    // A 006 token holds its end only as a moment; builders put its whole end a day after its issue.
    const issuedAt = decoded.version === '007' ? decoded.issuedAt : decoded.tokenExpiresAt - 86_400
    const seconds = decoded.expiresAt - issuedAt
    return seconds > 0 ? seconds * 1000 : undefined
  } catch {
    return undefined
  }
}
