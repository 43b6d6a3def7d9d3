import type { ServiceClaims } from '../service/registry.ts'
import type { Privileges } from '../wire/privilege-map.ts'
import { MAX_LIFE_SECONDS } from '../rules/limits.ts'

/**
 * When the service stops honouring a 007 token, in unix seconds. A privilege of 0 lasts as long as
 * the token, and nothing lasts longer than 24 hours.
 */
export function effectiveEnd007(
  issuedAt: number,
  expiresIn: number,
  services: readonly ServiceClaims[],
): number {
  const joins = services.map((claims) =>
    claims.service === 'rtc' ? claims.privileges['joinChannel'] || expiresIn : expiresIn,
  )
  return issuedAt + Math.min(expiresIn, MAX_LIFE_SECONDS, ...joins)
}

/** When the service stops honouring a 006 token, in unix seconds. */
export function effectiveEnd006(tokenExpiresAt: number, privileges: Privileges): number {
  const own = privileges['joinChannel'] || privileges['rtmLogin'] || tokenExpiresAt
  return Math.min(tokenExpiresAt, own)
}
