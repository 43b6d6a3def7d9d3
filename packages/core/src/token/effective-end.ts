import type { ServiceClaims } from '../layout/layouts.ts'
import type { Privileges } from '../wire/privilege-map.ts'
import { MAX_LIFE_SECONDS } from '../checks/limits.ts'

/**
 * When the service stops honouring a 007 token, in unix seconds. A privilege of 0 lasts as long as
 * the token, and nothing lasts longer than 24 hours.
 */
export function effectiveEnd007(
  issuedAt: number,
  expiresIn: number,
  services: readonly ServiceClaims[],
): number {
  let life = Math.min(expiresIn, MAX_LIFE_SECONDS)
  for (const claims of services) {
    if (claims.service === 'rtc') life = Math.min(life, claims.privileges['joinChannel'] || life)
  }
  return issuedAt + life
}

/** When the service stops honouring a 006 token, in unix seconds. */
export function effectiveEnd006(tokenExpiresAt: number, privileges: Privileges): number {
  const own = privileges['joinChannel'] || privileges['rtmLogin'] || tokenExpiresAt
  return Math.min(tokenExpiresAt, own)
}
