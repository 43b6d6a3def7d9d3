import { MAX_LIFE_SECONDS } from '../checks/limits.ts'
import type { ServiceClaims } from '../layout/layouts.ts'

/** What a 007 token says, as it stands in the token. Nothing of it is verified. */
export interface DecodedToken007 {
  readonly version: '007'
  readonly appId: string
  /** Unix seconds. */
  readonly issuedAt: number
  /** Seconds from `issuedAt`, as written; the service cuts it at 86400. */
  readonly expiresIn: number
  /**
   * Unix seconds: when the service stops honouring the token. The earliest of its own end, its join
   * privileges' end, and 24 hours after issue.
   */
  readonly expiresAt: number
  readonly salt: number
  readonly services: readonly ServiceClaims[]
}

/**
 * When the service stops honouring a 007 token, in Unix seconds. A privilege of 0 lasts as long as
 * the token, and nothing lasts longer than 24 hours.
 */
export function effectiveEnd007(
  issuedAt: number,
  expiresIn: number,
  services: readonly ServiceClaims[],
): number {
  let life = Math.min(expiresIn, MAX_LIFE_SECONDS)
  for (let i = 0; i < services.length; i++) life = lifeWith(services[i]!, life)
  return issuedAt + life
}

/** Seconds for which a service lets a token live that would live for `life`. */
export function lifeWith(claims: ServiceClaims, life: number): number {
  if (claims.service !== 'rtc') return life
  return Math.min(life, claims.privileges['joinChannel'] || life)
}
